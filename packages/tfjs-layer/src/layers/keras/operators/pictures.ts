import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { Interpolation } from '../operation.js';
import { INTERPOLATIONS, resize } from '../resizing.js';
import { axesOf, float, numberOf, type Operator, type Params, type Value } from './values.js';

type Sizes = [number, number];

/** Height and width, where one number may stand for both, and what TensorFlow writes around them. */
function sizes(value: Value | undefined, usual: Sizes = [1, 1]): Sizes {
  const list = axesOf(value);
  if (!list) return usual;
  if (list.length === 4) return [list[1], list[2]] as Sizes;
  return [list[0], list[1] ?? list[0]] as Sizes;
}

/** Runs on a picture whose channels come last, also without a batch, or with channels first. */
function onPictures(x: Tensor, { data_format }: Params, f: (x: Tensor4D) => Tensor): Tensor {
  const wide = x.rank === 3 ? tfc.expandDims(x, 0) : x;
  const first = data_format === 'channels_first';
  const y = f((first ? tfc.transpose(wide, [0, 2, 3, 1]) : wide) as Tensor4D);
  const back = first ? tfc.transpose(y, [0, 3, 1, 2]) : y;
  return x.rank === 3 ? tfc.squeeze(back, [0]) : back;
}

const pool =
  (kind: 'max' | 'avg'): Operator =>
  ([x], params) => {
    const y = float(x);
    const { pool_size, strides, padding } = params;
    const pad = padding === 'same' ? 'same' : 'valid';
    if (y.rank === 3) {
      const [size] = axesOf(pool_size) as [number];
      const [step] = axesOf(strides) ?? [size];
      return tfc.pool(y as Tensor3D, size, kind, pad, 1, step);
    }
    const size = sizes(pool_size);
    return onPictures(y, params, (z) => tfc.pool(z, size, kind, pad, 1, sizes(strides, size)));
  };

/** Windows of a picture side by side: `[batch, rows, columns, height · width · channels]`. */
const patches: Operator = ([x], params) => {
  const size = sizes(params.size);
  const step = sizes(params.strides, size);
  const rates = sizes(params.dilation_rate);
  return onPictures(float(x), params, (z) => {
    const channels = z.shape[3];
    const count = size[0] * size[1] * channels;
    // A convolution whose filters each pick one number of the window.
    const filters = tfc.reshape(tfc.eye(count), [size[0], size[1], channels, count]) as Tensor4D;
    return tfc.conv2d(z, filters, step, params.padding === 'same' ? 'same' : 'valid', 'NHWC', rates);
  });
};

/** Operators on pictures. */
export const pictures: Record<string, Operator> = {
  MaxPool: pool('max'),
  AveragePool: pool('avg'),
  ExtractPatches: patches,
  DepthToSpace: ([x], params) =>
    onPictures(float(x), params, (z) => tfc.depthToSpace(z, numberOf(params.block_size, 2))),
  SpaceToDepth: ([x], params) =>
    onPictures(float(x), params, (z) => {
      const n = numberOf(params.block_size, 2);
      const [batch, rows, columns, channels] = z.shape;
      const blocks = tfc.reshape(z, [batch, rows / n, n, columns / n, n * channels]);
      return tfc.reshape(tfc.transpose(blocks, [0, 1, 3, 2, 4]), [
        batch,
        rows / n,
        columns / n,
        n * n * channels,
      ]);
    }),
  CropImages: ([x], params) =>
    onPictures(float(x), params, (z) => {
      const [rows, columns] = beside(z, params, 'cropping') as [Sides, Sides];
      const size = [rows, columns].map(({ before, after }, i) => (z.shape[i + 1] as number) - before - after);
      return tfc.slice(z, [0, rows.before, columns.before, 0], [-1, ...size, -1]);
    }),
  PadImages: ([x], params) =>
    onPictures(float(x), params, (z) => {
      const sides = beside(z, params, 'padding').map(({ before, after }): Sizes => [before, after]);
      return tfc.pad(z, [[0, 0], ...sides, [0, 0]]);
    }),
  Resize: ([x], params) => {
    const {
      interpolation = 'bilinear',
      size,
      antialias,
      crop_to_aspect_ratio,
      pad_to_aspect_ratio,
      fill_value,
    } = params;
    if (!INTERPOLATIONS.includes(interpolation as string))
      throw new RangeError(`Resize.interpolation is ${JSON.stringify(interpolation)}, which cannot be read`);
    const settings = {
      interpolation: interpolation as Interpolation,
      antialias: antialias === true,
      cropToAspectRatio: crop_to_aspect_ratio === true,
      padToAspectRatio: pad_to_aspect_ratio === true,
      fillValue: numberOf(fill_value, 0),
    };
    return onPictures(float(x), params, (z) => resize(z, sizes(size), settings));
  },
};

interface Sides {
  before: number;
  after: number;
}

/** How much is cut off, or added, on both sides of rows and columns: of before, after and the size that remains, two are given. */
function beside({ shape }: Tensor4D, params: Params, what: 'cropping' | 'padding'): Sides[] {
  return [['top', 'bottom', 'height'] as const, ['left', 'right', 'width'] as const].map(
    ([first, last, side], i) => {
      const [before, after, target] = [`${first}_${what}`, `${last}_${what}`, `target_${side}`].map(
        (key) => params[key],
      );
      const size = shape[i + 1] as number;
      const all = typeof target === 'number' ? Math.abs(size - target) : undefined;
      const own = typeof before === 'number' ? before : (all ?? 0) - numberOf(after, 0);
      return { before: own, after: typeof after === 'number' ? after : (all ?? own) - own };
    },
  );
}
