// The truncated normal distribution of Keras's initialisers, out of sums, products and square roots alone.
import { type Generator, uniform } from './generator.js';

/** Keras's: the standard deviation of a standard normal that is cut off at ±2. */
export const TRUNCATED_DEVIATION = 0.8796256610342398;

/** A standard normal within ±2: Marsaglia's polar method, until it is. */
export function truncatedNormal(next: Generator): number {
  for (;;) {
    const u = 2 * uniform(next) - 1;
    const v = 2 * uniform(next) - 1;
    const square = u * u + v * v;
    if (square >= 1 || square === 0) continue;
    const value = u * Math.sqrt((-2 * ln(square)) / square);
    if (Math.abs(value) <= 2) return value;
  }
}

/**
 * ln x for 0 < x ≤ 1, to about 1e-15. `Math.log` may differ from engine to engine in its last bit; sums and products do not.
 * x = m·2^−k with m in [1, 2); ln m = 2·atanh((m − 1)/(m + 1)) by its series.
 */
export function ln(x: number): number {
  let m = x;
  let k = 0;
  while (m < 1) {
    m *= 2;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 33; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return 2 * s * sum - k * Math.LN2;
}

/** cos(π·u) for 0 ≤ u ≤ 1, to about 1e-15: 1 − 2·sin²(π·u/2), by the series of sin. */
export function cosOfPi(u: number): number {
  const x = (Math.PI * u) / 2;
  const square = x * x;
  let sum = 1;
  for (let n = 22; n >= 2; n -= 2) sum = 1 - (sum * square) / (n * (n + 1));
  const sine = x * sum;
  return 1 - 2 * sine * sine;
}
