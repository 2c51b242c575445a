import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { withGradient } from './_tfjs.js';

/** The functions of core out of tfjs's kernels, for backends whose memory core cannot reach. x is float32. */
export const compositions: Record<string, (x: Tensor, params: Record<string, number>) => Tensor> = {
  leaky_relu: (x, { negativeSlope }) => leakyRelu(x, Math.fround(negativeSlope as number)),
};

/** The derivative at 0 is the slope; tfjs's own gradient takes the slope at NaN too, `step` keeps the NaN, and is one kernel. */
const leakyRelu = (x: Tensor, slope: number): Tensor =>
  withGradient(
    x,
    (x) => ({ value: slope === 0 ? tfc.relu(x) : tfc.leakyRelu(x, slope), saved: [x] as [Tensor] }),
    (dy, [x]) => tfc.mul(dy, tfc.step(x, slope)),
  );
