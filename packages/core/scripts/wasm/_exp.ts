// exp, expm1 and log1p on lanes. Range reduction as XNNPACK and fdlibm do it: adding a magic number rounds z/ln 2 to an integer n
// and leaves n, with the exponent's bias, in the low bits, so that a shift makes 2^n; ln 2 stands in two parts, the first short
// enough for an exact product.
import { atanhRest32, atanhRest64, expRest32, expRest64 } from './_coefficients.js';
import type { Lanes, V } from './_lanes.js';

interface Format {
  bias: number;
  /** 1.5·2^(mantissa bits): what is added to it is rounded to an integer. */
  magic: number;
  mantissa: number;
  ln2High: number;
  ln2Low: number;
  /** Below it exp(z), and z·exp(z), round to 0. */
  lowest: number;
  /** exp comes times 2^scale, so that it is never subnormal; a power that keeps all exponents in range. */
  scale: number;
  /** Below it expm1 rounds to −1. */
  lowestExpm1: number;
  /** Clears the lower half of the mantissa, for exact products. */
  half: number | bigint;
  sign: number | bigint;
}

export const formatOf = (k: Lanes): Format =>
  k.single
    ? {
        bias: 127,
        magic: 12582912,
        mantissa: 23,
        ln2High: 0.693359375,
        ln2Low: -2.1219444e-4,
        lowest: -110,
        scale: 64,
        lowestExpm1: -25,
        half: 0xfffff000,
        sign: 0x80000000,
      }
    : {
        bias: 1023,
        magic: 6755399441055744,
        mantissa: 52,
        ln2High: 0.6931471803691238,
        ln2Low: 1.9082149292705877e-10,
        lowest: -760,
        scale: 512,
        lowestExpm1: -57,
        half: 0xfffffffff8000000n,
        sign: 0x8000000000000000n,
      };

interface Reduced {
  /** 2^(n + scale) */
  power: V;
  /** exp(r) − 1, where z = n·ln 2 + r. */
  rest: V;
}

function reduce(k: Lanes, z: V, scale: number, correction?: V): Reduced {
  const format = formatOf(k);
  const magic = k.c(format.magic + format.bias + scale);
  const t = k.let(k.add(k.mul(z, k.c(Math.LOG2E)), magic));
  const n = k.let(k.sub(t, magic));
  const near = k.sub(k.sub(z, k.mul(n, k.c(format.ln2High))), k.mul(n, k.c(format.ln2Low)));
  const r = k.let(correction ? k.add(near, correction) : near);
  return { power: k.let(k.shl(t, format.mantissa)), rest: k.let(restOf(k, r)) };
}

const restOf = (k: Lanes, r: V): V =>
  k.add(k.mul(k.let(k.mul(r, r)), k.polynomial(k.grade === 32 ? expRest32 : expRest64, r)), r);

export interface Scaled {
  /** exp(z)·2^scale */
  scaled: V;
  /** exp(z) */
  value: V;
  /** 2^−scale */
  unscale: V;
}

/** exp(z + correction) for lowest ≤ z ≤ 0 and a tiny correction. */
export function expOfNegative(k: Lanes, z: V, correction?: V): Scaled {
  const { scale } = formatOf(k);
  const { power, rest } = reduce(k, z, scale, correction);
  return scaledOf(k, power, rest);
}

/** exp(r)·power, for a range that has been reduced elsewhere. */
export const expOfReduced = (k: Lanes, r: V, power: V): Scaled => scaledOf(k, power, k.let(restOf(k, r)));

function scaledOf(k: Lanes, power: V, rest: V): Scaled {
  const scaled = k.let(k.add(power, k.mul(power, rest)));
  const unscale = k.c(2 ** -formatOf(k).scale);
  return { scaled, value: k.let(k.mul(scaled, unscale)), unscale };
}

/**
 * exp(z) − 1 for z ≤ 0. In float32 ln 2 needs one part only: what its rounding does to r counts 2^n times, so less than a
 * quarter of the last place.
 */
export function expm1OfNegative(k: Lanes, z: V): V {
  const own = k.let(k.pmax(z, k.c(formatOf(k).lowestExpm1)));
  if (!k.single) {
    const { power, rest } = reduce(k, own, 0);
    return k.let(k.add(k.sub(power, k.c(1)), k.mul(power, rest)));
  }
  const magic = k.c(formatOf(k).magic + formatOf(k).bias);
  const t = k.let(k.add(k.mul(own, k.c(Math.LOG2E)), magic));
  const r = k.let(k.sub(own, k.mul(k.sub(t, magic), k.c(Math.LN2))));
  const power = k.let(k.shl(t, formatOf(k).mantissa));
  return k.let(k.add(k.sub(power, k.c(1)), k.mul(power, restOf(k, r))));
}

/** exp(x) for every x: the power of two in two factors, since its exponent may be out of range. */
export function exp(k: Lanes, x: V): V {
  const format = formatOf(k);
  const z = k.let(k.pmin(k.pmax(x, k.c(format.lowest)), k.c(k.single ? 89 : 710)));
  const magic = k.c(format.magic + format.bias);
  const plain = k.c(format.magic);
  const n = k.let(k.sub(k.add(k.mul(z, k.c(Math.LOG2E)), plain), plain));
  const r = k.let(k.sub(k.sub(z, k.mul(n, k.c(format.ln2High))), k.mul(n, k.c(format.ln2Low))));
  const half = k.let(k.sub(k.add(k.mul(n, k.c(0.5)), plain), plain));
  const first = k.shl(k.add(half, magic), format.mantissa);
  const second = k.shl(k.add(k.sub(n, half), magic), format.mantissa);
  return k.mul(k.mul(k.add(k.c(1), restOf(k, r)), first), second);
}

/** log(1 + e) for e = exp of something negative: 2·atanh(e/(2 + e)); a subnormal is rounded only once. */
export function log1pOf(k: Lanes, e: Scaled): V {
  const scaled = k.let(k.div(e.scaled, k.add(k.c(2), e.value)));
  const s = k.let(k.mul(scaled, e.unscale));
  const square = k.let(k.mul(s, s));
  const series = k.mul(square, k.polynomial(k.grade === 32 ? atanhRest32 : atanhRest64, square));
  const twice = k.let(k.add(scaled, scaled));
  return k.mul(k.add(twice, k.mul(twice, series)), e.unscale);
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
