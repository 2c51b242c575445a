import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { assertInteger } from '../arguments/assert.js';

/** Integers drawn evenly from `low` to `high`, both included; the same for a seed on every platform. */
export type DrawInteger = (low: number, high: number) => number;

/** @param seed 0 to 2³² − 1: pure-rand reads no more bits of it, so larger ones would repeat. */
export function randomIntegers(seed: number): DrawInteger {
  assertInteger('seed', seed, 0, 2 ** 32 - 1);
  const generator = xoroshiro128plus(seed | 0);
  // The first outputs of neighbouring seeds are neighbours too (seeds 0, 1, 2 begin with -1, -2, -3): let the state mix.
  for (let i = 0; i < 32; i++) generator.next();
  return (low, high) => uniformInt(generator, low, high);
}

/** Fisher–Yates, in place. */
export function shuffleInPlace<T extends { length: number; [index: number]: unknown }>(
  list: T,
  draw: DrawInteger,
): T {
  for (let i = list.length - 1; i > 0; i--) {
    const j = draw(0, i);
    const kept = list[i];
    list[i] = list[j];
    list[j] = kept;
  }
  return list;
}
