// PReLU with a slope for each channel, by address.

import { layoutOf } from '../functions/prelu-per-channel.js';
import { checkApart, checkInside, checkSize, type Kind, widthOf } from './addresses.js';
import { preluPerChannelCode, preluSlopeCode } from './modules.js';
import type { KernelExports, WasmMemory } from './webassembly.js';

/** PReLU with a slope for each channel of [outer, channels, inner], row-major; `outer` may be 0, the others are at least 1. */
export interface PreluMemoryKernels {
  /** y = f(x) at byte addresses, with `channels` slopes of the same kind; y may be x. */
  preluForward(
    kind: Kind,
    x: number,
    slopes: number,
    y: number,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** dx = dy·f′(x); dx may be x or dy. */
  preluBackward(
    kind: Kind,
    x: number,
    slopes: number,
    dy: number,
    dx: number,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** ds[channel] = Σ dy·x over x < 0, `channels` numbers of the same kind, summed in float64; shares no byte with x or dy. */
  preluSlopeGradient(
    kind: Kind,
    x: number,
    dy: number,
    ds: number,
    outer: number,
    channels: number,
    inner: number,
  ): void;
}

type SlopeKernel = (
  x: number,
  dy: number,
  sums: number,
  outer: number,
  channels: number,
  inner: number,
  sumWidth: 4 | 8,
) => void;

/** What the module of the slope gradient exports; its sums are added to float64, or written as float32. */
export interface SlopeExports {
  s4: SlopeKernel;
  s8: SlopeKernel;
}

export function preluOnMemory(host: {
  memory: WasmMemory;
  start: number;
  kernels(code: string): KernelExports;
}): PreluMemoryKernels {
  /** What the sizes come to, in bytes: of an element, of an array and of one number a channel. */
  const sizesOf = (kind: Kind, outer: number, channels: number, inner: number) => {
    const width = widthOf(kind);
    checkSize('outer', outer, 0);
    checkSize('channels', channels, 1);
    checkSize('inner', inner, 1);
    return {
      width,
      bytes: outer * channels * inner * width,
      channelBytes: channels * width,
      layout: layoutOf(outer, channels, inner),
      start: host.start,
      size: host.memory.buffer.byteLength,
    } as const;
  };
  return {
    preluForward(kind, x, slopes, y, ...sizes) {
      const { width, bytes, channelBytes, layout, start, size } = sizesOf(kind, ...sizes);
      checkInside('x', x, bytes, start, size);
      checkInside('slopes', slopes, channelBytes, start, size);
      checkInside('y', y, bytes, start, size);
      if (y !== x) checkApart('y', y, bytes, 'x', x, bytes);
      checkApart('y', y, bytes, 'slopes', slopes, channelBytes);
      const kernels = host.kernels(preluPerChannelCode);
      const kernel = width === 4 ? kernels.f4 : kernels.f8;
      kernel(x, slopes, y, layout.outer, layout.channels, layout.inner);
    },
    preluBackward(kind, x, slopes, dy, dx, ...sizes) {
      const { width, bytes, channelBytes, layout, start, size } = sizesOf(kind, ...sizes);
      checkInside('x', x, bytes, start, size);
      checkInside('slopes', slopes, channelBytes, start, size);
      checkInside('dy', dy, bytes, start, size);
      checkInside('dx', dx, bytes, start, size);
      if (dx !== x) checkApart('dx', dx, bytes, 'x', x, bytes);
      if (dx !== dy) checkApart('dx', dx, bytes, 'dy', dy, bytes);
      checkApart('dx', dx, bytes, 'slopes', slopes, channelBytes);
      const kernels = host.kernels(preluPerChannelCode);
      const kernel = width === 4 ? kernels.b4 : kernels.b8;
      kernel(x, dy, slopes, dx, layout.outer, layout.channels, layout.inner);
    },
    preluSlopeGradient(kind, x, dy, ds, ...sizes) {
      const { width, bytes, channelBytes, layout, start, size } = sizesOf(kind, ...sizes);
      checkInside('x', x, bytes, start, size);
      checkInside('dy', dy, bytes, start, size);
      checkInside('ds', ds, channelBytes, start, size);
      checkApart('ds', ds, channelBytes, 'x', x, bytes);
      checkApart('ds', ds, channelBytes, 'dy', dy, bytes);
      const kernels = host.kernels(preluSlopeCode) as unknown as SlopeExports;
      const kernel = width === 4 ? kernels.s4 : kernels.s8;
      if (width === 8) new Uint8Array(host.memory.buffer, ds, channelBytes).fill(0); // it adds
      kernel(x, dy, ds, layout.outer, layout.channels, layout.inner, width);
    },
  };
}
