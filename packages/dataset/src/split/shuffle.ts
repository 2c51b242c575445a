import { assertInteger } from '../arguments/assert.js';
import { finish, type Steps } from '../steps/steps.js';
import { randomIntegers } from './random.js';

/**
 * A seeded permutation of 0 … n − 1 (Fisher–Yates over pure-rand's xoroshiro128+), the same on every platform.
 *
 * @param n how many, 0 to 2³² − 1
 * @param seed integer from 0 to 2³² − 1
 */
export function shuffled(n: number, seed: number): Uint32Array {
  return finish(shuffleSteps(n, seed));
}

export function* shuffleSteps(n: number, seed: number): Steps<Uint32Array> {
  assertInteger('n', n, 0, 2 ** 32 - 1);
  const draw = randomIntegers(seed);
  const list = new Uint32Array(n);
  for (let i = 0; i < n; i++) list[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = draw(0, i);
    [list[i], list[j]] = [list[j], list[i]];
    if ((i & 0x3ffff) === 0) yield;
  }
  return list;
}
