// PReLU with a slope for each channel, by address.
import { preluPerChannelCode, preluSlopeCode } from './_modules.js';
import { layoutOf } from './_prelu.js';
import type { KernelExports, WasmMemory } from './_webassembly.js';

type Kind = 'float32' | 'float64';

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

interface Region {
  address: number;
  bytes: number;
}

export function preluOnMemory(host: {
  memory: WasmMemory;
  kernels(code: string): KernelExports;
}): PreluMemoryKernels {
  /** What the sizes come to: of an element, of an array and of one number a channel, in bytes. */
  const sizesOf = (kind: Kind, outer: number, channels: number, inner: number) => {
    if (kind !== 'float32' && kind !== 'float64')
      throw new TypeError(`kind must be 'float32' or 'float64', got ${String(kind)}`);
    for (const [name, size, least] of [
      ['outer', outer, 0],
      ['channels', channels, 1],
      ['inner', inner, 1],
    ] as const)
      if (!Number.isSafeInteger(size) || size < least)
        throw new RangeError(`${name} must be an integer from ${least}, got ${size}`);
    const width = kind === 'float32' ? 4 : 8;
    const bytes = outer * channels * inner * width;
    return {
      width,
      bytes,
      channelBytes: channels * width,
      layout: layoutOf(outer, channels, inner),
    } as const;
  };
  /** All inside the memory; `written` shares no byte with another, unless it is one of `mayBe`. */
  const check = (regions: Record<string, Region>, written: string, mayBe: readonly string[]): void => {
    const size = host.memory.buffer.byteLength;
    const out = regions[written];
    for (const [name, { address, bytes }] of Object.entries(regions)) {
      if (!Number.isSafeInteger(address) || address < 0 || address + bytes > size)
        throw new RangeError(
          `${name} must be the address of ${bytes} bytes in a memory of ${size}, got ${address}`,
        );
      if (name === written || (mayBe.includes(name) && address === out.address)) continue;
      if (Math.max(address, out.address) < Math.min(address + bytes, out.address + out.bytes))
        throw new RangeError(
          `${written} overlaps ${name}: ${out.bytes} bytes at ${out.address}, ${bytes} at ${address}`,
        );
    }
  };
  return {
    preluForward(kind, x, slopes, y, ...sizes) {
      const { width, bytes, channelBytes, layout } = sizesOf(kind, ...sizes);
      const regions = {
        x: { address: x, bytes },
        slopes: { address: slopes, bytes: channelBytes },
        y: { address: y, bytes },
      };
      check(regions, 'y', ['x']);
      const kernels = host.kernels(preluPerChannelCode);
      const kernel = width === 4 ? kernels.f4 : kernels.f8;
      kernel(x, slopes, y, layout.outer, layout.channels, layout.inner);
    },
    preluBackward(kind, x, slopes, dy, dx, ...sizes) {
      const { width, bytes, channelBytes, layout } = sizesOf(kind, ...sizes);
      const regions = {
        x: { address: x, bytes },
        slopes: { address: slopes, bytes: channelBytes },
        dy: { address: dy, bytes },
        dx: { address: dx, bytes },
      };
      check(regions, 'dx', ['x', 'dy']);
      const kernels = host.kernels(preluPerChannelCode);
      const kernel = width === 4 ? kernels.b4 : kernels.b8;
      kernel(x, dy, slopes, dx, layout.outer, layout.channels, layout.inner);
    },
    preluSlopeGradient(kind, x, dy, ds, ...sizes) {
      const { width, bytes, channelBytes, layout } = sizesOf(kind, ...sizes);
      const regions = {
        x: { address: x, bytes },
        dy: { address: dy, bytes },
        ds: { address: ds, bytes: channelBytes },
      };
      check(regions, 'ds', []);
      const kernels = host.kernels(preluSlopeCode) as unknown as SlopeExports;
      const kernel = width === 4 ? kernels.s4 : kernels.s8;
      if (width === 8) new Uint8Array(host.memory.buffer, ds, channelBytes).fill(0); // it adds
      kernel(x, dy, ds, layout.outer, layout.channels, layout.inner, width);
    },
  };
}
