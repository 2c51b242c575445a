// ELU and its kin, and exp itself.
import {
  atLeast,
  exp,
  expm1OfNegative,
  expOf,
  formatOf,
  type Lanes,
  productError,
  type Source,
  type V,
} from '@rectify/lanes';
import { expm1MinusXRest32, expm1MinusXRest64 } from './coefficients.js';
import { param } from './parts.js';

export const expm1Piece = (k: Lanes, x: V): V => expm1OfNegative(k, k.let(k.pmin(x, k.c(0))));

export const expPiece = (k: Lanes, x: V): V => expOf(k, k.let(k.pmin(atLeast(k, x), k.c(0)))).value;

export const LAMBDA = 1.0507009873554805;

export const LAMBDA_ALPHA = 1.7580993408473768;

/** What z = x/a lost when it was rounded, 0 where exp(z) is 0 anyway. */
export function restOfQuotient(k: Lanes, x: V, a: V, z: V): V {
  const product = k.let(k.mul(z, a));
  const left = k.sub(k.sub(x, product), productError(k, z, a, product));
  return k.let(k.and(k.div(left, a), k.gt(z, k.c(formatOf(k).lowest))));
}

export const exponentials = {
  elu: {
    params: 1,
    f: (k, x) => k.add(k.pmax(x, k.c(0)), k.mul(expm1Piece(k, x), param(k, 0))),
    derivative: (k, x) => {
      // alpha·exp(x) with exp(x) times a power of two: exp(x) alone may be subnormal, and a large alpha would show the digits that it has
      // lost. The factor min(alpha, 1) goes in before the power of two is taken back, max(alpha, 1) with it, so that nothing overflows.
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
      // For |z| < 2⁻⁵⁴ f(x) is x, to the last digit: there z may be subnormal, with fewer digits. Of NaN the comparison is false.
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
  /** p0 = αp, p1 = αn, p2 = β */
  xielu: {
    params: 3,
    wide: 'both',
    crowded: true,
    f: (k, x) => {
      const [alphaP, alphaN, beta] = k.params;
      // Down to −1 x·(w·x + β), where (eˣ − 1 − x)/x² comes from its series: the difference would lose the digits of a small x.
      const near = k.let(k.pmax(x, k.c(-1)));
      const series = k.polynomial(k.grade === 32 ? expm1MinusXRest32 : expm1MinusXRest64, near);
      const weight = k.select(k.gt(x, k.c(0)), alphaP, k.mul(series, alphaN));
      const curve = k.mul(x, k.add(k.mul(weight, x), beta));
      const slope = k.let(k.sub(beta, alphaN));
      const line = k.andnot(k.mul(slope, x), k.eq(slope, k.c(0))); // 0·∞ is no part of the sum
      const far = k.add(k.mul(expm1Piece(k, x), alphaN), line);
      return k.select(k.lt(x, k.c(-1)), far, curve);
    },
    derivative: (k, x) => {
      const [alphaP, alphaN, beta] = k.params;
      const p = k.let(k.mul(x, alphaP));
      const near = k.add(k.select(k.gt(x, k.c(0)), k.add(p, p), k.mul(expm1Piece(k, x), alphaN)), beta);
      // alphaN·(exp(x) − 1) + beta is alphaN·exp(x) + (beta − alphaN): where beta is alphaN, exp(x) alone is left, and exp(x) − 1 has lost it.
      const far = k.add(k.mul(expPiece(k, x), alphaN), k.sub(beta, alphaN));
      return k.select(k.lt(x, k.c(-1)), far, near);
    },
  },
  exponential: { params: 0, f: exp, derivative: exp },
} satisfies Record<string, Source>;
