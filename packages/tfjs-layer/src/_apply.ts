import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { compositions } from './_compositions.js';
import { floats, withGradient } from './_tfjs.js';

/** Backends that hold or hand out a tensor's values at once, so that core's own kernels can run on them. */
const READS_AT_ONCE = ['cpu', 'wasm', 'tensorflow'];

/**
 * f of a tensor, elementwise, with f's own derivative (at the kinks too), in float32.
 *
 * On tfjs's `cpu` backend core's kernels run on the tensor's memory; elsewhere f is composed of the backend's kernels.
 */
export function applyActivation(f: Activation, x: Tensor): Tensor {
  const float = tfc.cast(x, 'float32');
  const compose = compositions[f.name];
  if (compose && tfc.getBackend() !== 'cpu') return compose(float, f.params as Record<string, number>);
  if (READS_AT_ONCE.includes(tfc.getBackend())) return byCore(f, float);
  throw new Error(`the activation ${f.name} is not there yet on the ${tfc.getBackend()} backend`);
}

const byCore = (f: Activation, x: Tensor): Tensor =>
  withGradient(
    x,
    (x) => ({ value: tfc.tensor(f.forward(floats(x)), x.shape), saved: [x] as [Tensor] }),
    (dy, [x]) => tfc.tensor(f.backward(floats(x), floats(dy)), x.shape),
  );
