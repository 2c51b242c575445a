import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { normalQuantile } from '../statistics/normal.js';
import { streamSeed } from './streams.js';

/** A seeded source of random numbers, the same on every platform. */
export interface Draws {
  /** Evenly from above 0 to below 1, 32 bits of it. */
  uniform(): number;
  /** A whole number from 0 to n − 1. */
  below(n: number): number;
  /** From the standard normal distribution. */
  normal(): number;
}

/** @param seed 0 to 2³² − 1 */
export function draws(seed: number): Draws {
  const generator = xoroshiro128plus(streamSeed(seed, 0) | 0);
  // The first outputs of neighbouring states are alike: let the state mix.
  for (let i = 0; i < 32; i++) generator.next();
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal: () => normalQuantile(uniform()),
  };
}
