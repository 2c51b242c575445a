// The calling thread stays free: between two looks at the clock there is little work, counted in products of vectors (about 0.4 ns each on WebAssembly, 8 ns on JS).
import { relu, tanh } from '@rectify/core/js';
import { expect, it } from 'vitest';
import { checkOptions } from '../src/check/options.js';
import { type TrainOptions, trainSync } from '../src/index.js';
import { jsPrimitives } from '../src/primitives/js/primitives.js';
import type { Primitives, Product } from '../src/primitives/primitives.js';
import { wholeWasm } from '../src/primitives/wasm/whole.js';
import { createMachine } from '../src/train/machine.js';
import { training } from '../src/train/train.js';

/** Primitives that count the products of dense layers, and how many there are in each piece of work. */
function counted(options: TrainOptions, make: (bytes: number) => Primitives): number {
  let products = 0;
  const counting =
    (product: Product): Product =>
    (a, b, c, rows, inputs, units, ...strides) => {
      products += rows * inputs * units;
      product(a, b, c, rows, inputs, units, ...strides);
    };
  const count = (primitives: Primitives): Primitives => ({
    ...primitives,
    forward: counting(primitives.forward),
    backwardWeights: counting(primitives.backwardWeights),
    backwardInputs: counting(primitives.backwardInputs),
  });
  const problem = checkOptions(options);
  let most = 0;
  for (const _ of training(
    problem,
    createMachine(problem, (bytes) => count(make(bytes))),
  )) {
    most = Math.max(most, products);
    products = 0;
  }
  return most;
}

const table = (rows: number, columns: number) => ({
  features: {
    data: Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)),
    shape: [rows, columns] as const,
  },
  labels: Int32Array.from({ length: rows }, (_, row) => row % 3),
  output: { activation: 'softmax', loss: 'cross_entropy', units: 3 } as const,
  testRows: [0, 1, 2],
  outputs: { history: true, predictions: 'test', gradientNorm: true, units: true } as const,
});

it.each([
  [
    'small networks',
    2 ** 20,
    { ...table(400, 6), hidden: [{ units: 3, activation: relu() }], seeds: 12, epochs: 3 },
  ],
  [
    'many columns',
    2 ** 20,
    { ...table(300, 64), hidden: [{ units: 64, activation: tanh() }], seeds: 5, epochs: 1 },
  ],
  [
    'wide layers',
    5_000_000,
    {
      ...table(64, 8),
      hidden: [256, 256].map((units) => ({ units, activation: relu() })),
      seeds: 4,
      epochs: 1,
    },
  ],
] as [string, number, TrainOptions][])('%s: at most %i products at once', (_, limit, options) => {
  for (const make of [wholeWasm, jsPrimitives]) {
    const most = counted(options, make);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(limit);
  }
});

it('a step in pieces has the bits of one that is not', () => {
  const wide = {
    ...table(64, 8),
    hidden: [256, 256].map((units) => ({ units, activation: relu() })),
    epochs: 2,
  };
  // Narrow networks beside the wide ones make the same steps in the same order: alone they are whole.
  const narrow = { hidden: [{ units: 5, activation: relu() }] };
  const beside = trainSync({ ...wide, arms: [{}, narrow], seeds: 2 });
  const alone = trainSync({ ...wide, ...narrow, seeds: 2 });
  const own = [...beside].find(({ arm, seed }) => arm === 1 && seed === 0);
  expect(own?.layers).toEqual(alone.replica(0).layers);
});
