// The arithmetic floor: how many vectors of each kind the work needs, times what one takes on this machine when it is done alone, in
// long runs from the first cache. Loads, stores, loops and calls are what is above it.
import { LANES } from '../src/primitives/primitives.js';
import { wholeWasm } from '../src/primitives/wasm/whole.js';
import { BATCH, EPOCHS, trainingRows } from './work.js';

export interface Floor {
  /** Vectors: product-sums, exponentials, values and slopes of activations, Adam's steps. */
  counts: { productSums: number; exponentials: number; activations: number; adam: number };
  /** Nanoseconds of one vector. */
  nanoseconds: { productSum: number; exponential: number; activation: number; adam: number };
  seconds: number;
}

/** Nanoseconds of one of `count`, the least of many runs. */
function alone(count: number, run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < 40; trial++) {
    const start = performance.now();
    for (let i = 0; i < 200; i++) run();
    least = Math.min(least, performance.now() - start);
  }
  return (least * 1e6) / 200 / count;
}

/** The kernels of the arms of `work`, and of those of `workAlike`. */
export const KERNELS = ['relu', 'leakyRelu', 'leakyRelu', 'leakyRelu', 'elu', 'gelu', 'silu', 'tanh'];
export const KERNELS_ALIKE = ['leakyRelu'];

/** Of `tiles` tiles of 6 → units → 3 over the training rows, as many with each activation. */
export function floorOf(tiles: number, units: number, kernels: readonly string[]): Floor {
  const p = wholeWasm(2 ** 20);
  const floats = new Float32Array(p.buffer);
  for (let i = 0; i < floats.length; i++) floats[i] = Math.sin(i) * 0.5;
  const [a, b, c, d] = [2 ** 14, 2 ** 16, 2 ** 17, 2 ** 18];
  const perActivation = kernels.map((name) => {
    const activation = p.activation(name);
    // From the second run on z holds slopes; a loop without branches takes as long for any numbers.
    return alone(300, () => activation(a, b, 300, 0.5, 0, 0));
  });
  const nanoseconds = {
    // 8 rows by 32 units over 64 inputs: blocks are full, and all is in the first cache.
    productSum: alone(8 * 32 * 16, () => p.forward(a, b, c, 8, 16, 32, 16, 32)),
    // ELU is an exponential, and hardly more; the kernel of exp itself has to reach further and takes twice as long.
    exponential: alone(300, () => p.activation('elu')(a, b, 300, 1, 0, 0)),
    activation: perActivation.reduce((sum, own) => sum + own, 0) / kernels.length,
    adam: alone(300, () => p.adam(a, b, c, d, 300, 2 ** 19, 0.9, 0.999, 1e-7, 0)),
  };
  const steps = EPOCHS * Math.ceil(trainingRows.length / BATCH) * tiles;
  const rows = EPOCHS * trainingRows.length * tiles;
  const counts = {
    // Forward, and backward for the weights; for what is before them in the second layer alone.
    productSums: rows * (2 * (6 * units + units * 3) + units * 3),
    exponentials: rows * 3,
    activations: rows * units,
    adam: steps * ((6 + 1) * units + (units + 1) * 3),
  };
  const seconds =
    (counts.productSums * nanoseconds.productSum +
      counts.exponentials * nanoseconds.exponential +
      counts.activations * nanoseconds.activation +
      counts.adam * nanoseconds.adam) /
    1e9;
  return { counts, nanoseconds, seconds };
}

export const tilesOf = (seeds: number): number => 8 * Math.ceil(seeds / LANES);
