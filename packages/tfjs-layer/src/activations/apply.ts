import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { asFloat, floats, withGradient } from '../tfjs/classes.js';
import { elementwise, hasOperations, prelu } from './operations.js';

/**
 * f of a tensor, elementwise, with f's own derivative (at the kinks too), in float32.
 *
 * On the `cpu`, `wasm`, `webgl` and `webgpu` backends value and derivative are one kernel each; elsewhere core's functions run on the
 * tensor's values.
 */
export function applyActivation(f: Activation, x: Tensor): Tensor {
  const float = asFloat(x);
  return hasOperations() ? elementwise(f, float) : byCore(f, float);
}

const byCore = (f: Activation, x: Tensor): Tensor =>
  withGradient(
    x,
    (x) => ({ value: tfc.tensor(f.forward(floats(x)), x.shape), saved: [x] }),
    (dy, [x]) => tfc.tensor(f.backward(floats(x), floats(dy)), x.shape),
  );

/** x for x ≥ 0, else slopes · x, for a float32 x and slopes that broadcast to its shape; the derivative at 0 is the slope. */
export const applyPrelu = (x: Tensor, slopes: Tensor): Tensor =>
  hasOperations() ? prelu(x, slopes) : tfc.prelu(x, slopes);
