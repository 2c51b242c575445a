import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { compose, composed } from './_compositions.js';
import { floats, withGradient } from './_tfjs.js';

/** Backends that hold or hand out a tensor's values at once, so that core's own kernels can run on them. */
const READS_AT_ONCE = ['cpu', 'wasm', 'tensorflow'];

/**
 * f of a tensor, elementwise, with f's own derivative (at the kinks too), in float32.
 *
 * On backends that hand out their values core's kernels run on them; elsewhere f is composed of the backend's kernels.
 */
export function applyActivation(f: Activation, x: Tensor): Tensor {
  const float = tfc.cast(x, 'float32');
  const backend = tfc.getBackend();
  if (f.name === 'leaky_relu' && backend === 'wasm')
    return leakyOnWasm(float, Math.fround((f.params as { negativeSlope: number }).negativeSlope));
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

/** By the backend's own kernel, which useFastKernels replaces: nothing leaves its memory. `step` keeps a NaN, tfjs's gradient does not. */
const leakyOnWasm = (x: Tensor, slope: number): Tensor =>
  withGradient(
    x,
    (x) => ({ value: slope === 0 ? tfc.relu(x) : tfc.leakyRelu(x, slope), saved: [x] }),
    (dy, [x]) => tfc.mul(dy, tfc.step(x, slope)),
  );
