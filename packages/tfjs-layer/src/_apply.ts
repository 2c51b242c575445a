import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { compose, composed } from './_compositions.js';
import { asFloat, floats, withGradient } from './_tfjs.js';
import { elementwise, hasOperations, prelu } from './fast/operations.js';

/** Backends that hand out a tensor's values at once, so that core's functions can run on them. */
const READS_AT_ONCE = ['tensorflow'];

/**
 * f of a tensor, elementwise, with f's own derivative (at the kinks too), in float32.
 *
 * On the `cpu` and `wasm` backends core's kernels run on the tensor's own memory; elsewhere f is composed of the backend's kernels.
 */
export function applyActivation(f: Activation, x: Tensor): Tensor {
  const float = asFloat(x);
  const backend = tfc.getBackend();
  if (hasOperations()) return elementwise(f, float);
  if (READS_AT_ONCE.includes(backend)) return byCore(f, float);
  if (composed.includes(f.name)) return compose(f.name, float, f.params as Record<string, number | null>);
  throw new Error(`the activation ${f.name} is not there yet on the ${backend} backend`);
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
