import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { slopesFor, withGradient } from './_tfjs.js';

/**
 * x for x > 0, else slopes[k] · x, and 0 where the slope is 0, for x `[batch, K, …]`. Unlike `tf.prelu` it computes no gradient of
 * the slopes, which nobody asked for.
 */
export function replicaLeakyReluOp(x: Tensor, slopes: readonly number[]): Tensor {
  const shape = [slopes.length, ...Array<number>(x.rank - 2).fill(1)];
  // 0 · −∞ is NaN, but ReLU of −∞ is 0: below a floor of 0 there is nothing to multiply.
  const floor = tfc.tensor(
    slopes.map((slope) => (slope === 0 ? 0 : Number.NEGATIVE_INFINITY)),
    shape,
  );
  const alpha = slopesFor(x, tfc.tensor([...slopes], shape));
  return withGradient(
    x,
    (x) => ({
      value: tfc.prelu(slopes.includes(0) ? tfc.maximum(x, floor) : x, alpha),
      saved: [x, alpha],
    }),
    (dy, [x, alpha]) => tfc.where(tfc.greater(x, 0), dy, tfc.mul(dy, alpha)),
  );
}
