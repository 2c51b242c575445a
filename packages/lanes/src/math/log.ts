import type { Lanes, V } from '../language/lanes.js';
import { atanhRest32 } from './coefficients.js';
import { unlessNaN } from './ranges.js';

/**
 * log x for normal x > 0, in float32 lanes. x = m·2ⁿ with m from √½ to √2, so log x = n·ln 2 + 2·atanh((m − 1)/(m + 1)), ln 2 in two
 * parts, of which the first has so few digits that its product with n is exact.
 */
export function log(k: Lanes, x: V): V {
  const n = k.let(k.shr(k.isub(x, k.bits(0x3f3504f3)), 23)); // the bits of √½
  const m = k.let(k.isub(x, k.shl(n, 23)));
  // In the lowest bits of a large number an integer is the number that it stands for.
  const count = k.let(k.sub(k.iadd(n, k.bits(0x4b400000)), k.c(12582912)));
  const f = k.let(k.sub(m, k.c(1)));
  const s = k.let(k.div(f, k.add(m, k.c(1))));
  const square = k.square(s);
  // 2s + 2s·s²·(1/3 + …) = f − s·(f − 2s²·(1/3 + …)): the bulk is f, which is exact.
  const series = k.mul(k.mul(square, k.c(2)), k.polynomial(atanhRest32, square));
  const value = k.sub(f, k.mul(s, k.sub(f, series)));
  const low = k.add(k.mul(count, k.c(-2.1219444e-4)), value);
  return unlessNaN(k, x, k.add(k.mul(count, k.c(0.693359375)), low));
}
