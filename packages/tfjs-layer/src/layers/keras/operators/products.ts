import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { einsum, parseEinsum } from '../einsum.js';
import { range } from './shaping.js';
import { axisOf, float, isTensor, type Operator, type Params, type Value } from './values.js';

/** Operators that sum products. */
export const products: Record<string, Operator> = {
  // TensorFlow's may take a side transposed.
  Matmul: ([a, b], { transpose_a, transpose_b }) =>
    matmul(turned(float(a), transpose_a), turned(float(b), transpose_b)),
  Dot: ([a, b]) => {
    const [x, y] = [float(a), float(b)];
    if (x.rank === 0 || y.rank === 0) return tfc.mul(x, y);
    const [left, right] = [x.rank, y.rank].map((rank, i) => letters(rank, i));
    const inner = left?.at(-1) as string;
    const contracted = y.rank === 1 ? inner : `${right?.slice(0, -2)}${inner}${right?.at(-1)}`;
    const output = `${left?.slice(0, -1)}${contracted.replace(inner, '')}`;
    return einsum({ left: left as string, right: contracted, output }, x, y);
  },
  Inner: ([a, b]) => {
    const [x, y] = [float(a), float(b)];
    const [left, right] = [letters(x.rank, 0), letters(y.rank, 1)];
    const inner = left.at(-1) as string;
    return einsum(
      { left, right: right.slice(0, -1) + inner, output: left.slice(0, -1) + right.slice(0, -1) },
      x,
      y,
    );
  },
  Vdot: ([a, b]) => tfc.sum(tfc.mul(tfc.reshape(float(a), [-1]), tfc.reshape(float(b), [-1]))),
  Outer: ([a, b]) => tfc.mul(tfc.reshape(float(a), [-1, 1]), tfc.reshape(float(b), [1, -1])),
  Tensordot: ([a, b], { axes }) => {
    const [x, y] = [float(a), float(b)];
    const n = typeof axes === 'number' ? axes : undefined;
    const [of, and] =
      n !== undefined
        ? [range(n).map((i) => x.rank - n + i), range(n)]
        : (axes as number[][]).map((one) => [one].flat());
    const left = letters(x.rank, 0);
    const right = [...letters(y.rank, 1)];
    for (const [i, axis] of (and ?? []).entries())
      right[axisOf(axis, y.rank)] = left[axisOf(of?.[i], x.rank)] as string;
    const summed = (of ?? []).map((axis) => left[axisOf(axis, x.rank)]);
    const output = [...left, ...right].filter((letter) => !summed.includes(letter)).join('');
    return einsum({ left, right: right.join(''), output }, x, y);
  },
  Einsum: (inputs, { subscripts }) => {
    const tensors = inputs.flat().map((one) => float(one as Value));
    const [x, y, ...more] = tensors as [Tensor, Tensor, ...Tensor[]];
    if (!y || more.length > 0)
      throw new RangeError(`Einsum of ${tensors.length} tensors: only 2 can be read`);
    return einsum(parseEinsum(String(subscripts), x.rank, y.rank), x, y);
  },
  DotProductAttention: attention,
};

/** softmax(s · q · kᵀ + bias) · v for each head, of `[batch, steps, heads, dimension]`; s is 1/√dimension unless given. */
function attention(inputs: Value[], { scale, is_causal, attn_logits_soft_cap: cap }: Params): Tensor {
  const [query, key, value] = inputs.slice(0, 3).map((one) => tfc.transpose(float(one), [0, 2, 1, 3])) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const [bias, mask, given] = inputs.slice(3);
  const s = typeof (given ?? scale) === 'number' ? (given ?? scale) : 1 / Math.sqrt(query.shape[3] as number);
  const repeats = (query.shape[1] as number) / (key.shape[1] as number);
  const [k, v] = [key, value].map((one) => (repeats === 1 ? one : repeated(one, repeats))) as [
    Tensor,
    Tensor,
  ];
  let scores = tfc.mul(tfc.matMul(query, k, false, true), s as number);
  if (typeof cap === 'number') scores = tfc.mul(tfc.tanh(tfc.div(scores, cap)), cap);
  if (isTensor(bias)) scores = tfc.add(scores, bias);
  const [rows, columns] = scores.shape.slice(-2) as [number, number];
  const hide = (kept: Tensor) => {
    scores = tfc.add(scores, tfc.mul(tfc.sub(1, tfc.cast(kept, 'float32')), LEAST));
  };
  if (isTensor(mask)) hide(mask);
  if (is_causal === true)
    hide(
      tfc.tensor2d(
        range(rows).flatMap((i) => range(columns).map((j) => (j <= i ? 1 : 0))),
        [rows, columns],
      ),
    );
  return tfc.transpose(tfc.matMul(tfc.softmax(scores), v), [0, 2, 1, 3]);
}

/** Added to a score that is not to count. */
const LEAST = -1e30;

/** Each head so many times, one behind the other. */
function repeated(x: Tensor, times: number): Tensor {
  const [batch, heads, steps, size] = x.shape as [number, number, number, number];
  const wide = tfc.tile(tfc.expandDims(x, 2), [1, 1, times, 1, 1]);
  return tfc.reshape(wide, [batch, heads * times, steps, size]);
}

const letters = (rank: number, other: number) =>
  'abcdefghijklmnopqrstuvwxyz'.slice(other * 8, other * 8 + rank);

/** A matrix, or many, with its last two axes changed round where that is asked for. */
function turned(x: Tensor, isTurned: unknown): Tensor {
  if (isTurned !== true) return x;
  const axes = range(x.rank);
  return tfc.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** Products of matrices, also where one side is a vector, or lacks axes that the other has. */
function matmul(x: Tensor, y: Tensor): Tensor {
  if (x.rank === 1)
    return tfc.squeeze(matmul(tfc.expandDims(x, 0), y), [y.rank === 1 ? 0 : -2 + Math.max(y.rank, 2)]);
  if (y.rank === 1) return tfc.squeeze(matmul(x, tfc.expandDims(y, -1)), [x.rank - 1]);
  const rank = Math.max(x.rank, y.rank);
  const wide = (t: Tensor) => tfc.reshape(t, [...Array<number>(rank - t.rank).fill(1), ...t.shape]);
  return tfc.matMul(wide(x), wide(y));
}
