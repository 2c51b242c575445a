import type { DataType, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { Shape } from '../../tfjs/classes.js';

/** How many numbers a function is run on at most to see what shape it gives. */
const MOST = 2 ** 25;

/**
 * The shapes of what a function gives, found by running it on zeros: once with 2 and once with 3 for every size that is not known, so
 * that the sizes which differ are those that stay unknown.
 */
export function shapesByRunning(
  shapes: Shape[],
  run: (inputs: Tensor[]) => Tensor[],
  dtype: DataType = 'float32',
): Shape[] {
  const of = (unknown: number): number[][] =>
    tfc.tidy(() => run(shapes.map((shape) => zeros(shape, unknown, dtype))).map(({ shape }) => shape));
  const [two, three] = [of(2), of(3)];
  // The batch, too, which is not looked at later: it may be of any size.
  for (const shape of two)
    if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0))
      throw new RangeError(`it would give the shape [${shape}]`);
  return two.map((shape, i) => shape.map((size, axis) => (size === three[i]?.[axis] ? size : null)));
}

const zeros = (shape: Shape, unknown: number, dtype: DataType): Tensor => {
  const sizes = shape.map((size) => size ?? unknown);
  const count = sizes.reduce((a, b) => a * b, 1);
  if (!(count <= MOST)) throw new RangeError(`an input of shape [${shape}] is too large to be read`);
  return dtype === 'string' ? tfc.fill(sizes, '', 'string') : tfc.zeros(sizes, dtype);
};
