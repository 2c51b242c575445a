import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { withGradient } from './_tfjs.js';

type Params = Record<string, number | null>;
interface Composition {
  f: (x: Tensor, params: Params) => Tensor;
  /** f′ with core's values at the kinks. */
  derivative: (x: Tensor, params: Params) => Tensor;
}

const {
  abs,
  add,
  div,
  exp,
  expm1,
  greater,
  less,
  maximum,
  minimum,
  mul,
  neg,
  scalar,
  sigmoid,
  softplus,
  square,
  sub,
  tanh,
  where,
} = tfc;
const negative = (x: Tensor) => less(x, 0);
const positive = (x: Tensor) => greater(x, 0);
const between = (x: Tensor, low: number, high: number) => tfc.logicalAnd(greater(x, low), less(x, high));
/** a where the condition holds, else b; select, never max or a mask: 0 · ∞ is NaN, which tfjs's packed WebGL programs give. */
const pick = (condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor =>
  where(condition, typeof a === 'number' ? scalar(a) : a, typeof b === 'number' ? scalar(b) : b);
const one = tfc.onesLike;

const leaky = (slopeOf: (params: Params) => number): Composition => ({
  f: (x, params) => (slopeOf(params) === 0 ? tfc.relu(x) : pick(negative(x), mul(x, slopeOf(params)), x)),
  derivative: (x, params) => tfc.step(x, slopeOf(params)),
});
const exponentialBelow0 = (
  scale: number,
  alphaOf: (params: Params) => number,
  rateOf: (params: Params) => number,
): Composition => ({
  f: (x, p) => pick(positive(x), mul(x, scale), mul(expm1(div(x, rateOf(p))), scale * alphaOf(p))),
  derivative: (x, p) =>
    pick(positive(x), scale, mul(exp(div(x, rateOf(p))), (scale * alphaOf(p)) / rateOf(p))),
});
const number = (params: Params, name: string) => params[name] as number;
/** σ′ from σ. */
const slopeOfSigmoid = (s: Tensor) => mul(s, sub(1, s));

const table: Record<string, Composition> = {
  linear: { f: tfc.clone, derivative: one },
  relu: {
    f: (x, p) => {
      const low = mul(sub(x, number(p, 'threshold')), number(p, 'negativeSlope'));
      const below = number(p, 'negativeSlope') === 0 ? 0 : low;
      const y = pick(tfc.lessEqual(x, number(p, 'threshold')), below, x);
      return p.maxValue === null ? y : minimum(y, number(p, 'maxValue'));
    },
    derivative: (x, p) => {
      const above = p.maxValue === null ? 1 : tfc.cast(less(x, number(p, 'maxValue')), 'float32');
      return pick(tfc.lessEqual(x, number(p, 'threshold')), number(p, 'negativeSlope'), above);
    },
  },
  leaky_relu: leaky((p) => number(p, 'negativeSlope')),
  prelu: leaky((p) => number(p, 'negativeSlope')),
  rrelu: leaky((p) => (number(p, 'lower') + number(p, 'upper')) / 2),
  relu6: { f: tfc.relu6, derivative: (x) => tfc.cast(between(x, 0, 6), 'float32') },
  elu: exponentialBelow0(
    1,
    (p) => number(p, 'alpha'),
    () => 1,
  ),
  selu: exponentialBelow0(
    1.0507009873554805,
    () => 1.6732632423543772,
    () => 1,
  ),
  celu: exponentialBelow0(
    1,
    (p) => number(p, 'alpha'),
    (p) => number(p, 'alpha'),
  ),
  exponential: { f: exp, derivative: exp },
  sigmoid: { f: sigmoid, derivative: (x) => slopeOfSigmoid(sigmoid(x)) },
  tanh: { f: tanh, derivative: (x) => sub(1, square(tanh(x))) },
  tanh_shrink: { f: (x) => sub(x, tanh(x)), derivative: (x) => square(tanh(x)) },
  softsign: { f: (x) => div(x, add(1, abs(x))), derivative: (x) => tfc.reciprocal(square(add(1, abs(x)))) },
  log_sigmoid: { f: (x) => neg(softplus(neg(x))), derivative: (x) => sigmoid(neg(x)) },
  silu: {
    f: (x, p) => mul(x, sigmoid(mul(x, number(p, 'beta')))),
    derivative: (x, p) => {
      const s = sigmoid(mul(x, number(p, 'beta')));
      return add(s, mul(mul(x, number(p, 'beta')), slopeOfSigmoid(s)));
    },
  },
  mish: {
    f: (x) => mul(x, tanh(softplus(x))),
    derivative: (x) => {
      const t = tanh(softplus(x));
      return add(t, mul(mul(x, sub(1, square(t))), sigmoid(x)));
    },
  },
  hard_sigmoid: {
    f: (x, p) => maximum(0, minimum(1, add(mul(x, number(p, 'slope')), number(p, 'offset')))),
    derivative: (x, p) => {
      const [slope, offset] = [number(p, 'slope'), number(p, 'offset')];
      return mul(tfc.cast(between(x, -offset / slope, (1 - offset) / slope), 'float32'), slope);
    },
  },
  hard_silu: {
    f: (x) => pick(greater(x, -3), pick(less(x, 3), div(mul(x, add(x, 3)), 6), x), 0),
    derivative: (x) => pick(greater(x, -3), pick(less(x, 3), div(add(mul(x, 2), 3), 6), 1), 0),
  },
  hard_tanh: {
    f: (x, p) => maximum(number(p, 'minValue'), minimum(number(p, 'maxValue'), x)),
    derivative: (x, p) => tfc.cast(between(x, number(p, 'minValue'), number(p, 'maxValue')), 'float32'),
  },
};

/** The names of the functions that can be composed of tfjs's kernels. */
export const composed: readonly string[] = Object.keys(table);

/** A function of core out of tfjs's kernels, for backends whose memory core cannot reach. x is float32. */
export function compose(name: string, x: Tensor, params: Params): Tensor {
  const { f, derivative } = table[name];
  return withGradient(
    x,
    (x) => ({ value: tfc.tidy(() => f(x, params)), saved: [x] }),
    (dy, [x]) => tfc.tidy(() => mul(dy, derivative(x, params))),
  );
}
