// The smooth functions, forward and derivative. e is exp of something that is not positive, so nothing overflows; where the
// result may be subnormal it is computed times a power of two and scaled back in the last step.
import { tanhShrinkRest32, tanhShrinkRest64 } from './_coefficients.js';
import { divideByOnePlusExp, exp, expOf, formatOf, log1pOf, negativeOf, withSign } from './_exp.js';
import type { Source, V } from './_lanes.js';
import {
  atLeast,
  chosen,
  clamp01,
  DENSITY_AT_0,
  expm1Piece,
  expOfMinusAbs,
  expOfMinusProduct,
  expOfMinusTwoU,
  expPiece,
  inRange,
  isNegative,
  LAMBDA,
  LAMBDA_ALPHA,
  line,
  logistic,
  logisticDerivative,
  minusTanhOfAbs,
  mishParts,
  normalTailOf,
  normalTailTimes32,
  normalTailWide,
  onePlus,
  param,
  restOfQuotient,
  root,
  siluDerivativeWide,
  siluDerivativeWith,
  squareplusBelow0,
  TANH_GELU_LIMIT,
  timesLogistic,
  twoU,
  unscaledBelow0,
  within,
} from './_parts.js';
import { unlessNaN } from './rectifiers.js';

const functions: Record<string, Source> = {
  elu: {
    params: 1,
    f: (k, x) => k.add(k.pmax(x, k.c(0)), k.mul(expm1Piece(k, x), param(k, 0))),
    derivative: (k, x) => {
      // exp comes scaled, so that a large alpha does not show the digits that a subnormal has lost; a small one goes first.
      const lowest = k.c(k.single ? -130 : -1060);
      const own = k.pmax(x, lowest);
      const { scaled } = expOf(k, k.let(k.pmin(own, k.c(0))));
      const small = k.mul(scaled, k.pmin(param(k, 0), k.c(1)));
      const slope = k.mul(small, k.mul(k.pmax(param(k, 0), k.c(1)), k.c(2 ** -formatOf(k).scale)));
      return k.select(k.gt(x, k.c(0)), k.c(1), k.andnot(slope, k.lt(x, lowest)));
    },
  },
  selu: {
    params: 0,
    f: (k, x) => k.select(k.lt(x, k.c(0)), k.mul(expm1Piece(k, x), k.c(LAMBDA_ALPHA)), k.mul(x, k.c(LAMBDA))),
    derivative: (k, x) => k.select(k.gt(x, k.c(0)), k.c(LAMBDA), k.mul(expPiece(k, x), k.c(LAMBDA_ALPHA))),
  },
  celu: {
    params: 1,
    wide: 'both',
    f: (k, x) => {
      const z = k.let(k.div(x, param(k, 0)));
      // Nearer to 0 f is x, and z may be subnormal, which has lost digits; NaN compares false.
      const curved = k.le(z, k.c(-(2 ** -54)));
      return k.select(curved, k.mul(expm1Piece(k, z), param(k, 0)), x);
    },
    derivative: (k, x) => {
      const z = k.let(k.div(k.pmin(x, k.c(0)), param(k, 0)));
      const own = k.let(k.pmin(atLeast(k, z), k.c(0)));
      const rest = k.wide ? undefined : restOfQuotient(k, k.pmin(x, k.c(0)), param(k, 0), z);
      return k.select(k.gt(x, k.c(0)), k.c(1), expOf(k, own, rest).value);
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
  geluTanh: {
    params: 0,
    wide: 'both',
    f: (k, x) => {
      const limit = k.c(TANH_GELU_LIMIT);
      const low = k.let(k.pmax(x, k.neg(limit)));
      const own = k.let(k.pmin(low, limit));
      const { z, rest } = twoU(k, own);
      const e = expOf(k, inRange(k, z).z, rest);
      return k.sub(timesLogistic(k, own, e), k.sub(own, low));
    },
    derivative: (k, x) => {
      const limit = k.c(TANH_GELU_LIMIT);
      const own = k.let(k.pmin(k.pmax(x, k.neg(limit)), limit));
      const { z, rest = k.c(0) } = twoU(k, own);
      // x·dz/dx = z + 2·c·a·x³
      const slope = k.let(
        k.mul(k.mul(own, k.c(1.5957691216057308)), k.add(k.c(1), k.mul(k.square(own), k.c(3 * 0.044715)))),
      );
      if (k.wide) return siluDerivativeWide(k, slope, expOf(k, inRange(k, z).z).value);
      return siluDerivativeWith(k, slope, expOfMinusTwoU(k, z, rest));
    },
  },
  silu: {
    params: 0,
    wide: 'derivative',
    f: divideByOnePlusExp,
    derivative: (k, x) => {
      const own = within(k, x);
      if (k.wide) return siluDerivativeWide(k, own, expOf(k, own).value);
      return siluDerivativeWith(k, own, expOfMinusAbs(k, own));
    },
  },
  swish: {
    params: 1,
    wide: 'both',
    f: (k, x) => {
      const { lowest } = formatOf(k);
      // Beyond the range of exp the result is −0; there x itself may be −∞.
      if (k.wide) {
        const z = k.let(k.mul(x, param(k, 0)));
        return k.select(k.le(z, k.c(lowest)), k.c(-0), timesLogistic(k, x, expOf(k, inRange(k, z).z)));
      }
      const { z, e } = expOfMinusProduct(k, x, param(k, 0));
      const negative = isNegative(k, x);
      const num = k.select(negative, k.mul(x, e.scaled), x);
      return k.select(k.le(z, k.c(lowest)), k.c(-0), unscaledBelow0(k, negative, k.div(num, onePlus(k, e))));
    },
    derivative: (k, x) => {
      if (k.wide) {
        const { z } = inRange(k, k.let(k.mul(x, param(k, 0))));
        return siluDerivativeWide(k, z, expOf(k, z).value);
      }
      const { z, e } = expOfMinusProduct(k, x, param(k, 0));
      return siluDerivativeWith(k, within(k, z), e);
    },
  },
  mish: {
    params: 0,
    wide: 'both',
    f: (k, x) => {
      if (k.wide) {
        // x·n/(n + 2), n = e(e + 2), e = exp(x)
        const { z, off } = inRange(k, x);
        const e = expOf(k, z).value;
        const n = k.let(k.mul(e, k.add(e, k.c(2))));
        return k.sub(k.div(k.mul(z, n), k.add(n, k.c(2))), off);
      }
      const own = atLeast(k, x);
      const { e, negative, den, large } = mishParts(k, own);
      const num = k.mul(own, k.select(negative, k.mul(e.scaled, k.add(e.value, k.c(2))), large));
      return unscaledBelow0(k, negative, k.div(num, den));
    },
    derivative: (k, x) => {
      if (k.wide) {
        // (n(n + 2) + 4x·e(e + 1))/(n + 2)²
        const { z } = inRange(k, x);
        const e = expOf(k, z).value;
        const n = k.let(k.mul(e, k.add(e, k.c(2))));
        const d = k.let(k.add(n, k.c(2)));
        const rest = k.mul(k.mul(k.mul(z, k.c(4)), e), k.add(e, k.c(1)));
        return k.div(k.add(k.mul(n, d), rest), k.mul(d, d));
      }
      const own = within(k, x);
      const { e, negative, den, large } = mishParts(k, own);
      const ex = k.let(k.mul(own, k.c(4)));
      const e1 = k.let(k.add(e.value, k.c(1)));
      const d2 = k.let(k.mul(den, den));
      // (e + 2)·den + 4x(e + 1), with the large parts, which may cancel, together: 4(1 + x) + e((e + 2)² + 2 + 4x)
      const e2 = k.let(k.add(e.value, k.c(2)));
      const rest = k.mul(e.value, k.add(k.add(k.mul(e2, e2), k.c(2)), ex));
      const low = k.mul(e.scaled, k.let(k.div(k.add(k.mul(k.add(k.c(1), own), k.c(4)), rest), d2)));
      const high = k.div(k.add(k.mul(large, den), k.mul(k.mul(ex, k.mul(e.value, e.value)), e1)), d2);
      return chosen(k, negative, low, high);
    },
  },
  softplus: {
    params: 0,
    f: (k, x) => k.add(k.pmax(x, k.c(0)), log1pOf(k, expOfMinusAbs(k, x))),
    derivative: logistic,
  },
  /** p0 = β, p1 = threshold (+∞ for none) */
  softplusBeta: {
    params: 2,
    wide: 'both',
    f: (k, x) => {
      const { z, e } = expOfMinusProduct(k, x, param(k, 0));
      const value = k.div(k.add(k.pmax(z, k.c(0)), log1pOf(k, e)), param(k, 0));
      return k.select(k.gt(z, param(k, 1)), x, value);
    },
    derivative: (k, x) => {
      const { z, e } = expOfMinusProduct(k, x, param(k, 0));
      const slope = k.div(k.select(isNegative(k, z), e.value, k.c(1)), onePlus(k, e));
      return k.select(k.gt(z, param(k, 1)), k.c(1), slope);
    },
  },
  softsign: {
    params: 0,
    wide: 'derivative',
    f: (k, x) => {
      const max = k.single ? 3.4028234663852886e38 : Number.MAX_VALUE;
      const own = k.let(k.pmin(k.pmax(x, k.c(-max)), k.c(max)));
      return k.div(own, k.add(k.c(1), k.abs(own)));
    },
    derivative: (k, x) => {
      const d = k.let(k.add(k.c(1), k.abs(x)));
      return k.div(k.div(k.c(1), d), d);
    },
  },
  squareplus: {
    params: 1,
    wide: 'both',
    f: (k, x) => {
      const r = root(k, x, param(k, 0));
      const high = k.add(k.mul(r, k.c(0.5)), k.mul(x, k.c(0.5)));
      return k.select(k.lt(x, k.c(0)), squareplusBelow0(k, x, param(k, 0), r), high);
    },
    derivative: (k, x) => {
      const own = k.let(k.pmin(x, k.c(k.wide ? 1e100 : Number.MAX_VALUE))); // not ∞/∞
      // The floor is for b = 0 at x = 0, where 0/0 is to be 0.
      const r = k.let(k.pmax(root(k, own, param(k, 0)), k.c(Number.MIN_VALUE)));
      const low = k.div(squareplusBelow0(k, own, param(k, 0), r), r);
      return k.select(k.lt(own, k.c(0)), low, k.add(k.c(0.5), k.mul(k.div(own, r), k.c(0.5))));
    },
  },
  sparsePlus: {
    params: 0,
    f: (k, x) => {
      const x1 = k.let(k.add(x, k.c(1)));
      const middle = k.mul(k.mul(x1, k.c(0.25)), x1);
      return k.select(k.le(x, k.c(-1)), k.c(0), k.select(k.lt(x, k.c(1)), middle, x));
    },
    derivative: (k, x) => unlessNaN(k, x, clamp01(k, k.mul(k.add(x, k.c(1)), k.c(0.5)))),
  },
  sigmoid: { params: 0, wide: 'derivative', f: logistic, derivative: logisticDerivative },
  logSigmoid: {
    params: 0,
    f: (k, x) => k.sub(k.pmin(x, k.c(0)), log1pOf(k, expOfMinusAbs(k, x))),
    derivative: (k, x) => logistic(k, k.let(k.neg(x))),
  },
  /** relu6(x + 3)/6 */
  hardSigmoid: {
    params: 0,
    f: (k, x) => clamp01(k, k.div(k.add(x, k.c(3)), k.c(6))),
    derivative: (k, x) => unlessNaN(k, x, k.and(k.lt(k.abs(x), k.c(3)), k.c(1 / 6))),
  },
  /** p0·x + p1 within 0…1 */
  hardSigmoidLine: {
    params: 2,
    wide: 'derivative',
    f: (k, x) => {
      const { sum, rest } = line(k, x);
      return clamp01(k, k.add(sum, rest));
    },
    derivative: (k, x) => {
      const { sum, rest } = line(k, x);
      const above0 = k.gt(k.add(sum, rest), k.c(0));
      const below1 = k.lt(k.add(k.sub(sum, k.c(1)), rest), k.c(0));
      return unlessNaN(k, x, k.and(k.and(above0, below1), param(k, 0)));
    },
  },
  hardSilu: {
    params: 0,
    f: (k, x) => {
      const middle = k.div(k.mul(x, k.add(x, k.c(3))), k.c(6));
      return k.select(k.le(x, k.c(-3)), k.c(0), k.select(k.lt(x, k.c(3)), middle, x));
    },
    derivative: (k, x) => {
      const middle = k.add(k.div(x, k.c(3)), k.c(0.5));
      const d = k.select(k.le(x, k.c(-3)), k.c(0), k.select(k.lt(x, k.c(3)), middle, k.c(1)));
      return unlessNaN(k, x, d);
    },
  },
  tanh: {
    params: 0,
    wide: 'derivative',
    f: (k, x) => withSign(k, minusTanhOfAbs(k, x), x),
    derivative: (k, x) => {
      const z = negativeOf(k, x);
      const e = expOf(k, atLeast(k, k.add(z, z)));
      const d = onePlus(k, e);
      return k.div(k.mul(e.value, k.c(4)), k.mul(d, d));
    },
  },
  tanhShrink: {
    params: 0,
    wide: 'both',
    crowded: true,
    f: (k, x) => {
      const z = negativeOf(k, x);
      const e = expOf(k, atLeast(k, k.add(z, z)));
      const far = k.add(k.sub(k.abs(x), k.c(1)), k.div(k.add(e.value, e.value), onePlus(k, e)));
      const square = k.let(k.mul(x, x));
      const near = k.mul(
        k.mul(square, x),
        k.polynomial(k.grade === 32 ? tanhShrinkRest32 : tanhShrinkRest64, square),
      );
      return k.select(k.lt(k.abs(x), k.c(1)), near, withSign(k, far, x));
    },
    derivative: (k, x) => {
      const t = k.let(minusTanhOfAbs(k, x));
      return k.mul(t, t);
    },
  },
  exponential: { params: 0, f: exp, derivative: exp },
};

export const smooth: Readonly<Record<string, Source>> = functions;
