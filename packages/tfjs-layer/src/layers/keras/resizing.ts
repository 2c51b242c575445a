import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { asFloat } from '../../tfjs/classes.js';
import { type Interpolation, type Operation, type Settings, spatial } from './operation.js';

type Size = [number, number];

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (radius: number) => (x: number) => (x < radius ? sinc(x) * sinc(x / radius) : 0);

/** What a number weighs at a distance from 0 on: its reach, and the function. Cubic is Keys's, a = −1/2, as in TensorFlow and JAX. */
const KERNELS: Record<Exclude<Interpolation, 'nearest'>, (x: number) => number> = {
  bilinear: (x) => Math.max(1 - x, 0),
  bicubic: (x) => (x >= 2 ? 0 : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1),
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};
export const INTERPOLATIONS = ['nearest', ...Object.keys(KERNELS)];

/**
 * The matrix `[to, from]` that resizes an axis, with half pixel centres: each new number is a mean of the old, weighed by their distances.
 * With `antialias` an axis that shrinks has the kernel widened by as much. Source: jax.image.resize.
 */
function matrix(from: number, to: number, { interpolation = 'bilinear', antialias }: Settings): Tensor2D {
  const kernel = KERNELS[interpolation as keyof typeof KERNELS];
  const scale = antialias === true ? Math.max(from / to, 1) : 1;
  const weights = Array.from({ length: to }, (_, i) => {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const row = Array.from({ length: from }, (_, j) => kernel(Math.abs(centre - j) / scale));
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((weight) => weight / sum);
  });
  return tfc.tensor2d(weights, [to, from]);
}

/** `[batch, rows, columns, channels]` of another size; tfjs's own where it has the interpolation, with half pixel centres as Keras. */
export function resizePictures(x: Tensor4D, [rows, columns]: Size, settings: Settings): Tensor4D {
  const { interpolation = 'bilinear', antialias } = settings;
  if (interpolation === 'nearest') return tfc.image.resizeNearestNeighbor(x, [rows, columns], false, true);
  if (interpolation === 'bilinear' && antialias !== true)
    return tfc.image.resizeBilinear(x, [rows, columns], false, true);
  const [batch, height, width, channels] = x.shape;
  // R · x over the rows, as one product with each column and channel behind the other; then the columns.
  const tall = tfc.matMul(
    matrix(height, rows, settings),
    tfc.reshape(tfc.transpose(x, [1, 0, 2, 3]), [height, -1]),
  );
  const turned = tfc.transpose(tfc.reshape(tall, [rows, batch, width, channels]), [2, 1, 0, 3]);
  const wide = tfc.matMul(matrix(width, columns, settings), tfc.reshape(turned, [width, -1]));
  return tfc.transpose(tfc.reshape(wide, [columns, batch, rows, channels]), [1, 2, 0, 3]) as Tensor4D;
}

/** The largest middle of the form that is asked for; with padding instead, the whole in the middle of a frame of it. */
function ofAspect(x: Tensor4D, [rows, columns]: Size, settings: Settings): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [tall, broad] = [Math.trunc((width * rows) / columns), Math.trunc((height * columns) / rows)];
  if (settings.cropToAspectRatio === true) {
    const [own, across] = [Math.max(Math.min(height, tall), 1), Math.max(Math.min(width, broad), 1)];
    const begin = [(height - own) / 2, (width - across) / 2].map(Math.trunc) as Size;
    return tfc.slice4d(x, [0, ...begin, 0], [batch, own, across, channels]);
  }
  if (settings.padToAspectRatio !== true) return x;
  // As Keras has it: the same on both sides, rounded down.
  const [above, before] = [(Math.max(height, tall) - height) / 2, (Math.max(width, broad) - width) / 2].map(
    Math.trunc,
  ) as Size;
  return tfc.pad4d(
    x,
    [
      [0, 0],
      [above, above],
      [before, before],
      [0, 0],
    ],
    settings.fillValue ?? 0,
  );
}

/** Pictures of another size, whose channels may come first. */
export function resize(x: Tensor, size: Size, settings: Settings): Tensor {
  const first = settings.dataFormat === 'channelsFirst';
  const pictures = asFloat(first ? tfc.transpose(x, [0, 2, 3, 1]) : x) as Tensor4D;
  const resized = resizePictures(ofAspect(pictures, size, settings), size, settings);
  return first ? tfc.transpose(resized, [0, 3, 1, 2]) : resized;
}

/** Keras's layer Resizing; tfjs's takes the corners instead of the centres. */
export const resizing: Operation = {
  call: (x, settings) => resize(x, [settings.height as number, settings.width as number], settings),
  shape: (shape, settings) => {
    const [rows, columns] = spatial(shape.length, settings);
    return shape.map((n, i) => (i === rows ? settings.height : i === columns ? settings.width : n) as number);
  },
};
