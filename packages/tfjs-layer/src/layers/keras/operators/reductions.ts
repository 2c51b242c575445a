import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { asBool } from '../../../tfjs/classes.js';
import { axesOf, axisOf, float, isTensor, numberOf, type Operator, tensor, type Value } from './values.js';

const reduce =
  (f: (x: Tensor, axes: number[] | undefined, keepDims: boolean) => Tensor): Operator =>
  ([x], { axis, keepdims }) =>
    f(float(x), axesOf(axis), keepdims === true);

const variance = (x: Tensor, axes: number[] | undefined, keepDims: boolean) =>
  tfc.moments(x, axes, keepDims).variance;

/** Where the largest is: over all elements, as one number. */
const place =
  (f: (x: Tensor, axis: number) => Tensor): Operator =>
  ([x], { axis, keepdims }) => {
    const y = float(x);
    if (axis == null) {
      const found = f(tfc.reshape(y, [-1]), 0);
      return keepdims === true ? tfc.reshape(found, Array<number>(y.rank).fill(1)) : found;
    }
    const at = axisOf(axis, y.rank);
    return keepdims === true ? tfc.expandDims(f(y, at), at) : f(y, at);
  };

const truth =
  (f: (x: Tensor, axes?: number[], keepDims?: boolean) => Tensor): Operator =>
  ([x], { axis, keepdims }) =>
    f(asBool(tensor(x)), axesOf(axis), keepdims === true);

/** Operators that make one value of several. */
export const reductions: Record<string, Operator> = {
  Sum: reduce(tfc.sum),
  Mean: reduce(tfc.mean),
  Prod: reduce(tfc.prod),
  Max: withInitial(tfc.max, tfc.maximum),
  Min: withInitial(tfc.min, tfc.minimum),
  Amax: reduce(tfc.max),
  Amin: reduce(tfc.min),
  Ptp: reduce((x, axes, keep) => tfc.sub(tfc.max(x, axes, keep), tfc.min(x, axes, keep))),
  Var: reduce(variance),
  Std: reduce((x, axes, keep) => tfc.sqrt(variance(x, axes, keep))),
  Logsumexp: reduce(tfc.logSumExp),
  All: truth(tfc.all),
  Any: truth(tfc.any),
  CountNonzero: ([x], { axis }) => tfc.sum(tfc.cast(tfc.notEqual(float(x), 0), 'int32'), axesOf(axis)),
  Argmax: place(tfc.argMax),
  Argmin: place(tfc.argMin),
  Average: ([x, weights], { axis }) => {
    const y = float(x);
    if (weights == null) return tfc.mean(y, axesOf(axis));
    const w = float(weights);
    const at = w.rank === y.rank ? 0 : axisOf(axis, y.rank, 0);
    const wide =
      w.rank === y.rank
        ? w
        : tfc.reshape(
            w,
            y.shape.map((size, i) => (i === at ? size : 1)),
          );
    const full = tfc.broadcastTo(wide, y.shape);
    return tfc.div(tfc.sum(tfc.mul(y, full), axesOf(axis)), tfc.sum(full, axesOf(axis)));
  },
  Moments: ([x], { axes, keepdims }) => {
    const { mean, variance } = tfc.moments(float(x), axesOf(axes), keepdims === true);
    return [mean, variance];
  },
  Norm: ([x], { ord, axis, keepdims }) => {
    const order = ord === null || ord === undefined ? 'euclidean' : (ord as number | 'fro');
    return tfc.norm(float(x), order as number, axesOf(axis), keepdims === true);
  },
  Normalize: ([x], { axis, order, epsilon }) => {
    const y = float(x);
    const size = tfc.norm(y, numberOf(order, 2), axesOf(axis ?? -1), true);
    return tfc.div(y, tfc.maximum(size, numberOf(epsilon, 1e-12)));
  },
  LayerNorm: ([x, gamma, beta], { axis, epsilon, rms_scaling }) => {
    const y = float(x);
    const axes = axesOf(axis ?? -1);
    const { mean, variance } = tfc.moments(y, axes, true);
    const by = tfc.sqrt(tfc.add(variance, numberOf(epsilon, 1e-7)));
    const z = rms_scaling === true ? tfc.div(y, by) : tfc.div(tfc.sub(y, mean), by);
    const scaled = isTensor(gamma) ? tfc.mul(z, gamma) : z;
    return isTensor(beta) ? tfc.add(scaled, beta) : scaled;
  },
  RMSNorm: ([x, scale], { axis, epsilon }) => {
    const y = float(x);
    const size = tfc.mean(tfc.square(y), axesOf(axis ?? -1), true);
    const z = tfc.div(y, tfc.sqrt(tfc.add(size, numberOf(epsilon, 1e-7))));
    return isTensor(scale) ? tfc.mul(z, scale) : z;
  },
  Cumsum: ([x], { axis }) => running(float(x), axis as number | null, tfc.cumsum),
  Cumprod: ([x], { axis }) => running(float(x), axis as number | null, tfc.cumprod),
  TopK: ([x], { k, sorted }) => {
    const { values, indices } = tfc.topk(float(x), numberOf(k, 1), sorted !== false);
    return [values, indices];
  },
  Sort: ([x], { axis }) => sorted(float(x), axis, ({ values }) => tfc.neg(values)),
  Argsort: ([x], { axis }) => sorted(float(x), axis, ({ indices }) => indices),
  Median: ([x], { axis, keepdims }) => {
    const y = float(x);
    const axes =
      axis == null ? y.shape.map((_, i) => i) : (axesOf(axis) ?? []).map((one) => axisOf(one, y.rank));
    const rest = y.shape.flatMap((_, i) => (axes.includes(i) ? [] : [i]));
    const kept = rest.map((i) => y.shape[i] as number);
    const size = axes.reduce((all, i) => all * (y.shape[i] as number), 1);
    const { values } = tfc.topk(tfc.reshape(tfc.transpose(y, [...rest, ...axes]), [...kept, size]), size);
    const middle = tfc.tensor1d([Math.floor((size - 1) / 2), Math.floor(size / 2)], 'int32');
    const median = tfc.mean(tfc.gather(values, middle, kept.length), -1);
    return keepdims === true
      ? tfc.reshape(
          median,
          y.shape.map((n, i) => (axes.includes(i) ? 1 : n)),
        )
      : median;
  },
};

/** What stands in rising order along an axis, or of all elements as a flat list where there is none. */
function sorted(
  x: Tensor,
  axis: Value | undefined,
  of: (sorted: { values: Tensor; indices: Tensor }) => Tensor,
): Tensor {
  const at = axis === null ? 0 : axisOf(axis, x.rank);
  const flat = axis === null ? tfc.reshape(x, [-1]) : x;
  const last = flat.rank - 1;
  const order = flat.shape.map((_, i) => (i === at ? last : i === last ? at : i));
  const turned = tfc.transpose(flat, order);
  return tfc.transpose(of(tfc.topk(tfc.neg(turned), turned.shape.at(-1))), order);
}

/** Sums over all that came before; over a flat list, where there is no axis. */
function running(x: Tensor, axis: number | null | undefined, f: (x: Tensor, axis: number) => Tensor): Tensor {
  if (axis == null) return f(tfc.reshape(x, [-1]), 0);
  return f(x, axisOf(axis, x.rank));
}

function withInitial(
  f: (x: Tensor, axes?: number[], keepDims?: boolean) => Tensor,
  both: (a: Tensor, b: Tensor) => Tensor,
): Operator {
  return ([x], { axis, keepdims, initial }) => {
    const y = f(float(x), axesOf(axis), keepdims === true);
    return typeof initial === 'number' || isTensor(initial) ? both(y, float(initial)) : y;
  };
}
