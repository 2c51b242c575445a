// Signs, bounds, and what rounding took.
import type { Lanes, V } from '../language/lanes.js';
import { formatOf } from './format.js';

export const isNegative = (k: Lanes, x: V): V => k.let(k.lt(x, k.c(0)));

/** d where x is a number, NaN where it is NaN. */
export const unlessNaN = (k: Lanes, x: V, d: V): V => k.unlessNaN(x, d);

export const clamp01 = (k: Lanes, v: V): V => k.pmin(k.pmax(v, k.c(0)), k.c(1));

/** x, but not below where exp(x) rounds to 0. */
export const atLeast = (k: Lanes, x: V): V => k.let(k.pmax(x, k.c(formatOf(k).lowest)));

/** x within the range outside of which exp(−|x|) rounds to 0. */
export const within = (k: Lanes, x: V): V => k.let(k.pmin(atLeast(k, x), k.c(-formatOf(k).lowest)));

/** x within the range of expOf, and what that took off at the upper end: 0 or below. */
export function inRange(k: Lanes, x: V): { z: V; off: V } {
  const low = atLeast(k, x);
  const z = k.let(k.pmin(low, k.c(formatOf(k).highest)));
  return { z, off: k.sub(z, low) };
}

/** −|x| */
export const negativeOf = (k: Lanes, x: V): V => k.let(k.or(x, k.bits(formatOf(k).sign)));

/** The rounding error of the product p = a·b (Dekker). */
export function productError(k: Lanes, a: V, b: V, p: V): V {
  const mask = k.bits(formatOf(k).half);
  const ah = k.let(k.and(a, mask));
  const bh = k.let(k.and(b, mask));
  const al = k.let(k.sub(a, ah));
  const bl = k.let(k.sub(b, bh));
  return k.let(k.add(k.add(k.add(k.sub(k.mul(ah, bh), p), k.mul(ah, bl)), k.mul(al, bh)), k.mul(al, bl)));
}

/** |x| with the sign of s. */
export const withSign = (k: Lanes, x: V, s: V): V => k.select(k.bits(formatOf(k).sign), s, x);
