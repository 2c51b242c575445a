import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { withGradient } from './_tfjs.js';

/**
 * Leaky ReLU of a tensor: x for x > 0, else negativeSlope · x; the derivative at 0 is the slope, at NaN it is NaN.
 * tfjs's own gradient takes the slope at NaN; `step` keeps the NaN, and is one kernel.
 */
export function leakyReluOp(x: Tensor, negativeSlope: number): Tensor {
  // Every float32 backend multiplies by the float32 slope; only tfjs's `cpu` would take the float64 one.
  const slope = Math.fround(negativeSlope);
  return withGradient(
    tfc.cast(x, 'float32'),
    (x) => ({ value: slope === 0 ? tfc.relu(x) : tfc.leakyRelu(x, slope), saved: [x] as [Tensor] }),
    (dy, [x]) => tfc.mul(dy, tfc.step(x, slope)),
  );
}
