// Derivatives that are made of what f is made of: a kernel computes f and f′ of a number together, and what both need once. Core's own, which
// stand alone, are exact to 2 ulp; these are off by at most 4e-7, or 4e-7 of f where that is larger than 1.
import {
  formatOf,
  isNegative,
  type Lanes,
  overOnePlusExp,
  powerAndProduct,
  type Source,
  type V,
  within,
} from '@rectify/lanes';
import { LAMBDA, LAMBDA_ALPHA } from '../../core/kernels/smooth/exponential.js';
import { DENSITY_AT_0, normalTail32 } from '../../core/kernels/smooth/gaussian.js';
import { expOfMinusAbs, logistic, onePlus, param } from '../../core/kernels/smooth/parts.js';
import { minusTanhOfAbs } from '../../core/kernels/smooth/tanh.js';

/** exp(z) for z ≤ 0, of the parts of exp(z) − 1. */
function expOfNegative(k: Lanes, z: V): V {
  const { power, product } = powerAndProduct(k, k.let(k.pmin(z, k.c(0))));
  return k.add(power, product);
}

/** `above` for x > 0, else `below`. */
const byHalves = (k: Lanes, x: V, above: V, below: V): V => k.select(k.gt(x, k.c(0)), above, below);

/** σ(−|x|) where it holds, else σ(|x|): e/(1 + e) or 1/(1 + e) for e = exp(−|x|). */
function logisticOfAbs(k: Lanes, x: V, isBelowHalf: V): V {
  const e = expOfMinusAbs(k, x);
  return k.div(k.select(isBelowHalf, e.value, k.c(1)), onePlus(k, e));
}

export const slopes: Readonly<Record<string, Source['derivative']>> = {
  elu: (k, x) => byHalves(k, x, k.c(1), k.mul(expOfNegative(k, x), param(k, 0))),
  selu: (k, x) => byHalves(k, x, k.c(LAMBDA), k.mul(expOfNegative(k, x), k.c(LAMBDA_ALPHA))),
  celu: (k, x) => byHalves(k, x, k.c(1), expOfNegative(k, k.let(k.div(x, param(k, 0))))),

  /** 1 − f² */
  tanh(k, x) {
    const f = minusTanhOfAbs(k, x);
    return k.sub(k.c(1), k.mul(f, f));
  },
  /** f·(1 − f) */
  sigmoid(k, x) {
    const f = logistic(k, x);
    return k.mul(f, k.sub(k.c(1), f));
  },
  /** σ(x) */
  softplus: (k, x) => logisticOfAbs(k, x, isNegative(k, x)),
  /** σ(−x) */
  logSigmoid: (k, x) => logisticOfAbs(k, x, k.le(k.c(0), x)),
  /** σ(x)·(1 + x·σ(−x)) */
  silu(k, x) {
    const s = k.let(k.div(k.c(1), overOnePlusExp(k, x).onePlusExp));
    return k.mul(s, k.add(k.c(1), k.mul(within(k, x), k.sub(k.c(1), s))));
  },
  /** Φ(−a) − a·φ(a) for a = |x|, and for x > 0 what that lacks to 1. */
  gelu(k, x) {
    const { a, e, power, h } = normalTail32(k, x);
    const scaled = k.let(k.mul(k.add(k.c(1), e), power));
    const tail = k.mul(k.div(scaled, h), k.c(0.5));
    const density = k.mul(k.mul(a, k.c(DENSITY_AT_0)), scaled);
    const below = k.let(k.mul(k.sub(tail, density), k.c(2 ** -formatOf(k).scale)));
    return byHalves(k, x, k.sub(k.c(1), below), below);
  },
};
