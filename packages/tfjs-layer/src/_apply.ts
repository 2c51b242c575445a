import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { asFloat, floats, withGradient } from './_tfjs.js';
import { elementwise, hasOperations, prelu } from './gpu/operations.js';

/**
 * f of a tensor, elementwise, with f's own derivative (at the kinks too), in float32.
 *
 * On `webgl` and `webgpu` value and derivative are one program each; elsewhere core's kernels run on the tensor's values.
 */
export function applyActivation(f: Activation, x: Tensor): Tensor {
  const float = asFloat(x);
  if (f.name === 'leaky_relu' && tfc.getBackend() === 'wasm')
    return leakyOnWasm(float, Math.fround((f.params as { negativeSlope: number }).negativeSlope));
  return hasOperations() ? elementwise(f, float) : byCore(f, float);
}

/** x for x ≥ 0, else slopes · x, for a float32 x and slopes that broadcast to its shape; the derivative at 0 is the slope. */
export const applyPrelu = (x: Tensor, slopes: Tensor): Tensor =>
  hasOperations() ? prelu(x, slopes) : tfc.prelu(x, slopes);

const byCore = (f: Activation, x: Tensor): Tensor =>
  withGradient(
    x,
    (x) => ({ value: tfc.tensor(f.forward(floats(x)), x.shape), saved: [x] }),
    (dy, [x]) => tfc.tensor(f.backward(floats(x), floats(dy)), x.shape),
  );

/** By the backend's own kernel, which useFastKernels replaces: nothing leaves its memory. `step` keeps a NaN, tfjs's gradient does not. */
const leakyOnWasm = (x: Tensor, slope: number): Tensor =>
  withGradient(
    x,
    (x) => ({ value: slope === 0 ? tfc.relu(x) : tfc.leakyRelu(x, slope), saved: [x] }),
    (dy, [x]) => tfc.mul(dy, tfc.step(x, slope)),
  );
