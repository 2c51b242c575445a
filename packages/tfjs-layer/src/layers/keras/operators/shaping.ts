import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { einsum, parseEinsum } from '../einsum.js';
import { axesOf, axisOf, float, numberOf, type Operator, tensor, type Value } from './values.js';

const list = (value: Value | undefined): Tensor[] =>
  (Array.isArray(value) ? value : [value as Value]).map(tensor);

/** All in one type, as they stand side by side. */
const alike = (tensors: Tensor[]): Tensor[] =>
  new Set(tensors.map(({ dtype }) => dtype)).size === 1 ? tensors : tensors.map(float);

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Order in which some axes stand at other places. */
function moved(rank: number, source: number[], target: number[]): number[] {
  const [from, to] = [source, target].map((axes) => axes.map((axis) => axisOf(axis, rank))) as [
    number[],
    number[],
  ];
  const rest = range(rank).filter((axis) => !from.includes(axis));
  return range(rank).map((axis) =>
    to.includes(axis) ? (from[to.indexOf(axis)] as number) : (rest.shift() as number),
  );
}

const triangle =
  (keeps: (row: number, column: number, k: number) => boolean): Operator =>
  ([x], { k }) => {
    const y = float(x);
    const [rows, columns] = y.shape.slice(-2) as [number, number];
    const kept = range(rows).flatMap((i) => range(columns).map((j) => (keeps(i, j, numberOf(k, 0)) ? 1 : 0)));
    return tfc.mul(y, tfc.tensor2d(kept, [rows, columns]));
  };

/** Operators that move, join and take elements. */
export const shaping: Record<string, Operator> = {
  Reshape: ([x], { newshape }) => tfc.reshape(tensor(x), newshape as number[]),
  Ravel: ([x]) => tfc.reshape(tensor(x), [-1]),
  Transpose: ([x], { axes }) => tfc.transpose(tensor(x), axesOf(axes)),
  Swapaxes: ([x], { axis1, axis2 }) => {
    const y = tensor(x);
    const [a, b] = [axisOf(axis1, y.rank), axisOf(axis2, y.rank)];
    return tfc.transpose(
      y,
      range(y.rank).map((axis) => (axis === a ? b : axis === b ? a : axis)),
    );
  },
  Moveaxis: ([x], { source, destination }) => {
    const y = tensor(x);
    return tfc.transpose(y, moved(y.rank, axesOf(source) ?? [], axesOf(destination) ?? []));
  },
  ExpandDims: ([x], { axis }) => {
    const y = tensor(x);
    const axes = axesOf(axis) ?? [];
    const rank = y.rank + axes.length;
    const added = axes.map((one) => axisOf(one, rank)).sort((a, b) => a - b);
    return added.reduce((z, at) => tfc.expandDims(z, at), y);
  },
  Squeeze: ([x], { axis }) => {
    const y = tensor(x);
    return tfc.squeeze(
      y,
      axesOf(axis)?.map((one) => axisOf(one, y.rank)),
    );
  },
  BroadcastTo: ([x], { shape }) => {
    const y = tensor(x);
    const sizes = shape as (number | null)[];
    return tfc.broadcastTo(
      y,
      sizes.map((size, i) => size ?? y.shape[i - sizes.length + y.rank] ?? 1) as number[],
    );
  },
  Concatenate: ([xs], { axis }) => {
    const tensors = alike(list(xs));
    return tfc.concat(tensors, axisOf(axis, (tensors[0] as Tensor).rank));
  },
  Stack: ([xs], { axis }) => {
    const tensors = alike(list(xs));
    return tfc.stack(tensors, axisOf(axis, (tensors[0] as Tensor).rank + 1, 0));
  },
  Hstack: ([xs]) => {
    const tensors = alike(list(xs));
    return tfc.concat(tensors, (tensors[0] as Tensor).rank === 1 ? 0 : 1);
  },
  Vstack: ([xs]) => tfc.concat(alike(list(xs)), 0),
  Append: ([a, b], { axis }) => {
    const [x, y] = alike([tensor(a), tensor(b)]) as [Tensor, Tensor];
    if (axis == null) return tfc.concat([tfc.reshape(x, [-1]), tfc.reshape(y, [-1])]);
    return tfc.concat([x, y], axisOf(axis, x.rank));
  },
  Split: ([x], { indices_or_sections: at, axis }) => {
    const y = tensor(x);
    const along = axisOf(axis, y.rank, 0);
    if (typeof at === 'number') return tfc.split(y, at, along);
    const ends = [0, ...(at as number[]), y.shape[along] as number];
    return tfc.split(
      y,
      ends.slice(1).map((end, i) => end - (ends[i] as number)),
      along,
    );
  },
  Unstack: ([x], { axis }) => tfc.unstack(tensor(x), numberOf(axis, 0)),
  Tile: ([x], { repeats }) => {
    const y = tensor(x);
    const times = [repeats].flat() as number[];
    const rank = Math.max(y.rank, times.length);
    const wide = tfc.reshape(y, [...Array<number>(rank - y.rank).fill(1), ...y.shape]);
    return tfc.tile(wide, [...Array<number>(rank - times.length).fill(1), ...times]);
  },
  Repeat: ([x], { repeats, axis }) => {
    const flat = axis == null ? tfc.reshape(tensor(x), [-1]) : tensor(x);
    const at = axisOf(axis, flat.rank, 0);
    const each = [repeats].flat() as number[];
    const size = flat.shape[at] as number;
    const indices = range(size).flatMap((i) => Array<number>(each[i] ?? (each[0] as number)).fill(i));
    return tfc.gather(flat, tfc.tensor1d(indices, 'int32'), at);
  },
  Flip: ([x], { axis }) => tfc.reverse(tensor(x), axesOf(axis)),
  Fliplr: ([x]) => tfc.reverse(tensor(x), 1),
  Flipud: ([x]) => tfc.reverse(tensor(x), 0),
  Roll: ([x], { shift, axis }) => {
    const y = tensor(x);
    const shifts = [shift].flat() as number[];
    if (axis == null) return tfc.reshape(rolled(tfc.reshape(y, [-1]), shifts[0] as number, 0), y.shape);
    const axes = axesOf(axis) as number[];
    return axes.reduce((z, one, i) => rolled(z, shifts[i] ?? (shifts[0] as number), axisOf(one, y.rank)), y);
  },
  Pad: ([x, value], { pad_width: width, mode, constant_values }) => {
    const y = float(x);
    const pairs = padding(width as Value, y.rank);
    if (mode === 'reflect' || mode === 'symmetric') return tfc.mirrorPad(y, pairs, mode);
    if (mode !== 'constant' && mode !== undefined)
      throw new RangeError(`Pad.mode is ${JSON.stringify(mode)}, which tfjs lacks`);
    return tfc.pad(y, pairs, numberOf(value ?? constant_values, 0));
  },
  Take: ([x, indices], { axis }) => {
    const y = axis == null ? tfc.reshape(tensor(x), [-1]) : tensor(x);
    const at = axisOf(axis, y.rank, 0);
    const size = y.shape[at] as number;
    const given = tfc.cast(tensor(indices), 'int32');
    const counted = tfc.where(tfc.less(given, 0), tfc.add(given, tfc.scalar(size, 'int32')), given);
    return tfc.gather(y, tfc.cast(counted, 'int32'), at);
  },
  TakeAlongAxis: ([x, indices], { axis }) => {
    const y = float(x);
    const at = axisOf(axis, y.rank);
    // One-hot along the axis, whose product with the values is the one that is taken.
    const order = moved(y.rank, [at], [y.rank - 1]);
    const places = tfc.transpose(tfc.cast(tensor(indices), 'int32'), order);
    const values = tfc.expandDims(tfc.transpose(y, order), -2);
    const taken = tfc.sum(
      tfc.mul(tfc.cast(tfc.oneHot(places, y.shape[at] as number), 'float32'), values),
      -1,
    );
    return tfc.transpose(taken, moved(y.rank, [y.rank - 1], [at]));
  },
  GetItem: ([x, key]) => item(tensor(x), key as Value),
  Slice: ([x, start], { shape }) => {
    const y = tensor(x);
    const begin = start as number[];
    const size = (shape as number[]).map((n, i) =>
      n === -1 ? (y.shape[i] as number) - (begin[i] as number) : n,
    );
    return tfc.slice(y, begin, size);
  },
  Tril: triangle((row, column, k) => column <= row + k),
  Triu: triangle((row, column, k) => column >= row + k),
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
  OneHot: ([x], { num_classes, axis }) => {
    const hot = tfc.cast(tfc.oneHot(tfc.cast(tensor(x), 'int32'), numberOf(num_classes, 1)), 'float32');
    return tfc.transpose(hot, moved(hot.rank, [hot.rank - 1], [numberOf(axis, -1)]));
  },
  RGBToGrayscale: ([x], { data_format }) => {
    const y = float(x);
    const at = data_format === 'channels_first' ? y.rank - 3 : y.rank - 1;
    const weights = tfc.reshape(
      tfc.tensor1d([0.2989, 0.587, 0.114]),
      range(y.rank).map((axis) => (axis === at ? 3 : 1)),
    );
    return tfc.sum(tfc.mul(y, weights), at, true);
  },
};

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

function rolled(x: Tensor, shift: number, axis: number): Tensor {
  const size = x.shape[axis] as number;
  const by = ((shift % size) + size) % size;
  if (by === 0) return x;
  const [front, back] = tfc.split(x, [size - by, by], axis) as [Tensor, Tensor];
  return tfc.concat([back, front], axis);
}

/** One number, one pair, or a pair for each axis. */
function padding(width: Value, rank: number): [number, number][] {
  const list = [width].flat() as (number | number[])[];
  return range(rank).map((axis) => {
    const own = list.every((one) => typeof one === 'number') ? list : (list[axis] ?? list[0]);
    const [before, after = before] = [own].flat() as [number, number?];
    return [before, after];
  });
}

/** What stands in the brackets of x[1:, ..., None]. */
function item(x: Tensor, key: Value): Tensor {
  const keys = (isNamed(key, '__tuple__') ? argument(key) : Array.isArray(key) ? key : [key]) as Value[];
  const isDots = (one: Value) => isNamed(one, '__ellipsis__');
  const used = keys.filter((one) => one !== null && !isDots(one)).length;
  const all = Array<Value>(x.rank - used).fill({ class_name: '__slice__', config: {} });
  const dots = keys.findIndex(isDots);
  const full = dots < 0 ? [...keys, ...all] : [...keys.slice(0, dots), ...all, ...keys.slice(dots + 1)];
  let y = x;
  let axis = 0;
  for (const one of full) {
    if (one === null) {
      y = tfc.expandDims(y, axis++);
      continue;
    }
    const size = y.shape[axis] as number;
    if (typeof one === 'number') {
      const at = one < 0 ? one + size : one;
      y = tfc.squeeze(tfc.slice(y, onAxis(y, axis, at, 0), onAxis(y, axis, 1)), [axis]);
      continue;
    }
    y = sliced(y, axis, one);
    axis++;
  }
  return y;
}

const isNamed = (value: Value, name: string): value is { class_name: string; config: Value } =>
  typeof value === 'object' && value !== null && 'class_name' in value && value.class_name === name;
const argument = ({ config }: { config: Value }): Value =>
  typeof config === 'object' && config !== null && 'value' in config ? (config.value as Value) : config;

const onAxis = (x: Tensor, axis: number, value: number, otherwise?: number) =>
  x.shape.map((size, i) => (i === axis ? value : (otherwise ?? size)));

function sliced(x: Tensor, axis: number, key: Value): Tensor {
  if (!isNamed(key, '__slice__')) throw new RangeError(`GetItem of ${JSON.stringify(key)} cannot be read`);
  const config = (Array.isArray(key.config) ? {} : key.config) as {
    start?: number;
    stop?: number;
    step?: number;
  };
  const size = x.shape[axis] as number;
  const step = config.step ?? 1;
  if (step < 0) throw new RangeError(`GetItem with the step ${step} cannot be read`);
  const from = (at: number | null | undefined, usual: number) =>
    at == null ? usual : Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const [start, stop] = [from(config.start, 0), from(config.stop, size)];
  if (step === 1) return tfc.slice(x, onAxis(x, axis, start, 0), onAxis(x, axis, Math.max(stop - start, 0)));
  const indices = range(size).filter((i) => i >= start && i < stop && (i - start) % step === 0);
  return tfc.gather(x, tfc.tensor1d(indices, 'int32'), axis);
}
