// PReLU with slopes that broadcast to the shape of x, and its gradients, on the `webgl` and `webgpu` backends.
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { programOf } from './elementwise.js';
import { stockOf } from './product.js';
import { elementwiseProgram, runProgram } from './program.js';

/** x for x ≥ 0, else alpha · x; alpha broadcasts to the shape of x. */
export const prelu = (backend: KernelBackend, x: TensorInfo, alpha: TensorInfo): TensorInfo =>
  runProgram(backend, programOf('leaky', 'f', ['slope']), [x, alpha], [], true);

/** The gradient for x: dy for x > 0, else alpha · dy. */
export const preluGradient = (
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo => runProgram(backend, programOf('leaky', 'derivative', ['slope']), [x, alpha, dy], [], true);

/** dy · min(x, 0), whose sum is the gradient for a slope. */
const slopeTerm = /* @__PURE__ */ elementwiseProgram(
  'slopeTerm',
  [{ name: 'outer', parameters: ['x', 'dy'], body: 'return select(0.0, dy * x, x < 0.0);' }],
  2,
);

/** The gradient for the slopes, each the sum over what shares it. */
export function slopeGradient(
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const terms = runProgram(backend, slopeTerm, [x, dy], [], true);
  const axis = tfc.broadcast_util.getReductionAxes(alpha.shape, x.shape);
  const sums = axis.length > 0 ? stockOf(backend, 'Sum', { x: terms }, { axis, keepDims: false }) : terms;
  const shaped = stockOf(backend, 'Reshape', { x: sums }, { shape: alpha.shape });
  for (const { dataId } of new Set([terms, sums])) backend.disposeData(dataId);
  return shaped;
}
