// A function of core, its derivative and its second derivative over tensors of the `cpu` and `wasm` backends.
import type { Activation } from '@rectify/core';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { backward, forward, values, written } from './memory.js';

/** f(x) */
export const activate = (backend: KernelBackend, f: Activation, x: TensorInfo): TensorInfo =>
  written(backend, x.shape, (out) => forward(backend, f, x, out));

/** dy · f′(x) */
export const gradient = (backend: KernelBackend, f: Activation, x: TensorInfo, dy: TensorInfo): TensorInfo =>
  written(backend, x.shape, (out) => backward(backend, f, x, dy, out));

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

/** ddx · dy · f″(x) */
export const secondGradient = (
  backend: KernelBackend,
  f: Activation,
  x: TensorInfo,
  dy: TensorInfo,
  ddx: TensorInfo,
): TensorInfo =>
  written(backend, x.shape, (out) => {
    const [xs, dys, ddxs, to] = [x, dy, ddx, out].map((info) => values(backend, info)) as Four;
    for (let i = 0; i < to.length; i++) to[i] = ddxs[i] * dys[i] * secondDerivative(f, xs[i]);
  });

type Four = [Float32Array, Float32Array, Float32Array, Float32Array];
