import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { asFloat, type Shape } from '../../tfjs/classes.js';
import { type Operation, type Settings, spatial } from './operation.js';
import { resize } from './resizing.js';

/** A size for each spatial axis: one number may stand for all. */
const sizes = (value: number | number[] | undefined, axes: number[]): number[] =>
  Array.isArray(value) ? value : axes.map(() => value as number);

/** Two numbers for each spatial axis: one number may stand for all, one pair for the only axis. */
const pairs = (value: Settings['padding'], axes: number[]): [number, number][] =>
  axes.map((_, i) => {
    const one = Array.isArray(value) ? (Array.isArray(value[i]) ? value[i] : value) : [value, value];
    return one as [number, number];
  });

const change = (shape: Shape, axes: number[], f: (size: number, i: number) => number): Shape => {
  const changed = shape.slice();
  for (const [i, axis] of axes.entries()) {
    const size = changed[axis];
    if (size != null) changed[axis] = f(size, i);
  }
  return changed;
};

export const upSampling: Operation = {
  call(x, settings) {
    const axes = spatial(x.rank, settings);
    const factors = sizes(settings.size, axes);
    if ((settings.interpolation ?? 'nearest') !== 'nearest')
      return resize(x, axes.map((axis, i) => x.shape[axis] * factors[i]) as [number, number], settings);
    // [.., n, ..] → [.., n, 1, ..] → [.., n, factor, ..] → [.., n·factor, ..]: one axis at a time, since tfjs tiles up to 6 dimensions.
    return axes.reduce((y, axis, i) => {
      const repeated = tfc.tile(tfc.expandDims(y, axis + 1), onAxis(y.rank + 1, axis + 1, factors[i]));
      return tfc.reshape(repeated, onAxis(y.shape, axis, y.shape[axis] * factors[i]));
    }, x);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    const factors = sizes(settings.size, axes);
    return change(shape, axes, (size, i) => size * factors[i]);
  },
};

/** A shape, or one of ones, with another size on one axis. */
const onAxis = (shape: number[] | number, axis: number, size: number): number[] =>
  (typeof shape === 'number' ? Array<number>(shape).fill(1) : shape).map((n, i) => (i === axis ? size : n));

export const zeroPadding: Operation = {
  call(x, settings) {
    const axes = spatial(x.rank, settings);
    const all: [number, number][] = x.shape.map(() => [0, 0]);
    for (const [i, pair] of pairs(settings.padding, axes).entries()) all[axes[i]] = pair;
    return tfc.pad(x, all);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    const padding = pairs(settings.padding, axes);
    return change(shape, axes, (size, i) => size + padding[i][0] + padding[i][1]);
  },
};

export const cropping: Operation = {
  call(x, settings) {
    const axes = spatial(x.rank, settings);
    const [begin, size] = [x.shape.map(() => 0), x.shape.slice()];
    for (const [i, [before, after]] of pairs(settings.cropping, axes).entries()) {
      begin[axes[i]] = before;
      size[axes[i]] -= before + after;
    }
    return tfc.slice(x, begin, size);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    const cropped = pairs(settings.cropping, axes);
    return change(shape, axes, (size, i) => size - cropped[i][0] - cropped[i][1]);
  },
};

export const globalPooling = (
  pool: (x: Tensor, axes: number[], keepdims: boolean, mask: Tensor | null) => Tensor,
): Operation => ({
  call(x, settings, { mask }) {
    return pool(asFloat(x), spatial(x.rank, settings), settings.keepdims === true, mask);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    return settings.keepdims
      ? shape.map((size, i) => (axes.includes(i) ? 1 : size))
      : shape.filter((_, i) => !axes.includes(i));
  },
});

/** The mean over what the mask `[batch, steps]` leaves: only Keras's layer for sequences heeds it. */
export function maskedMean(x: Tensor, axes: number[], keepdims: boolean, mask: Tensor | null): Tensor {
  if (!mask || axes.length > 1) return tfc.mean(x, axes, keepdims);
  const kept = asFloat(tfc.expandDims(mask, axes[0] === 1 ? 2 : 1));
  return tfc.div(tfc.sum(tfc.mul(x, kept), axes, keepdims), tfc.sum(kept, axes, keepdims));
}
