// The logistic function σ(x) = 1/(1 + e⁻ˣ), its integral and its products.
import {
  divideByOnePlusExp,
  expOf,
  formatOf,
  inRange,
  isNegative,
  type Lanes,
  log1pOf,
  type Source,
  type V,
  within,
} from '@rectify/lanes';
import {
  expOfMinusAbs,
  expOfMinusProduct,
  logistic,
  logisticDerivative,
  onePlus,
  param,
  siluDerivativeWide,
  siluDerivativeWith,
  timesLogistic,
  unscaledBelow0,
} from './parts.js';

/** x·σ(βx) */
const timesLogisticOf = (beta: (k: Lanes) => V): Omit<Source, 'params'> => ({
  wide: 'both',
  f: (k, x) => {
    const { lowest } = formatOf(k);
    // Beyond the range of exp the result is −0; there x itself may be −∞.
    if (k.wide) {
      const z = k.let(k.mul(x, beta(k)));
      return k.select(k.le(z, k.c(lowest)), k.c(-0), timesLogistic(k, x, expOf(k, inRange(k, z).z)));
    }
    const { z, e } = expOfMinusProduct(k, x, beta(k));
    const negative = isNegative(k, x);
    const num = k.select(negative, k.mul(x, e.scaled), x);
    return k.select(k.le(z, k.c(lowest)), k.c(-0), unscaledBelow0(k, negative, k.div(num, onePlus(k, e))));
  },
  derivative: (k, x) => {
    if (k.wide) {
      const { z } = inRange(k, k.let(k.mul(x, beta(k))));
      return siluDerivativeWide(k, z, expOf(k, z).value);
    }
    const { z, e } = expOfMinusProduct(k, x, beta(k));
    return siluDerivativeWith(k, within(k, z), e);
  },
});

export const logistics = {
  sigmoid: { params: 0, wide: 'derivative', f: logistic, derivative: logisticDerivative },
  logSigmoid: {
    params: 0,
    f: (k, x) => k.sub(k.pmin(x, k.c(0)), log1pOf(k, expOfMinusAbs(k, x))),
    derivative: (k, x) => logistic(k, k.let(k.neg(x))),
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
  /** p0 = β */
  swish: { params: 1, ...timesLogisticOf((k) => param(k, 0)) },
  /** β is the constant of src/functions/quick-gelu.ts */
  quickGelu: { params: 0, ...timesLogisticOf((k) => k.c(1.702)) },
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
} satisfies Record<string, Source>;
