// The kernels of `@rectify/tfjs-layer` on the `cpu` and `wasm` backends.
import type { Activation } from '@rectify/core';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { backward, forward, inPlace, values, written } from './memory.js';
import { prelu, preluGradient, slopeGradient } from './prelu.js';
import { columnSums, product } from './product.js';

/** What the differences of {@link secondDerivative} are taken over, for |x| ≤ 1: error and rounding are both near 1e-10. */
const STEP = 1e-5;

/** f″(x) from central differences of the exact f′ in float64. A step never passes a kink: nearer to one, x is moved away from it. */
function secondDerivative(f: Activation, x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : 0;
  const h = STEP * Math.max(1, Math.abs(x));
  const kink = f.kinks.find((at) => Math.abs(x - at) <= h);
  const at = kink === undefined ? x : x > kink ? kink + 2 * h : kink - 2 * h;
  return (f.derivative(at + h) - f.derivative(at - h)) / (2 * h);
}

type Four = [Float32Array, Float32Array, Float32Array, Float32Array];

/** ddx · dy · f″(x) */
function secondGradient(backend: KernelBackend, f: Activation, [x, dy, ddx]: TensorInfo[]): TensorInfo {
  return written(backend, x.shape, (out) => {
    const [xs, dys, ddxs, to] = [x, dy, ddx, out].map((info) => values(backend, info)) as Four;
    for (let i = 0; i < to.length; i++) to[i] = ddxs[i] * dys[i] * secondDerivative(f, xs[i]);
  });
}

/** What these kernels take as attributes, each its own. */
interface Attributes {
  f: Activation;
  transposeA: boolean;
  transposeB: boolean;
}
type Kernel = (backend: KernelBackend, inputs: Record<string, TensorInfo>, attrs: Attributes) => TensorInfo;

/** The kernels of our own operations, which tfjs does not have. */
export const KERNELS: Readonly<Record<string, Kernel>> = {
  RectifyActivation: (backend, { x }, { f }) =>
    written(backend, x.shape, (out) => forward(backend, f, x, out)),
  RectifyActivationGrad: (backend, { x, dy }, { f }) =>
    written(backend, x.shape, (out) => backward(backend, f, x, dy, out)),
  RectifyActivationGradGrad: (backend, { x, dy, ddx }, { f }) => secondGradient(backend, f, [x, dy, ddx]),
  RectifyDense: (backend, { x, kernel, bias }, { f }) =>
    inPlace(backend, product(backend, { a: x, b: kernel, bias }, [false, false]), f),
  RectifyMatMul: (backend, { a, b }, { transposeA, transposeB }) =>
    product(backend, { a, b }, [transposeA, transposeB]),
  RectifyColumnSums: (backend, { x }) => columnSums(backend, x),
  RectifyPrelu: (backend, { x, alpha }) => prelu(backend, x, alpha),
  RectifyPreluGrad: (backend, { x, alpha, dy }) => preluGradient(backend, x, alpha, dy),
  RectifyPreluSlopeGrad: (backend, { x, alpha, dy }) => slopeGradient(backend, x, alpha, dy),
};
