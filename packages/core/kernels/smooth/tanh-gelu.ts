// The tanh form of GELU, x·σ(2u) with u = √(2/π)·(x + 0.044715·x³).
import {
  atLeast,
  expOf,
  formatOf,
  inRange,
  type Lanes,
  negativeOf,
  productError,
  type Scaled,
  type Source,
  type V,
} from '@rectify/lanes';
import { siluDerivativeWide, siluDerivativeWith, timesLogistic } from './parts.js';

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

// |x| beyond which the tanh form is 0 or x; up to it z is small enough to be split without error. Its mantissa is odd, so that
// limit − (limit − x) is x for every larger x, as of `highest` in lanes/src/math/format.ts.
export const TANH_GELU_LIMIT = 23.999999999999996;

/** exp(−|z|) for twoU. */
export function expOfMinusTwoU(k: Lanes, z: V, rest: V): Scaled {
  const sign = k.bits(formatOf(k).sign);
  const turned = k.xor(rest, k.and(k.xor(z, sign), sign));
  return expOf(k, atLeast(k, negativeOf(k, z)), k.let(turned));
}

export const tanhGelu = {
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
      const own = k.let(k.pmin(k.let(k.pmax(x, k.neg(limit))), limit));
      const { z, rest = k.c(0) } = twoU(k, own);
      // x·dz/dx = z + 2·c·a·x³
      const slope = k.let(
        k.mul(k.mul(own, k.c(1.5957691216057308)), k.add(k.c(1), k.mul(k.square(own), k.c(3 * 0.044715)))),
      );
      if (k.wide) return siluDerivativeWide(k, slope, expOf(k, inRange(k, z).z).value);
      return siluDerivativeWith(k, slope, expOfMinusTwoU(k, z, rest));
    },
  },
} satisfies Record<string, Source>;
