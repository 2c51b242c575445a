// Each primitive alone: WebAssembly against JS, bit by bit, over every remainder of the loops and over NaN, ±∞, ±0 and subnormals.
import { activation, activationNames } from '@rectify/core/js';
import { describe, expect, it } from 'vitest';
import { programOf } from '../src/plan/programs.js';
import { elementwise } from '../src/primitives/js/generated.js';
import { jsPrimitives } from '../src/primitives/js/primitives.js';
import { type LossName, type Primitives, TOGETHER } from '../src/primitives/primitives.js';
import { wholeWasm } from '../src/primitives/wasm/whole.js';
import { tolerances } from './_tolerances.js';

const BYTES = 2 ** 16;
const [A, B, C, D, E] = [0, 1, 2, 3, 4].map((i) => 2 ** 12 + i * 2 ** 13);
const edges = [
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e-40,
  -1e-40,
  3e38,
  -3e38,
  1e-30,
  100,
  -100,
];

const sets = [wholeWasm(BYTES), jsPrimitives(BYTES)];
const numbers = Float32Array.from({ length: BYTES / 4 }, (_, i) => Math.sin(i * i) * 3);
const withSome = numbers.map((x, i) => (i % 5 === 0 ? edges[(i / 5) % edges.length] : x));

/** Both sets of primitives over equal memories: random numbers, edges among them where asked. */
function both(withEdges: boolean): Primitives[] {
  for (const { buffer } of sets)
    new Float32Array(buffer, 0, numbers.length).set(withEdges ? withSome : numbers);
  return sets;
}

/** Runs on both, and compares `count` vectors from each address. */
function same(
  run: (p: Primitives) => unknown,
  places: readonly (readonly [at: number, count: number])[],
  withEdges = true,
): void {
  const [first, second] = both(withEdges).map(run);
  expect(first).toEqual(second);
  const [own, other] = sets.map(({ buffer }) => new Float32Array(buffer));
  for (const [at, count] of places)
    for (let i = at / 4; i < at / 4 + 4 * count; i++)
      if (!Object.is(own[i], other[i])) throw new Error(`at ${i - at / 4}: ${own[i]} and ${other[i]}`);
}

const sizes = [1, 2, 3, 4, 5, 6, 7, 9];

describe.each(sizes)('%i units', (units) => {
  it.each(sizes)('products of %i inputs', (inputs) => {
    for (const rows of [1, 2, 3, 10])
      for (const apart of [0, 1]) {
        const [x, y] = [inputs + apart, units + 2 * apart];
        const given = [rows, inputs, units, x, y] as const;
        same((p) => p.forward(A, B, C, ...given), [[C, rows * y]]);
        same((p) => p.backwardWeights(A, B, C, ...given), [[C, (inputs + 1) * units]]);
        same((p) => p.backwardInputs(A, B, C, ...given), [[C, rows * x]]);
      }
  });

  it('rows gathered for each lane', () => {
    same(
      (p) => {
        new Int32Array(p.buffer).set([3, 1, 0, 2, 5, 5, 5, 5, 9, 8, 7, 6], A / 4);
        p.gather(A, 3, B, units, C);
      },
      [[C, 3 * units]],
    );
  });

  it.each([
    'cross_entropy',
    'binary_cross_entropy',
    'squared_error',
    'absolute_error',
    'huber',
  ] as LossName[])('%s', (name) => {
    const labelled = (p: Primitives): void => {
      if (name !== 'cross_entropy') return;
      const labels = new Int32Array(p.buffer, B, 40);
      for (let i = 0; i < labels.length; i++) labels[i] = i % units;
    };
    for (const withEdges of [true, false]) {
      same(
        (p) => {
          labelled(p);
          p.losses[name].gradient(A, B, C, D, 7, units, 0.7);
        },
        [[D, 7 * units]],
        withEdges,
      );
      same(
        (p) => {
          labelled(p);
          p.losses[name].rows(A, B, C, D, E, 7, units, 0.7);
        },
        [
          [C, 7],
          [D, 7],
        ],
        withEdges,
      );
    }
  });

  it('softmax, sigmoid', () => {
    same((p) => p.softmax(A, C, 5, units), [[C, 5 * units]]);
    same((p) => p.sigmoid(A, C, units), [[C, units]]);
  });
});

describe.each(Object.keys(elementwise))('%s', (kernel) => {
  const params: Record<string, number[]> = {
    relu: [6, 0.5],
    reluSlope: [6, -0.5, 0.2],
    threshold: [0.5, -1],
    hardTanh: [-2, 1],
    hardSigmoidLine: [0.2, 0.5],
    softplusBeta: [1.3, 20],
    squareplus: [4],
  };
  const [p0 = 0.25, p1 = 0, p2 = 0] = params[kernel] ?? [];
  it.each(sizes)('over %i vectors', (count) => {
    same(
      (p) => p.activation(kernel)(A, C, count, p0, p1, p2),
      [
        [A, count],
        [C, count],
      ],
    );
  });
});

// JS leaves roundings out where the kernels call a result exact: over numbers of every size, and near the halves of ln 2's multiples,
// where exp goes from one power of two to the next.
describe('numbers of every size', () => {
  const COUNT = TOGETHER * 2 ** 12;
  const sized = Float32Array.from({ length: 4 * COUNT }, (_, i) => {
    const turn = (i * 0.6180339887498949) % 1;
    if (i % 2 === 0) return (i % 4 === 0 ? 1 : -1) * 2 ** (turn * 42 - 34);
    return ((i % 241) - 160.5) * Math.LN2 * (1 + (turn - 0.5) * 1e-6);
  });
  const X = 0;
  const Y = 16 * COUNT;
  const own = [wholeWasm(2 ** 19), jsPrimitives(2 ** 19)];

  function agree(run: (p: Primitives) => unknown): void {
    const [wasm, js] = own.map((p) => {
      const floats = new Float32Array(p.buffer);
      floats.set(sized);
      run(p);
      return new Int32Array(p.buffer, X, 8 * COUNT);
    });
    const apart = wasm.findIndex((bits, i) => bits !== js[i] && !(isNaNOf(bits) && isNaNOf(js[i])));
    expect(apart < 0 ? 'equal' : `apart for ${sized[apart % sized.length]}`).toBe('equal');
  }
  const isNaNOf = (bits: number): boolean => (bits & 0x7fffffff) > 0x7f800000;

  it.each(Object.keys(elementwise))('%s', (kernel) => {
    agree((p) => p.activation(kernel)(X, Y, COUNT, 0.7, 0.9, 0.3));
  });
  it('softmax and sigmoid', () => {
    agree((p) => p.softmax(X, Y, COUNT / 4, 4));
    agree((p) => p.sigmoid(X, Y, COUNT));
  });
});

// Core's float64 functions are tested against mpmath. Kinks are left out by the sizes of the numbers: a multiple of π is none of them.
describe('an activation and its slope are those of core', () => {
  const COUNT = TOGETHER * 100;
  const z = Float32Array.from(
    { length: 4 * COUNT },
    (_, i) => (i - 2 * COUNT + 0.5) * (i % 7 === 0 ? 1 : Math.PI / 100),
  );
  it.each(activationNames)('%s', (name) => {
    const own = activation(name);
    const { kernel, args } = programOf('activation', own);
    const [p0 = 0, p1 = 0, p2 = 0] = args;
    const floats = new Float32Array(sets[0].buffer);
    floats.set(z);
    sets[0].activation(kernel)(0, 16 * COUNT, COUNT, p0, p1, p2);
    z.forEach((x, i) => {
      const [f, slope] = [own(x), own.derivative(x)];
      const size = Math.max(1, Math.abs(f));
      if (!Number.isFinite(Math.fround(f))) return;
      expect(Math.abs(floats[4 * COUNT + i] - f) / size, `f(${x})`).toBeLessThan(tolerances.activation);
      expect(Math.abs(floats[i] - slope) / size, `f′(${x})`).toBeLessThan(tolerances.activation);
    });
  });
});

describe.each(sizes)('%i weights', (count) => {
  it('Adam', () => {
    for (const decays of [0, 1])
      same(
        (p) => p.adam(A, B, C, D, count, E, 0.9, 0.999, 1e-7, decays),
        [A, C, D].map((at) => [at, count] as const),
      );
  });
  it('momentum', () => {
    for (const ahead of [0, 1])
      same(
        (p) => p.momentum(A, B, C, count, E, 0.9, ahead),
        [A, C].map((at) => [at, count] as const),
      );
  });
  it('what is done to tiles', () => {
    same(
      (p) => {
        new Int32Array(p.buffer).set([0, -1, -1, 0], E / 4);
        p.blend(A, B, E, count);
      },
      [[A, count]],
    );
    same((p) => p.add(A, B, count), [[A, count]]);
    same((p) => p.notFinite(A, count), []);
    same((p) => p.notFinite(A, count), [], false);
    for (const signed of [0, 1])
      for (const apart of [0, 2]) same((p) => p.largest(A, B, 3, count, count + apart, signed), [[B, count]]);
  });
});

it('a moment that is nearly 0 is 0', () => {
  for (const p of both(false)) {
    const floats = new Float32Array(p.buffer);
    floats.fill(0, B / 4, B / 4 + 16);
    floats.fill(2e-30, C / 4, C / 4 + 16);
    floats.fill(0.5e-30, D / 4, D / 4 + 16);
    for (let step = 0; step < 10; step++) p.adam(A, B, C, D, 4, E, 0.9, 0.999, 1e-7, 0);
    expect([...floats.subarray(C / 4, C / 4 + 16)]).toEqual(Array(16).fill(0));
    expect([...floats.subarray(D / 4, D / 4 + 16)]).toEqual(Array(16).fill(0));
  }
});
