import { assertInteger } from '../arguments/assert.js';
import { randomIntegers, shuffleInPlace } from './random.js';

/**
 * A seeded permutation of 0 … n − 1 (Fisher–Yates over pure-rand's xoroshiro128+), the same on every platform.
 *
 * @param n how many, 0 to 2³² − 1
 * @param seed integer from 0 to 2³² − 1
 */
export function shuffled(n: number, seed: number): Uint32Array {
  assertInteger('n', n, 0, 2 ** 32 - 1);
  return shuffleInPlace(
    Uint32Array.from({ length: n }, (_, i) => i),
    randomIntegers(seed),
  );
}
