// What several smooth functions are made of.
import { normalTail } from '../../src/_coefficients.js';
import {
  expRest32,
  hazardDenominator32,
  hazardNumerator32,
  tailDenominator32,
  tailNumerator32,
} from './_coefficients.js';
import {
  expm1OfNegative,
  expOf,
  expOfReduced,
  formatOf,
  negativeOf,
  powerAndProduct,
  productError,
  type Scaled,
} from './_exp.js';
import type { Lanes, V } from './_lanes.js';

export const param = (k: Lanes, i: number): V => k.params[i];
export const isNegative = (k: Lanes, x: V): V => k.let(k.lt(x, k.c(0)));
export const atLeast = (k: Lanes, x: V): V => k.let(k.pmax(x, k.c(formatOf(k).lowest)));
/** x within the range outside of which exp(−|x|) rounds to 0. */
export const within = (k: Lanes, x: V): V => k.let(k.pmin(atLeast(k, x), k.c(-formatOf(k).lowest)));
/** x within the range of expOf, and what that took off at the upper end: 0 or below. */
export function inRange(k: Lanes, x: V): { z: V; off: V } {
  const low = atLeast(k, x);
  const z = k.let(k.pmin(low, k.c(formatOf(k).highest)));
  return { z, off: k.sub(z, low) };
}
/** exp(−|x|) */
export const expOfMinusAbs = (k: Lanes, x: V): Scaled => expOf(k, atLeast(k, negativeOf(k, x)));
export const onePlus = (k: Lanes, e: Scaled): V => k.let(k.add(k.c(1), e.value));
/** (1 + e)·2^scale */
const onePlusScaled = (k: Lanes, e: Scaled): V => k.add(k.c(2 ** formatOf(k).scale), e.scaled);

/** Where x is negative: v·2^−scale, elsewhere v. */
export const unscaledBelow0 = (k: Lanes, negative: V, v: V): V => {
  const { scale } = formatOf(k);
  return scale === 0 ? v : k.mul(v, k.select(negative, k.c(2 ** -scale), k.c(1)));
};

/** Where x is negative: scaled·2^−scale, elsewhere plain. */
export const chosen = (k: Lanes, negative: V, scaled: V, plain: V): V =>
  unscaledBelow0(k, negative, k.select(negative, scaled, plain));

/** e/(1 + e), both parts times the scale: no sign to tell apart, and a subnormal is rounded only once. */
export const logistic = (k: Lanes, x: V): V => {
  const e = expOf(k, inRange(k, x).z);
  return k.let(k.div(e.scaled, onePlusScaled(k, e)));
};

/** e/(1 + e)², the same for ±x */
export const logisticDerivative = (k: Lanes, x: V): V => {
  const e = expOfMinusAbs(k, x);
  const d = onePlus(k, e);
  return k.div(e.value, k.mul(d, d));
};

/** exp(−|βx|) with the product's rounding error, and βx itself. */
export function expOfMinusProduct(k: Lanes, x: V, beta: V): { z: V; e: Scaled } {
  const z = k.let(k.mul(x, beta));
  const low = negativeOf(k, z);
  if (k.wide) return { z, e: expOf(k, atLeast(k, low)) }; // the product of two float32 is exact
  const error = productError(k, x, beta, z);
  // The error has the sign of z turned as −|z| turned z; beyond the range it counts for nothing, and may be NaN.
  const turned = k.xor(error, k.and(k.xor(z, k.bits(formatOf(k).sign)), k.bits(formatOf(k).sign)));
  const counts = k.gt(low, k.c(formatOf(k).lowest));
  return { z, e: expOf(k, atLeast(k, low), k.let(k.and(turned, counts))) };
}

/** x·e/(1 + e) for e = exp(z) */
export const timesLogistic = (k: Lanes, x: V, e: Scaled): V => k.div(k.mul(x, e.scaled), onePlusScaled(k, e));

/** σ(z)·(1 + z·σ(−z)) = s·((1 + e) + z·s′)/(1 + e)² for e = exp(−|z|), with s, s′ = e, 1 for z < 0 and 1, e else. */
export const siluDerivativeWith = (k: Lanes, z: V, e: Scaled): V => {
  const negative = isNegative(k, z);
  const d = onePlus(k, e);
  const inner = k.let(k.div(k.add(d, k.mul(z, k.select(negative, k.c(1), e.value))), k.let(k.mul(d, d))));
  return chosen(k, negative, k.mul(e.scaled, inner), inner);
};

/** The same for e = exp(z), in one formula: e(1 + e + z)/(1 + e)². */
export const siluDerivativeWide = (k: Lanes, z: V, e: V): V => {
  const d = k.let(k.add(k.c(1), e));
  return k.div(k.mul(e, k.add(d, z)), k.mul(d, d));
};

/** −tanh |x|: numerator and denominator each from exp, since one made of the other would double its rounding. */
export function minusTanhOfAbs(k: Lanes, x: V): V {
  const z = negativeOf(k, x);
  const { power, product } = powerAndProduct(k, k.let(k.add(z, z)));
  const num = k.add(k.sub(power, k.c(1)), product);
  return k.div(num, k.add(k.add(power, k.c(1)), product));
}

export const expm1Piece = (k: Lanes, x: V): V => expm1OfNegative(k, k.let(k.pmin(x, k.c(0))));
export const expPiece = (k: Lanes, x: V): V => expOf(k, k.let(k.pmin(atLeast(k, x), k.c(0)))).value;

export const LAMBDA = 1.0507009873554805;
export const LAMBDA_ALPHA = 1.7580993408473768;

/** 1/√(2π) */
export const DENSITY_AT_0 = 0.3989422804014327;

/** a = |x|, exp(−a²/2), and Φ(−a)·exp(a²/2) as a fraction: one division is enough for all that is made of it. */
export function normalTailWide(k: Lanes, x: V): { a: V; e: V; num: V; den: V } {
  const a = k.let(k.pmin(k.abs(x), k.c(15)));
  const e = expOf(k, k.let(k.mul(k.mul(a, k.c(-0.5)), a))).value;
  return { a, e, num: k.polynomial(tailNumerator32, a), den: k.let(k.polynomial(tailDenominator32, a)) };
}

/**
 * a·Φ(−a) for a = |x|, in float32 lanes and within 2 ulp. Φ(−a) = exp(−a²/2)/(2h) with h = 1 + a + a·P/Q: the two large roundings
 * of the fraction, those of its numerator and its denominator, are known exactly and put back.
 */
export function normalTailTimes32(k: Lanes, x: V): V {
  const { magic, bias, scale, mantissa, half, ln2 } = formatOf(k);
  const a = k.let(k.pmin(k.and(x, k.bits(0x7fffffff)), k.c(14.5))); // from there on a·Φ(−a) is 0; `abs` is three instructions in V8
  const h0 = k.let(
    k.add(k.c(1), k.mul(a, k.div(k.horner(hazardNumerator32, a), k.horner(hazardDenominator32, a)))),
  );
  const h = k.let(k.add(a, h0));
  const hRest = k.sub(h0, k.sub(h, a));

  // −a²/2 = n·ln 2 + r, with a² as the square of its upper half, which is exact, and the rest.
  const upper = k.let(k.and(a, k.bits(half)));
  const square = k.let(k.mul(upper, upper));
  const squareRest = k.mul(k.sub(a, upper), k.add(a, upper));
  const biased = k.c(magic + bias + scale);
  const t = k.let(k.sub(biased, k.mul(square, k.c(Math.LOG2E / 2))));
  const n = k.let(k.sub(t, biased));
  const high = k.add(square, k.mul(n, k.c(2 * ln2[0])));
  const low = k.add(k.mul(n, k.c(2 * ln2[1])), squareRest);
  const r = k.let(k.mul(k.add(high, low), k.c(-0.5)));
  const expm1 = k.add(k.mul(k.square(r), k.horner(expRest32, r)), r);

  const product = k.let(k.mul(a, expm1));
  const sum = k.let(k.add(a, product));
  const sumRest = k.sub(product, k.sub(sum, a));
  const quotient = k.let(k.div(sum, h));
  const rest = k.sub(sumRest, k.mul(quotient, hRest));
  // Bits that make 1/h to about a tenth, enough for a correction: what they and those of h add up to hardly depends on h.
  const inverse = k.isub(k.bits(0x7ef311c7), h);
  const corrected = k.add(quotient, k.mul(rest, inverse));
  return k.mul(k.mul(corrected, k.shl(t, mantissa)), k.c(2 ** -(scale + 1)));
}

/** Φ(−a)·2^scale and exp(−a²/2), a = |x|, in float64. */
export function normalTailOf(k: Lanes, x: V): { tail: V; e: Scaled; a: V } {
  const a = k.let(k.pmin(k.abs(x), k.c(40)));
  const high = k.let(k.and(a, k.bits(formatOf(k).half)));
  const square = k.let(k.mul(k.mul(high, high), k.c(-0.5))); // exact
  const rest = k.let(k.mul(k.mul(k.sub(a, high), k.add(a, high)), k.c(-0.5)));
  const e = expOfSum(k, square, rest);
  const t = k.let(k.div(k.sub(a, k.c(4)), k.add(a, k.c(4))));
  const scaled = k.div(k.polynomial(normalTail, t), k.add(a, k.c(1)));
  return { tail: k.let(k.mul(scaled, e.scaled)), e, a };
}

/** exp(high + low) for a high that is exact: low joins once the bulk of high is gone. */
function expOfSum(k: Lanes, high: V, low: V): Scaled {
  const { bias, scale, ln2 } = formatOf(k);
  const magic = k.c(formatOf(k).magic + bias + scale);
  const t = k.let(k.add(k.mul(k.add(high, low), k.c(Math.LOG2E)), magic));
  const n = k.let(k.sub(t, magic));
  const near = ln2.reduce((rest, part) => k.sub(rest, k.mul(n, k.c(part))), high);
  return expOfReduced(k, { r: k.let(k.add(near, low)), t });
}

/** 2u and its rounding error, where tanh gelu is x·σ(2u): u = √(2/π)·(x + 0.044715·x³). */
export function twoU(k: Lanes, x: V): { z: V; rest?: V } {
  if (k.wide) {
    const cube = k.mul(k.mul(x, x), k.mul(x, k.c(1.5957691216057308 * 0.044715)));
    return { z: k.let(k.add(k.mul(x, k.c(1.5957691216057308)), cube)) };
  }
  const cHigh = 1.5957691216057308; // 2√(2/π)
  const cLow = -9.96930880911092e-17;
  const a = 0.044715;
  const square = k.let(k.mul(x, x));
  const squareRest = productError(k, x, x, square);
  const inner = k.let(k.mul(square, k.c(a)));
  const innerRest = k.let(k.add(productError(k, square, k.c(a), inner), k.mul(squareRest, k.c(a))));
  const sum = k.let(k.add(inner, k.c(1)));
  // Two-sum, whichever of the two is larger.
  const back = k.let(k.sub(sum, inner));
  const sumRest = k.let(k.add(k.add(k.sub(k.c(1), back), k.sub(inner, k.sub(sum, back))), innerRest));
  const cx = k.let(k.mul(x, k.c(cHigh)));
  const cxRest = k.let(k.add(productError(k, x, k.c(cHigh), cx), k.mul(x, k.c(cLow))));
  const z = k.let(k.mul(cx, sum));
  const rest = k.let(k.add(k.add(productError(k, cx, sum, z), k.mul(cx, sumRest)), k.mul(cxRest, sum)));
  return { z, rest };
}

// |x| beyond which tanh gelu is 0 or x; z stays small enough for exact splitting. Odd as `highest` is, and for the same reason.
export const TANH_GELU_LIMIT = 23.999999999999996;

/** exp(−|z|) for twoU. */
export function expOfMinusTwoU(k: Lanes, z: V, rest: V): Scaled {
  const sign = k.bits(formatOf(k).sign);
  const turned = k.xor(rest, k.and(k.xor(z, sign), sign));
  return expOf(k, atLeast(k, negativeOf(k, z)), k.let(turned));
}

export const mishParts = (k: Lanes, x: V) => {
  const e = expOfMinusAbs(k, x);
  const negative = isNegative(k, x);
  const twice = k.let(k.add(e.value, e.value));
  // x < 0: e(e + 2)/(e(e + 2) + 2); x ≥ 0: (1 + 2e)/(1 + 2e + 2e²).
  const small = k.let(k.mul(e.value, k.add(e.value, k.c(2))));
  const large = k.let(k.add(k.c(1), twice));
  const den = k.let(k.select(negative, k.add(small, k.c(2)), k.add(large, k.mul(twice, e.value))));
  return { e, negative, den, large };
};

/** What z = x/a lost when it was rounded, 0 where exp(z) is 0 anyway. */
export function restOfQuotient(k: Lanes, x: V, a: V, z: V): V {
  const product = k.let(k.mul(z, a));
  const left = k.sub(k.sub(x, product), productError(k, z, a, product));
  return k.let(k.and(k.div(left, a), k.gt(z, k.c(formatOf(k).lowest))));
}

/** √(x² + b), in float64 both scaled where x² would overflow, or where it and b would lose digits as subnormals. */
export const root = (k: Lanes, x: V, b: V): V => {
  if (k.wide) return k.let(k.sqrt(k.add(k.mul(x, x), b)));
  const a = k.let(k.abs(x));
  const large = k.let(k.gt(a, k.c(2 ** 480)));
  const small = k.let(k.and(k.lt(a, k.c(2 ** -480)), k.lt(b, k.c(2 ** -900))));
  const power = (down: number, up: number): V =>
    k.let(k.select(large, k.c(2 ** down), k.select(small, k.c(2 ** up), k.c(1))));
  const scale = power(-513, 540);
  const own = k.let(k.mul(x, scale));
  return k.let(k.mul(k.sqrt(k.add(k.mul(own, own), k.mul(k.mul(b, scale), scale))), power(513, -540)));
};

/** (x + √(x² + b))/2 for x < 0: b/(2(√(x² + b) − x)). The floor is for b = 0, where a half of the smallest x is 0. */
export const squareplusBelow0 = (k: Lanes, x: V, b: V, root: V): V => {
  const half = k.sub(k.mul(root, k.c(0.5)), k.mul(x, k.c(0.5)));
  return k.mul(k.div(b, k.pmax(half, k.c(Number.MIN_VALUE))), k.c(0.25));
};

/** p0·x + p1 as a rounded sum and what that leaves: see src/hard-sigmoid.ts. Products of float32 are exact in float64. */
export const line = (k: Lanes, x: V): { sum: V; rest: V } => {
  const product = k.let(k.mul(x, param(k, 0)));
  const sum = k.let(k.add(product, param(k, 1)));
  const back = k.let(k.sub(sum, product));
  const lost = k.add(k.sub(product, k.sub(sum, back)), k.sub(param(k, 1), back));
  const rest = k.wide ? lost : k.add(lost, productError(k, x, param(k, 0), product));
  const size = k.pmax(k.abs(product), k.abs(sum));
  const near = k.lt(size, k.c(k.single ? 2 ** 100 : 2 ** 1000)); // beyond it may be NaN
  return { sum, rest: k.let(k.and(rest, near)) };
};

export const clamp01 = (k: Lanes, v: V): V => k.pmin(k.pmax(v, k.c(0)), k.c(1));
