import { checkPositive, withDefaults } from '../activation/arguments.js';
import { geluOf, logistic, logisticDerivative, siluDerivative, siluOf } from '../activation/math.js';
import {
  checkAxis,
  createVectorActivation,
  type VectorActivation,
  type VectorParams,
  vectorParams,
} from '../activation/vector.js';
import { checkApproximate, type GeluParams, geluPair } from './gelu.js';

/** `f(a, b)` is what the first half of the axis makes of the second: its activation of a, times b. */
interface Gate {
  f: (a: number, b: number) => number;
  derivative: (a: number) => number;
}

const gated = ({ f, derivative }: Gate) => ({
  shrinks: 2 as const,
  f(x: Float64Array, y: Float64Array): void {
    const half = y.length;
    for (let i = 0; i < half; i++) y[i] = f(x[i], x[half + i]);
  },
  backward(x: Float64Array, dy: Float64Array, dx: Float64Array): void {
    const half = dy.length;
    for (let i = 0; i < half; i++) {
      const a = x[i];
      dx[i] = dy[i] * x[half + i] * derivative(a);
      dx[half + i] = f(a, dy[i]);
    }
  },
});

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

/** The parameters of {@link swiglu}. */
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
  checkPositive('beta', beta);
  return createVectorActivation({
    name: 'swiglu',
    params: bound,
    formula: 'a\\,\\sigma(\\beta a)\\,b,\\quad x = [a, b]',
    ...gated({ f: (a, b) => siluOf(a, beta) * b, derivative: (a) => siluDerivative(a, beta) }),
  });
}

/** The parameters of {@link geglu}. */
export interface GegluParams extends VectorParams, GeluParams {}

/**
 * GELU-gated linear unit: the GELU of the first half of the axis times the second.
 *
 *     f([a, b]) = gelu(a)·b
 *
 * The axis must be even; the output has half its length. Some models (diffusers' `GEGLU`) put the gate second: swap the halves for them.
 *
 * Throws TypeError or RangeError for another `approximate` than 'none' (the default) or 'tanh'.
 *
 * Source: Shazeer, "GLU Variants Improve Transformer", 2020.
 */
export function geglu(params?: Partial<GegluParams>): VectorActivation<GegluParams> {
  const defaults: GegluParams = { axisLength: null, approximate: 'none' };
  const bound = checkAxis(withDefaults('geglu', params, defaults));
  const { approximate } = bound;
  checkApproximate(approximate);
  const { f, derivative } = geluPair(approximate);
  return createVectorActivation({
    name: 'geglu',
    params: bound,
    formula: '\\operatorname{gelu}(a)\\,b,\\quad x = [a, b]',
    // The exact GELU of far below 0 is subnormal: b joins before it is rounded.
    ...gated({ f: approximate === 'none' ? geluOf : (a, b) => f(a) * b, derivative }),
  });
}

/**
 * ReLU-gated linear unit: the ReLU of the first half of the axis times the second.
 *
 *     f([a, b]) = max(a, 0)·b
 *
 * The axis must be even; the output has half its length. The derivative of the ReLU at 0 is 0.
 *
 * Source: Shazeer, "GLU Variants Improve Transformer", 2020.
 */
export function reglu(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'reglu',
    params: vectorParams('reglu', params),
    formula: '\\max(a, 0)\\,b,\\quad x = [a, b]',
    ...gated({
      f: (a, b) => Math.max(a, 0) * b,
      derivative: (a) => (Number.isNaN(a) ? a : Number(a > 0)),
    }),
  });
}
