// exp, expm1 and log1p on lanes. Range reduction as XNNPACK and fdlibm do it: exp z = 2ⁿ·exp r with n = z/ln 2 rounded, r = z − n·ln 2.
// Adding a magic number rounds z/ln 2 to the integer n and leaves n, with the exponent's bias, in the low bits, so that a shift
// makes 2ⁿ; ln 2 stands in two parts, the first short enough for an exact product.
import type { Lanes, V } from '../language/lanes.js';
import { atanhRest32, atanhRest64, exp2Rest32, expRest32, expRest64 } from './coefficients.js';
import { formatOf } from './format.js';

interface Reduced {
  /** A large number whose low bits are n + scale, with the exponent's bias. */
  t: V;
  /** z − n·ln 2 */
  r: V;
}

function reduce(k: Lanes, z: V, scale: number, ln2: readonly number[], correction?: V): Reduced {
  const format = formatOf(k);
  const magic = k.c(format.magic + format.bias + scale);
  const t = k.let(k.add(k.mul(z, k.c(Math.LOG2E)), magic));
  const n = k.let(k.exact(k.sub(t, magic)));
  const near = withMultiple(k, z, 'sub', n, ln2);
  return { t, r: k.let(correction ? k.add(near, correction) : near) };
}

/**
 * z − n·ln 2 for the nearest n, or z + n·ln 2 for that of −z. Of two parts the first is a few bits long, as n is: their product is exact,
 * and so is what it leaves of z, since both are multiples of z's last place or of the part's, and less than ½ is left.
 */
function withMultiple(k: Lanes, z: V, sign: 'add' | 'sub', n: V, ln2: readonly number[]): V {
  const [first, ...others] = ln2.map((part) => k.mul(n, k.c(part)));
  const near = others.length > 0 ? k.exact(k[sign](z, k.exact(first))) : k[sign](z, first);
  return others.reduce((rest, product) => k[sign](rest, product), near);
}

const restSeries = (k: Lanes): readonly number[] => (k.grade === 32 ? expRest32 : expRest64);

/** exp(r) − 1 */
const restOf = (k: Lanes, r: V): V => k.add(k.mul(k.square(r), k.polynomial(restSeries(k), r)), r);

export interface Scaled {
  /** exp(z)·2^scale */
  scaled: V;
  /** exp(z) */
  value: V;
  /** v·2^−scale */
  unscale: (v: V) => V;
}

/** exp(z + correction) for lowest ≤ z ≤ highest and a tiny correction, of which float64 for a float32 result has no need. */
export function expOf(k: Lanes, z: V, correction?: V): Scaled {
  const { scale, ln2 } = formatOf(k);
  return k.wide ? expOfWide(k, z) : expOfReduced(k, reduce(k, z, scale, ln2, correction));
}

/** 2^(z/ln 2): what z/ln 2 loses in its last place does not count. */
function expOfWide(k: Lanes, z: V): Scaled {
  const { magic, bias } = formatOf(k);
  const y = k.let(k.mul(z, k.c(Math.LOG2E)));
  const t = k.let(k.add(y, k.c(magic + bias)));
  const fraction = k.let(k.sub(y, k.sub(t, k.c(magic + bias))));
  const value = k.let(k.mul(k.polynomial([1, ...exp2Rest32], fraction), powerOf(k, t)));
  return { scaled: value, value, unscale: (v) => v };
}

/** 2^(n + scale) */
const powerOf = (k: Lanes, t: V): V => k.let(k.shl(t, formatOf(k).mantissa));

/** exp(r)·2^(n + scale). A product, not an addition to the exponent: NaN has to stay NaN. */
export function expOfReduced(k: Lanes, { r, t }: Reduced): Scaled {
  // A product with a power of two, of a number that is far from the least of its format.
  const scaled = k.let(k.exact(k.mul(k.add(k.c(1), restOf(k, r)), powerOf(k, t))));
  const unscale = (v: V): V => k.mul(v, k.c(2 ** -formatOf(k).scale));
  return { scaled, value: k.let(unscale(scaled)), unscale };
}

/** x/(1 + exp(−x)): three roundings only. */
export function divideByOnePlusExp(k: Lanes, x: V): V {
  const { scaled, onePlusExp } = overOnePlusExp(k, x);
  return k.div(scaled, onePlusExp);
}

/**
 * x and 1 + exp(−x). Where exp(−x) passes the largest number, the power of two that it has too much goes to x instead, whose exponent
 * takes it as an integer.
 */
export function overOnePlusExp(k: Lanes, x: V): { scaled: V; onePlusExp: V } {
  const { magic, bias, mantissa, lowest, highest, ln2 } = formatOf(k);
  const own = k.let(k.pmax(x, k.c(lowest)));
  const z = k.let(k.pmin(own, k.c(highest)));
  // As in reduce, with every sign turned: r = −z − n·ln 2 = −turned.
  const biased = k.c(magic + bias);
  const t = k.let(k.sub(biased, k.mul(z, k.c(Math.LOG2E))));
  const n = k.let(k.exact(k.sub(t, biased)));
  const turned = k.let(withMultiple(k, z, 'add', n, ln2));
  const series = restSeries(k).map((c, i) => (i % 2 === 0 ? c : -c));
  const rest = k.sub(k.mul(k.square(turned), k.polynomial(series, turned)), turned);
  const capped = k.let(k.pmin(t, k.c(magic + 2 * bias - 1)));
  const scaled = k.let(k.iadd(own, k.shl(k.isub(capped, t), mantissa)));
  const exp = k.mul(k.add(k.c(1), rest), powerOf(k, capped));
  return { scaled, onePlusExp: k.let(k.add(k.c(1), exp)) };
}

/** exp(z) = power + product for z ≤ 0, power = 2^n. */
export function powerAndProduct(k: Lanes, z: V): { power: V; product: V } {
  const { lowestExpm1, ln2 } = formatOf(k);
  const own = k.let(k.pmax(z, k.c(lowestExpm1)));
  // In float32 one part of ln 2 is enough: what its rounding does to r counts 2^n times, so less than a quarter of the last place.
  const { r, t } = reduce(k, own, 0, k.single ? [Math.LN2] : ln2);
  const power = powerOf(k, t);
  return { power, product: k.let(k.mul(power, restOf(k, r))) };
}

/** exp(z) − 1 for z ≤ 0 */
export function expm1OfNegative(k: Lanes, z: V): V {
  const { power, product } = powerAndProduct(k, z);
  return k.let(k.add(k.sub(power, k.c(1)), product));
}

/** exp(x) for every x: the power of two in two factors, since its exponent may be out of range. */
export function exp(k: Lanes, x: V): V {
  const format = formatOf(k);
  const z = k.let(k.pmin(k.pmax(x, k.c(format.lowest)), k.c(k.single ? 89 : 710)));
  const biased = k.c(format.magic + format.bias);
  const plain = k.c(format.magic);
  const n = k.let(k.sub(k.add(k.mul(z, k.c(Math.LOG2E)), plain), plain));
  const r = k.let(format.ln2.reduce((rest, part) => k.sub(rest, k.mul(n, k.c(part))), z));
  const half = k.let(k.sub(k.add(k.mul(n, k.c(0.5)), plain), plain));
  const first = k.shl(k.add(half, biased), format.mantissa);
  const second = k.shl(k.add(k.sub(n, half), biased), format.mantissa);
  return k.mul(k.mul(k.add(k.c(1), restOf(k, r)), first), second);
}

/**
 * log(1 + e) for e = exp of something negative: 2·atanh(s), s = e/(2 + e), and as 2s = e − s·e the bulk of it is e itself, so that
 * the roundings of s count little. A subnormal is rounded only once.
 */
export function log1pOf(k: Lanes, e: Scaled): V {
  const scaled = k.let(k.div(e.scaled, k.add(k.c(2), e.value)));
  const square = k.square(k.let(e.unscale(scaled)));
  const twice = (k.grade === 32 ? atanhRest32 : atanhRest64).map((c) => 2 * c);
  const series = k.mul(square, k.polynomial(twice, square));
  return e.unscale(k.add(e.scaled, k.mul(scaled, k.sub(series, e.value))));
}
