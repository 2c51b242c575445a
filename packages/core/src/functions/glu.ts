import { checkNumber, withDefaults } from '../activation/arguments.js';
import { logistic, logisticDerivative, siluDerivative, siluOf } from '../activation/math.js';
import {
  checkAxis,
  createVectorActivation,
  type VectorActivation,
  type VectorParams,
  vectorParams,
} from '../activation/vector.js';

/**
 * Gated linear unit: the first half of the axis, gated by the sigmoid of the second.
 *
 *     f([a, b]) = a·σ(b)
 *
 * The axis must be even; the output has half its length.
 *
 * Source: Dauphin, Fan, Auli, Grangier, "Language Modeling with Gated Convolutional Networks", 2017; PyTorch and Keras `glu`.
 */
export function glu(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'glu',
    params: vectorParams('glu', params),
    formula: 'a\\,\\sigma(b),\\quad x = [a, b]',
    shrinks: 2,
    f(x, y) {
      const half = y.length;
      for (let i = 0; i < half; i++) y[i] = x[i] * logistic(x[half + i]);
    },
    backward(x, dy, dx) {
      const half = dy.length;
      for (let i = 0; i < half; i++) {
        const b = x[half + i];
        dx[i] = dy[i] * logistic(b);
        dx[half + i] = dy[i] * x[i] * logisticDerivative(b);
      }
    },
  });
}

export interface SwigluParams extends VectorParams {
  /** Steepness of the swish; 1 by default. Positive. */
  beta: number;
}

/**
 * Swish-gated linear unit: the swish of the first half of the axis times the second.
 *
 *     f([a, b]) = a·σ(beta·a)·b
 *
 * The axis must be even; the output has half its length. Some models put the gate second: swap the halves for them.
 *
 * Source: Shazeer, "GLU Variants Improve Transformer", 2020.
 */
export function swiglu(params?: Partial<SwigluParams>): VectorActivation<SwigluParams> {
  const defaults: SwigluParams = { axisLength: null, beta: 1 };
  const bound = checkAxis(withDefaults('swiglu', params, defaults));
  const { beta } = bound;
  checkNumber('beta', beta, 'positive');
  return createVectorActivation({
    name: 'swiglu',
    params: bound,
    formula: 'a\\,\\sigma(\\beta a)\\,b,\\quad x = [a, b]',
    shrinks: 2,
    f(x, y) {
      const half = y.length;
      for (let i = 0; i < half; i++) y[i] = siluOf(x[i], beta) * x[half + i];
    },
    backward(x, dy, dx) {
      const half = dy.length;
      for (let i = 0; i < half; i++) {
        const a = x[i];
        dx[i] = dy[i] * x[half + i] * siluDerivative(a, beta);
        dx[half + i] = dy[i] * siluOf(a, beta);
      }
    },
  });
}
