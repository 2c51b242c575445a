import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {
  axesOf,
  axisOf,
  float,
  numberOf,
  type Operator,
  type Params,
  tensor,
  type Value,
  wholesOf,
} from './values.js';

const list = (value: Value | undefined): Tensor[] =>
  (Array.isArray(value) ? value : [value as Value]).map(tensor);

/** All in one type, as they stand side by side. */
const alike = (tensors: Tensor[]): Tensor[] =>
  new Set(tensors.map(({ dtype }) => dtype)).size === 1 ? tensors : tensors.map(float);

export const range = (n: number) => Array.from({ length: n }, (_, i) => i);

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
  Reshape: ([x], { newshape }) => tfc.reshape(tensor(x), wholesOf(newshape, 'newshape')),
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
    const sizes = [shape].flat().map((size) => (size === null ? null : numberOf(size, 1)));
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
    const ends = [0, ...wholesOf(at, 'indices_or_sections'), y.shape[along] as number];
    return tfc.split(
      y,
      ends.slice(1).map((end, i) => end - (ends[i] as number)),
      along,
    );
  },
  Unstack: ([x], { axis }) => tfc.unstack(tensor(x), numberOf(axis, 0)),
  Tile: ([x], { repeats }) => {
    const y = tensor(x);
    const times = wholesOf(repeats, 'repeats');
    const rank = Math.max(y.rank, times.length);
    const wide = tfc.reshape(y, [...Array<number>(rank - y.rank).fill(1), ...y.shape]);
    return tfc.tile(wide, [...Array<number>(rank - times.length).fill(1), ...times]);
  },
  Repeat: ([x], { repeats, axis }) => {
    const flat = axis == null ? tfc.reshape(tensor(x), [-1]) : tensor(x);
    const at = axisOf(axis, flat.rank, 0);
    const each = wholesOf(repeats, 'repeats');
    const size = flat.shape[at] as number;
    const indices = range(size).flatMap((i) => Array<number>(each[i] ?? (each[0] as number)).fill(i));
    return tfc.gather(flat, tfc.tensor1d(indices, 'int32'), at);
  },
  Flip: ([x], { axis }) => tfc.reverse(tensor(x), axesOf(axis)),
  Fliplr: ([x]) => tfc.reverse(tensor(x), 1),
  Flipud: ([x]) => tfc.reverse(tensor(x), 0),
  /** k quarter turns in the plane of two axes, from the first to the second. */
  Rot90: ([x], { k, axes }) => {
    const y = tensor(x);
    const [a, b] = (axesOf(axes) ?? [0, 1]).map((one) => axisOf(one, y.rank)) as [number, number];
    const order = range(y.rank).map((axis) => (axis === a ? b : axis === b ? a : axis));
    const turns = ((numberOf(k, 1) % 4) + 4) % 4;
    return range(turns).reduce<Tensor>((z) => tfc.reverse(tfc.transpose(z, order), a), y);
  },
  Roll: ([x], { shift, axis }) => {
    const y = tensor(x);
    const shifts = wholesOf(shift, 'shift');
    if (axis == null) return tfc.reshape(rolled(tfc.reshape(y, [-1]), shifts[0] as number, 0), y.shape);
    const axes = wholesOf(axis, 'axis');
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
  /** x[i + 1] − x[i] along an axis, n times. */
  Diff: ([x], { n, axis }) => {
    let y = float(x);
    const at = axisOf(axis, y.rank);
    for (let i = 0; i < numberOf(n, 1); i++) {
      const size = (y.shape[at] as number) - 1;
      const from = (start: number) => tfc.slice(y, onAxis(y, at, start, 0), onAxis(y, at, size));
      y = tfc.sub(from(1), from(0));
    }
    return y;
  },
  Diagonal: ([x], params) => diagonal(float(x), params),
  Trace: ([x], params) => tfc.sum(diagonal(float(x), params), -1),
  GetItem: ([x, key]) => item(tensor(x), key as Value),
  Slice: ([x, start], { shape }) => {
    const y = tensor(x);
    const begin = wholesOf(start, 'start_indices');
    const size = wholesOf(shape, 'shape').map((n, i) =>
      n === -1 ? (y.shape[i] as number) - (begin[i] as number) : n,
    );
    return tfc.slice(y, begin, size);
  },
  Tril: triangle((row, column, k) => column <= row + k),
  Triu: triangle((row, column, k) => column >= row + k),
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

/** The numbers x[…, i, i + offset] of two axes, which become the last. */
function diagonal(x: Tensor, { offset, axis1, axis2 }: Params): Tensor {
  const [a, b] = [axisOf(axis1, x.rank, 0), axisOf(axis2, x.rank, 1)];
  const y = tfc.transpose(x, moved(x.rank, [a, b], [x.rank - 2, x.rank - 1]));
  const [rows, columns] = y.shape.slice(-2) as [number, number];
  const by = numberOf(offset, 0);
  const places = range(rows).flatMap((i) => (i + by >= 0 && i + by < columns ? [i * columns + i + by] : []));
  const flat = tfc.reshape(y, [...y.shape.slice(0, -2), rows * columns]);
  return tfc.gather(flat, tfc.tensor1d(places, 'int32'), flat.rank - 1);
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
  const list = [width].flat();
  return range(rank).map((axis) => {
    const own = list.some(Array.isArray) ? (list[axis] ?? list[0]) : list;
    const [before, after = before, ...more] = wholesOf(own, 'pad_width') as [number, number?];
    if (before === undefined || more.length > 0)
      throw new RangeError(`pad_width is ${JSON.stringify(width)}, and must be pairs of whole numbers`);
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
