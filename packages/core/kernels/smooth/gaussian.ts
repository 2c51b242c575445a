// GELU: the tail of the normal distribution.
import {
  expOf,
  expOfReduced,
  expRest32,
  formatOf,
  isNegative,
  type Lanes,
  productError,
  type Scaled,
  type Source,
  type V,
} from '@rectify/lanes';
import { normalTail } from '../../src/activation/coefficients.js';
import {
  hazardDenominator32,
  hazardNumerator32,
  tailDenominator32,
  tailNumerator32,
} from './coefficients.js';
import { unscaledBelow0 } from './parts.js';

/** 1/√(2π) */
export const DENSITY_AT_0 = 0.3989422804014327;

/** a = |x|, exp(−a²/2), and Φ(−a)·exp(a²/2) as a fraction: one division is enough for all that is made of it. */
export function normalTailWide(k: Lanes, x: V): { a: V; e: V; num: V; den: V } {
  const a = k.let(k.pmin(k.abs(x), k.c(15)));
  const e = expOf(k, k.let(k.mul(k.mul(a, k.c(-0.5)), a))).value;
  return { a, e, num: k.polynomial(tailNumerator32, a), den: k.let(k.polynomial(tailDenominator32, a)) };
}

/**
 * In float32 lanes a = |x|, 1 + e for exp(−a²/2) = (1 + e)·2^n, 2^(n + scale), and h = 1 + a + a·P/Q with what it lost when it was
 * rounded: Φ(−a) = exp(−a²/2)/(2h).
 */
export function normalTail32(k: Lanes, x: V): { a: V; e: V; power: V; h: V; hRest: V } {
  const { magic, bias, scale, mantissa, half, ln2 } = formatOf(k);
  const a = k.let(k.pmin(k.and(x, k.bits(0x7fffffff)), k.c(14.5))); // from there on a·Φ(−a) is 0; `abs` is three instructions in V8
  const h0 = k.let(
    k.add(k.c(1), k.mul(a, k.div(k.horner(hazardNumerator32, a), k.horner(hazardDenominator32, a)))),
  );
  const h = k.let(k.add(a, h0));
  const hRest = k.let(k.sub(h0, k.sub(h, a)));

  // −a²/2 = n·ln 2 + r, with a² as the square of its upper half, which is exact, and the rest.
  const upper = k.let(k.and(a, k.bits(half)));
  const square = k.let(k.exact(k.mul(upper, upper)));
  const squareRest = k.mul(k.exact(k.sub(a, upper)), k.add(a, upper));
  const biased = k.c(magic + bias + scale);
  const t = k.let(k.sub(biased, k.mul(square, k.c(Math.LOG2E / 2))));
  const n = k.let(k.exact(k.sub(t, biased)));
  const high = k.add(square, k.exact(k.mul(n, k.c(2 * ln2[0]))));
  const low = k.add(k.mul(n, k.c(2 * ln2[1])), squareRest);
  const r = k.let(k.mul(k.add(high, low), k.c(-0.5)));
  const e = k.let(k.add(k.mul(k.square(r), k.horner(expRest32, r)), r));
  return { a, e, power: k.let(k.shl(t, mantissa)), h, hRest };
}

/**
 * a·Φ(−a) for a = |x|, in float32 lanes and within 2 ulp: the two large roundings of the fraction, those of its numerator and its
 * denominator, are known exactly and put back.
 */
export function normalTailTimes32(k: Lanes, x: V): V {
  const { a, e, power, h, hRest } = normalTail32(k, x);
  const product = k.let(k.mul(a, e));
  const sum = k.let(k.add(a, product));
  const sumRest = k.sub(product, k.sub(sum, a));
  const quotient = k.let(k.div(sum, h));
  const rest = k.sub(sumRest, k.mul(quotient, hRest));
  // 1/h, wrong by up to a tenth, which is enough for a correction. The bits of a float are about the logarithm of it, so that those of
  // 1/h are a constant less those of h.
  const inverse = k.isub(k.bits(0x7ef311c7), h);
  const corrected = k.add(quotient, k.mul(rest, inverse));
  return k.mul(k.mul(corrected, power), k.c(2 ** -(formatOf(k).scale + 1)));
}

/** Φ(−a)·2^scale and exp(−a²/2), a = |x| up to a limit, in float64. */
export function normalTailOf(k: Lanes, x: V, limit = 40): { tail: V; e: Scaled; a: V } {
  const a = k.let(k.pmin(k.abs(x), k.c(limit)));
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

/**
 * z = (x − μ)/σ, p0 = μ and p1 = σ, and what its roundings left, turned as |z| is. From a float32 x nothing is left that would count.
 */
function shifted(k: Lanes, x: V): { z: V; rest?: V } {
  const [mu, sigma] = k.params;
  const d = k.let(k.sub(x, mu));
  const z = k.let(k.div(d, sigma));
  if (k.wide) return { z };
  const back = k.let(k.sub(d, x));
  const dRest = k.sub(k.sub(x, k.sub(d, back)), k.add(mu, back));
  const product = k.let(k.mul(z, sigma));
  const left = k.add(k.sub(k.sub(d, product), productError(k, z, sigma, product)), dRest);
  const rest = k.and(k.div(left, sigma), k.lt(k.abs(z), k.c(SHIFTED_LIMIT))); // beyond it may be NaN
  const sign = k.bits(formatOf(k).sign);
  return { z, rest: k.let(k.xor(rest, k.and(z, sign))) };
}

/** exp(−a²/2) is far below the smallest number there, even after a division by the smallest σ. */
const SHIFTED_LIMIT = 45;

export const gaussian = {
  /** Φ(z), z = (x − p0)/p1. With a rest: Φ(−(a + rest)) = Φ(−a) − φ(a)·rest. */
  laplace: {
    params: 2,
    wide: 'both',
    f: (k, x) => {
      const { z, rest } = shifted(k, x);
      const negative = isNegative(k, z);
      if (!rest) {
        const { e, num, den } = normalTailWide(k, z);
        const tail = k.let(k.div(k.mul(e, num), den));
        return k.select(negative, tail, k.sub(k.c(1), tail));
      }
      const { tail, e } = normalTailOf(k, z, SHIFTED_LIMIT);
      const own = k.let(e.unscale(k.sub(tail, k.mul(k.mul(e.scaled, k.c(DENSITY_AT_0)), rest))));
      return k.select(negative, own, k.sub(k.c(1), own));
    },
    derivative: (k, x) => {
      const { z, rest } = shifted(k, x);
      const height = k.let(k.div(k.c(DENSITY_AT_0), k.params[1]));
      if (!rest) {
        const a = k.let(k.pmin(k.abs(z), k.c(19.9))); // the square stays in the range of expOf
        const e = expOf(k, k.let(k.mul(k.mul(a, k.c(-0.5)), a))).value;
        return k.mul(k.andnot(e, k.ge(a, k.c(19.9))), height);
      }
      const { e, a } = normalTailOf(k, z, SHIFTED_LIMIT);
      return e.unscale(k.mul(k.sub(e.scaled, k.mul(k.mul(e.scaled, a), rest)), height));
    },
  },
  gelu: {
    params: 0,
    wide: 'derivative',
    crowded: true,
    unroll: 4,
    f: (k, x) => {
      if (k.single) return k.sub(k.pmax(x, k.c(-0)), normalTailTimes32(k, x));
      const { tail, e } = normalTailOf(k, x);
      const negative = isNegative(k, x);
      const own = k.let(k.pmax(x, k.c(-40)));
      const upper = k.sub(k.c(1), e.unscale(tail));
      return unscaledBelow0(k, negative, k.mul(own, k.select(negative, tail, upper)));
    },
    derivative: (k, x) => {
      // w = Φ(−a) − a·φ(a)
      let w: V;
      if (k.wide) {
        const { a, e, num, den } = normalTailWide(k, x);
        w = k.let(k.div(k.mul(e, k.sub(num, k.mul(k.mul(a, k.c(DENSITY_AT_0)), den))), den));
      } else {
        const { tail, e, a } = normalTailOf(k, x);
        w = k.let(e.unscale(k.sub(tail, k.mul(k.mul(a, k.c(DENSITY_AT_0)), e.scaled))));
      }
      return k.select(isNegative(k, x), w, k.sub(k.c(1), w));
    },
  },
} satisfies Record<string, Source>;
