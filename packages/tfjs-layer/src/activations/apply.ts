import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { elementwise } from '../operations/elementwise.js';
import { hasOperations } from '../operations/operation.js';
import { asFloat, floats, withGradient } from '../tfjs/classes.js';

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
