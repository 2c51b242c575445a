// What several smooth functions are made of.
import {
  atLeast,
  expOf,
  formatOf,
  inRange,
  isNegative,
  type Lanes,
  negativeOf,
  productError,
  type Scaled,
  type V,
} from '@rectify/lanes';

export const param = (k: Lanes, i: number): V => k.params[i];

/** exp(−|x|) */
export const expOfMinusAbs = (k: Lanes, x: V): Scaled => expOf(k, atLeast(k, negativeOf(k, x)));

export const onePlus = (k: Lanes, e: Scaled): V => k.let(k.add(k.c(1), e.value));

/** (1 + e)·2^scale */
export const onePlusScaled = (k: Lanes, e: Scaled): V => k.add(k.c(2 ** formatOf(k).scale), e.scaled);

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
  // The exponent is −|z|: where z > 0 it is −z, so its rounding error is minus that of z. Beyond the range of exp, where the error may be
  // NaN, it is left out.
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
