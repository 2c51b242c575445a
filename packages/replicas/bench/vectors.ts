// A kernel that falls to scalar code is right, and many times slower: each is timed beside the same in JS, which works on one lane at
// a time. The ratio is taken in one go, so that it says little of the machine.
import { createHash } from 'node:crypto';
import { jsPrimitives } from '../src/primitives/js/primitives.js';
import type { Primitives } from '../src/primitives/primitives.js';
import { wholeWasm } from '../src/primitives/wasm/whole.js';

const [A, B, C, D, S] = [2 ** 14, 2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18];

const kernels: Readonly<Record<string, (p: Primitives) => () => void>> = {
  forward: (p) => () => p.forward(A, B, C, 10, 8, 8, 8, 8),
  backwardWeights: (p) => () => p.backwardWeights(A, B, C, 10, 8, 8, 8, 8),
  backwardInputs: (p) => () => p.backwardInputs(A, B, C, 10, 8, 8, 8, 8),
  adam: (p) => () => p.adam(A, B, C, D, 99, S, 0.9, 0.999, 1e-7, 0),
  momentum: (p) => () => p.momentum(A, B, C, 99, S, 0.9, 0),
  crossEntropy: (p) => () => p.losses.cross_entropy.gradient(A, B, C, D, 30, 3, 1),
  huber: (p) => () => p.losses.huber.gradient(A, B, C, D, 90, 1, 1),
  ...Object.fromEntries(
    ['relu', 'leakyRelu', 'elu', 'gelu', 'silu', 'tanh', 'mish'].map((name) => [
      name,
      (p: Primitives) => {
        const activation = p.activation(name);
        return () => activation(A, B, 90, 0.5, 0, 0);
      },
    ]),
  ),
};

/** How many times as fast as one lane at a time a kernel must be; four lanes, and Math.fround's conversions, give 4 to 30. */
const LEAST = 2;

function fastest(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < 12; trial++) {
    const start = performance.now();
    for (let i = 0; i < 100; i++) run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** The ratio of each kernel; a failure where one is hardly faster than a lane at a time. */
export function vectorRatios(): object {
  const [wasm, js] = [wholeWasm(2 ** 19), jsPrimitives(2 ** 19)];
  for (const { buffer } of [wasm, js]) {
    const floats = new Float32Array(buffer);
    for (let i = 0; i < floats.length; i++) floats[i] = Math.sin(i) * 0.5;
  }
  const ratios = Object.fromEntries(
    Object.entries(kernels).map(([name, of]) => [name, fastest(of(js)) / fastest(of(wasm))]),
  );
  const slow = Object.entries(ratios).filter(([, ratio]) => ratio < LEAST);
  return {
    trainings: 0,
    steps: 0,
    hash: createHash('sha256').update(new Uint8Array(wasm.buffer)).digest('hex'),
    ratios,
    ...(slow.length > 0 && {
      failure: `scalar code? ${slow.map(([name, ratio]) => `${name} is ${ratio.toFixed(1)}×`).join(', ')}`,
    }),
  };
}
