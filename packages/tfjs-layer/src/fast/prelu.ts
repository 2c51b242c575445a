// PReLU with slopes of any shape that broadcasts to that of x, and its gradients, on the `cpu` and `wasm` backends.
import { preluPerChannel } from '@rectify/core';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { broadcasts } from '../tfjs/infos.js';
import { addressOf, kernelsOn, sizeOf, values, written } from './memory.js';

/** x as `[outer, channels, inner]`, with one slope for each channel. */
interface Layout {
  channels: number;
  inner: number;
  /** Which slope is whose, where the slopes are broadcast between axes on which they differ. */
  slopeOf?: Int32Array;
}

const product = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1);

function layoutOf({ shape }: TensorInfo, { shape: slopes }: TensorInfo): Layout {
  const own = [...Array<number>(shape.length - slopes.length).fill(1), ...slopes];
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

type Sizes = [outer: number, channels: number, inner: number];

/** Calls `use` with one slope for each channel. */
function withSlopes(
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  use: (slopes: TensorInfo, sizes: Sizes, slopeOf: Int32Array | undefined) => void,
): void {
  if (!broadcasts(x, alpha))
    throw new RangeError(
      `the slopes must have a shape that broadcasts to that of the input, [${x.shape}], got [${alpha.shape}]`,
    );
  const { channels, inner, slopeOf } = layoutOf(x, alpha);
  const sizes: Sizes = [sizeOf(x) / (channels * inner), channels, inner];
  if (!slopeOf) {
    use(alpha, sizes, slopeOf);
    return;
  }
  const slopes = written(backend, [channels], (out) => {
    const own = values(backend, alpha);
    values(backend, out).set(Float32Array.from(slopeOf, (at) => own[at]));
  });
  try {
    use(slopes, sizes, slopeOf);
  } finally {
    backend.disposeData(slopes.dataId);
  }
}

/** Where a tensor lies, and its values. */
const accessTo = (backend: KernelBackend) =>
  [(info: TensorInfo) => addressOf(backend, info), (info: TensorInfo) => values(backend, info)] as const;

/** x for x ≥ 0, else alpha · x. */
export const prelu = (backend: KernelBackend, x: TensorInfo, alpha: TensorInfo): TensorInfo =>
  written(backend, x.shape, (out) => {
    if (sizeOf(x) === 0) return;
    const kernels = kernelsOn(backend);
    withSlopes(backend, x, alpha, (slopes, sizes) => {
      const [at, of] = accessTo(backend);
      if (kernels) kernels.preluForward('float32', at(x), at(slopes), at(out), ...sizes);
      else preluPerChannel(of(slopes), sizes[2]).forward(of(x), of(out));
    });
  });

/** The gradient for x: dy for x > 0, else alpha · dy. */
export const preluGradient = (
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo =>
  written(backend, x.shape, (out) => {
    if (sizeOf(x) === 0) return;
    const kernels = kernelsOn(backend);
    withSlopes(backend, x, alpha, (slopes, sizes) => {
      const [at, of] = accessTo(backend);
      if (kernels) kernels.preluBackward('float32', at(x), at(slopes), at(dy), at(out), ...sizes);
      else preluPerChannel(of(slopes), sizes[2]).backward(of(x), of(dy), of(out));
    });
  });

/** The gradient for alpha: the sum, over all x that a slope serves, of x · dy for x < 0. */
export const slopeGradient = (
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo =>
  written(backend, alpha.shape, (out) => {
    const [at, of] = accessTo(backend);
    of(out).fill(0);
    if (sizeOf(x) === 0) return;
    const kernels = kernelsOn(backend);
    withSlopes(backend, x, alpha, (slopes, sizes, slopeOf) => {
      // Where the slopes are broadcast between axes, the sum of each channel takes the place of its slope first.
      const sums = slopeOf ? slopes : out;
      if (kernels) kernels.preluSlopeGradient('float32', at(x), at(dy), at(sums), ...sizes);
      else of(sums).set(preluPerChannel(of(slopes), sizes[2]).slopeGradient(of(x), of(dy)));
      if (!slopeOf) return;
      const [from, to] = [of(sums), of(out)];
      for (const [channel, slope] of slopeOf.entries()) to[slope] = to[slope] + from[channel];
    });
  });
