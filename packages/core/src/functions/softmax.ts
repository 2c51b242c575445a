import {
  createVectorActivation,
  type VectorActivation,
  type VectorParams,
  vectorParams,
} from '../activation/vector.js';

/**
 * Softmax: positive numbers that sum to 1.
 *
 *     f(x)ᵢ = exp(xᵢ − max x)/Σⱼ exp(xⱼ − max x)
 *
 * Summed with compensation. A vector that holds NaN or +∞, or only −∞, gives NaN, as in PyTorch.
 *
 * Source: Keras and PyTorch `softmax`; over the innermost axis (`axisLength` elements).
 */
export function softmax(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'softmax',
    params: vectorParams('softmax', params),
    formula: '\\frac{e^{x_i}}{\\sum_j e^{x_j}}',
    f: (x, y) => softmaxInto(x, y, 1),
    backward: (x, dy, dx) => softmaxGradient(x, dy, dx, 1),
  });
}

/**
 * Softmax of −x.
 *
 *     f(x)ᵢ = exp(−xᵢ)/Σⱼ exp(−xⱼ)
 *
 * Source: PyTorch `Softmin`.
 */
export function softmin(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'softmin',
    params: vectorParams('softmin', params),
    formula: '\\frac{e^{-x_i}}{\\sum_j e^{-x_j}}',
    f: (x, y) => softmaxInto(x, y, -1),
    backward: (x, dy, dx) => softmaxGradient(x, dy, dx, -1),
  });
}

/**
 * Logarithm of softmax.
 *
 *     f(x)ᵢ = xᵢ − max x − log Σⱼ exp(xⱼ − max x)
 *
 * The sum leaves out the maximum's own 1 and goes through log1p, so that a near-certain class keeps its digits. NaN where softmax
 * is NaN.
 *
 * Source: Keras `log_softmax`, PyTorch `LogSoftmax`.
 */
export function logSoftmax(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'log_softmax',
    params: vectorParams('log_softmax', params),
    formula: 'x_i - \\ln\\sum_j e^{x_j}',
    f(x, y) {
      const top = indexOfMax(x);
      const max = x[top];
      if (max === Number.POSITIVE_INFINITY) {
        y.fill(Number.NaN);
        return;
      }
      const logSum = Math.log1p(sumOf(x, (v, i) => (i === top ? 0 : Math.exp(v - max))));
      for (let i = 0; i < x.length; i++) y[i] = x[i] - max - logSum;
    },
    backward(x, dy, dx) {
      softmaxInto(x, dx, 1);
      const total = sumOf(dy, (v) => v);
      for (let i = 0; i < x.length; i++) dx[i] = dy[i] - dx[i] * total;
    },
  });
}

/**
 * 1 at the (first) largest element, 0 elsewhere; its gradient is 0.
 *
 * Source: ONNX `Hardmax`.
 */
export function hardmax(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'hardmax',
    params: vectorParams('hardmax', params),
    formula: '[i = \\operatorname{arg\\,max}_j x_j]',
    f(x, y) {
      const top = indexOfMax(x);
      if (Number.isNaN(x[top])) y.fill(Number.NaN);
      else y.fill(0).fill(1, top, top + 1);
    },
    backward: (_x, _dy, dx) => {
      dx.fill(0);
    },
  });
}

function softmaxInto(x: Float64Array, y: Float64Array, sign: 1 | -1): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const v of x) max = Math.max(max, sign * v);
  for (let i = 0; i < x.length; i++) y[i] = expOfDifference(sign * x[i], max);
  const sum = sumOf(y, (v) => v);
  for (let i = 0; i < x.length; i++) y[i] = y[i] / sum;
}

function softmaxGradient(x: Float64Array, dy: Float64Array, dx: Float64Array, sign: 1 | -1): void {
  softmaxInto(x, dx, sign);
  const mean = sumOf(dx, (v, i) => v * dy[i]);
  for (let i = 0; i < x.length; i++) dx[i] = sign * dx[i] * (dy[i] - mean);
}

/** exp(a − b) for a ≤ b, without the error of the rounded difference. */
function expOfDifference(a: number, b: number): number {
  const d = a - b;
  const e = Math.exp(d);
  if (!(d > -800)) return e; // 0, or NaN
  const back = a - d;
  return e + e * (a - (back + d) + (back - b));
}

/** The first largest element's index; that of a NaN if there is one. */
function indexOfMax(x: Float64Array): number {
  let top = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i])) return i;
    if (x[i] > x[top]) top = i;
  }
  return top;
}

/** Neumaier's compensated sum. */
function sumOf(x: Float64Array, term: (value: number, i: number) => number): number {
  let sum = 0;
  let rest = 0;
  for (let i = 0; i < x.length; i++) {
    const v = term(x[i], i);
    const next = sum + v;
    rest += Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + rest : sum;
}
