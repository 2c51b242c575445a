// PReLU with slopes of any shape that broadcasts to that of x, and its gradients, on the `cpu` and `wasm` backends.
import { preluPerChannel } from '@rectify/core';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { make, sizeOf, values } from './_memory.js';

/** x as `[outer, channels, inner]`, with one slope for each channel. */
interface Layout {
  channels: number;
  inner: number;
  /** Which slope is whose, where the slopes are broadcast between axes on which they differ. */
  slopeOf?: Int32Array;
}

const product = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1);

/** Undefined where the slopes do not broadcast to the shape of x. */
function layoutOf(shape: number[], slopes: number[]): Layout | undefined {
  if (slopes.length > shape.length) return undefined;
  const own = [...Array<number>(shape.length - slopes.length).fill(1), ...slopes];
  if (own.some((size, i) => size !== 1 && size !== shape[i])) return undefined;
  const first = own.findIndex((size) => size !== 1);
  if (first < 0) return { channels: 1, inner: Math.max(1, product(shape)) };
  const last = own.findLastIndex((size) => size !== 1);
  const [across, ownAcross] = [shape.slice(first, last + 1), own.slice(first, last + 1)];
  const channels = product(across);
  const inner = product(shape.slice(last + 1));
  if (product(ownAcross) === channels) return { channels, inner };
  const slopeOf = Int32Array.from({ length: channels }, (_, channel) => {
    let [rest, at, stride] = [channel, 0, 1];
    for (let axis = across.length - 1; axis >= 0; axis--) {
      if (ownAcross[axis] !== 1) {
        at += (rest % across[axis]) * stride;
        stride *= across[axis];
      }
      rest = Math.floor(rest / across[axis]);
    }
    return at;
  });
  return { channels, inner, slopeOf };
}

export const broadcasts = (x: TensorInfo, alpha: TensorInfo): boolean =>
  layoutOf(x.shape, alpha.shape) !== undefined;

function perChannel(backend: KernelBackend, x: TensorInfo, alpha: TensorInfo) {
  const layout = layoutOf(x.shape, alpha.shape);
  if (!layout)
    throw new RangeError(
      `the slopes must have a shape that broadcasts to that of the input, [${x.shape}], got [${alpha.shape}]`,
    );
  const { inner, slopeOf } = layout;
  const own = values(backend, alpha);
  const slopes = slopeOf ? Float32Array.from(slopeOf, (at) => own[at]) : own;
  return { slopeOf, function: preluPerChannel(slopes, inner) };
}

/** x for x ≥ 0, else alpha · x. */
export function prelu(backend: KernelBackend, x: TensorInfo, alpha: TensorInfo): TensorInfo {
  const out = make(backend, x.shape);
  if (sizeOf(x) > 0) perChannel(backend, x, alpha).function.forward(values(backend, x), values(backend, out));
  return out;
}

/** The gradient for x: dy for x > 0, else alpha · dy. */
export function preluGradient(
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const out = make(backend, x.shape);
  if (sizeOf(x) > 0)
    perChannel(backend, x, alpha).function.backward(
      values(backend, x),
      values(backend, dy),
      values(backend, out),
    );
  return out;
}

/** The gradient for alpha: the sum, over all x that a slope serves, of x · dy for x < 0. */
export function slopeGradient(
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo {
  const out = make(backend, alpha.shape);
  const to = values(backend, out).fill(0);
  if (sizeOf(x) === 0) return out;
  const { slopeOf, function: f } = perChannel(backend, x, alpha);
  const sums = f.slopeGradient(values(backend, x), values(backend, dy));
  if (slopeOf) for (const [channel, at] of slopeOf.entries()) to[at] = to[at] + sums[channel];
  else to.set(sums);
  return out;
}
