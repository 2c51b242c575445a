import { describe, expect, it } from 'vitest';
import pytorch from '../fixtures/pytorch.json' with { type: 'json' };
import * as accelerated from '../src/index.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';
import { WebAssembly } from './_webassembly.js';

const { prelu } = js;
const entries = [
  ['js', js],
  ['wasm', wasm],
  ['default', accelerated],
] as const;
const kinds = [
  ['float32', Float32Array],
  ['float64', Float64Array as unknown as Float32ArrayConstructor], // one type for both, so that tests can be written once
] as const;

const edges = [0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 1e-45, -1e-45, 3e38, -3e38, -5e-324];

/** Values of random signs, with an edge in every fifth place. */
const values = (Kind: Float32ArrayConstructor, length: number, salt: number): Float32Array =>
  Kind.from({ length }, (_, i) =>
    i % 5 === salt % 5 ? edges[(i + salt) % edges.length] : Math.sin(i * 12.9898 + salt) * 9,
  );

const slopesOf = (Kind: Float32ArrayConstructor, channels: number): Float32Array =>
  Kind.from({ length: channels }, (_, i) => [0.25, 0, 1.5, -0.7, 1e-3, 1, -0][i % 7] * (i + 1));

/** [outer, channels, inner]: rows and runs below, at and beyond a vector and a tile. */
const layouts: readonly (readonly [number, number, number])[] = [
  ...[1, 2, 3, 4, 5, 7, 8, 9, 10, 16, 17, 31, 64, 100].map((channels) => [7, channels, 1] as const),
  ...[2, 3, 4, 5, 7, 8, 9, 15, 49, 64, 100].map((inner) => [3, 5, inner] as const),
  [0, 3, 1],
  [0, 3, 4],
  [40, 1, 100],
  [3, 2, 2047],
  [3, 2, 2049],
  [1, 2, 4097],
  [1, 1, 9001],
  [1500, 3, 1],
  [2, 2049, 1],
  [2, 4097, 1],
  [2, 1500, 3],
  [1, 5000, 2],
];

/** Element by element: toEqual would take ten times as long. */
function expectBits(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    if (!Object.is(actual[i], expected[i])) expect(actual[i], `element ${i}`).toBe(expected[i]);
}

describe.each(kinds)('a slope per channel, %s', (kind, Kind) => {
  it.each(layouts)(
    '[%d, %d, %d] is a scalar PReLU for each channel, to the bit',
    (outer, channels, inner) => {
      const slopes = slopesOf(Kind, channels);
      const length = outer * channels * inner;
      const x = values(Kind, length, 1);
      const dy = values(Kind, length, 2);
      const each = Array.from(slopes, (negativeSlope) => prelu({ negativeSlope }));
      const of = (i: number) => each[Math.floor(i / inner) % channels];
      const y = Kind.from(x, (v, i) => of(i)(v));
      const dx = Kind.from(x, (v, i) => dy[i] * of(i).derivative(v));
      for (const [, entry] of entries) {
        const f = entry.preluPerChannel(slopes, inner);
        expectBits(f.forward(x), y);
        expectBits(f.backward(x, dy), dx);
        const own = x.slice();
        expect(f.forward(own, own)).toBe(own);
        expectBits(own, y);
        expectBits(f.backward(x.slice(), dy.slice(), dy.slice()), dx);
        const ownDy = dy.slice();
        expectBits(f.backward(x, ownDy, ownDy), dx);
      }
      if (length === 0) return;
      const pool = wasm.createPool((2 * length + channels) * Kind.BYTES_PER_ELEMENT + 48);
      const [px, pdy, ps] = [x, dy, slopes].map((data) => {
        const array = pool.allocate(kind as 'float32', data.length);
        array.set(data);
        return array;
      });
      const f = accelerated.preluPerChannel(ps, inner);
      expectBits(f.backward(px, pdy, pdy), dx);
      expectBits(f.forward(px, px), y);
      expectBits(ps, slopes);
    },
  );

  it.each(layouts)(
    '[%d, %d, %d] has the gradient for each slope, the same bits everywhere',
    (outer, channels, inner) => {
      const slopes = slopesOf(Kind, channels);
      const length = outer * channels * inner;
      const x = Kind.from({ length }, (_, i) => Math.sin(i * 12.9898) * 9);
      const dy = Kind.from({ length }, (_, i) => Math.cos(i * 78.233));
      const own = js.preluPerChannel(slopes, inner).slopeGradient(x, dy);
      expect(own).toBeInstanceOf(Float64Array);
      // One after another in float64: n terms of at most 9, so their sums differ by less than n²·9·2⁻⁵³.
      const plain = new Float64Array(channels);
      x.forEach((v, i) => {
        const c = Math.floor(i / inner) % channels;
        if (v < 0) plain[c] = plain[c] + v * dy[i];
      });
      own.forEach((sum, c) => {
        expect(Math.abs(sum - plain[c])).toBeLessThanOrEqual((outer * inner) ** 2 * 9 * 2 ** -53);
      });
      for (const [, entry] of entries)
        expectBits(entry.preluPerChannel(slopes, inner).slopeGradient(x, dy), own);
    },
  );

  it.each(layouts)('[%d, %d, %d] by address, at odd ones, in place', (outer, channels, inner) => {
    const length = outer * channels * inner;
    const slopes = slopesOf(Kind, channels);
    const x = values(Kind, length, 3);
    const dy = Kind.from({ length }, (_, i) => Math.cos(i * 78.233));
    const f = js.preluPerChannel(slopes, inner);
    const size = 3 * x.byteLength + 2 * slopes.byteLength + 5;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / 65536) });
    const bytes = new Uint8Array(memory.buffer).fill(0x55);
    let end = 1;
    /** One byte before and behind each array must stay. */
    const put = (data: Float32Array): number => {
      const at = end;
      bytes.set(new Uint8Array(data.buffer), at);
      end += data.byteLength + 1;
      return at;
    };
    const at = (address: number, count: number): Float32Array =>
      new Kind(bytes.slice(address, address + count * Kind.BYTES_PER_ELEMENT).buffer);
    const [px, pdy, ps, pds] = [x, dy, slopes, slopes].map(put);
    const kernels = wasm.instantiateKernels(memory);
    kernels.preluSlopeGradient(kind, px, pdy, pds, outer, channels, inner);
    expectBits(at(pds, channels), Kind.from(f.slopeGradient(x, dy)));
    kernels.preluBackward(kind, px, ps, pdy, pdy, outer, channels, inner);
    expectBits(at(pdy, length), f.backward(x, dy));
    kernels.preluForward(kind, px, ps, px, outer, channels, inner);
    expectBits(at(px, length), f.forward(x));
    expectBits(at(ps, channels), slopes);
    expect([px, pdy, ps, pds, end].map((address) => bytes[address - 1])).toEqual(Array(5).fill(0x55));
  });
});

describe('the gradient for the slope', () => {
  it.each(entries)('%s: of x ≥ 0 is 0 whatever dy, of NaN is NaN', (_, entry) => {
    for (const fill of [4, 40]) {
      const x = Float32Array.of(2, 0, -0, Infinity, ...Array<number>(fill).fill(-2));
      const dy = Float32Array.of(
        Infinity,
        Infinity,
        Number.NaN,
        Number.NaN,
        ...Array<number>(fill).fill(0.5),
      );
      expect(entry.preluSlopeGradient(x, dy)).toBe(-fill);
      for (const channels of [2, 4]) {
        const sums = entry.preluPerChannel(new Float32Array(channels)).slopeGradient(x, dy);
        expect(sums).toEqual(new Float64Array(channels).fill(-fill / channels));
      }
      x[0] = Number.NaN;
      expect(entry.preluSlopeGradient(x, dy)).toBe(Number.NaN);
    }
  });

  it.each(entries)('%s: of no element is 0', (_, entry) => {
    expect(entry.preluSlopeGradient(new Float64Array(0), new Float64Array(0))).toBe(0);
  });

  it('keeps digits that float32 sums would lose', () => {
    const x = new Float32Array(1e6).fill(-0.1);
    const sum = wasm.preluSlopeGradient(x, new Float32Array(1e6).fill(1));
    expect(Math.abs(sum / (1e6 * x[0]) - 1)).toBeLessThan(1e-13);
  });
});

it.each(entries)('%s: a slope per channel as PyTorch, with both gradients', (_, entry) => {
  const { slopes, inner, x, f, dy, dx, ds } = pytorch.channels;
  const own = entry.preluPerChannel(Float32Array.from(slopes), inner);
  const [input, weight] = [x, dy].map((data) => Float32Array.from(data));
  expect([...own.forward(input)]).toEqual(f);
  expect([...own.backward(input, weight)]).toEqual(dx);
  // PyTorch sums in float32.
  for (const [i, sum] of own.slopeGradient(input, weight).entries())
    expect(Math.abs(sum - ds[i])).toBeLessThanOrEqual(Math.abs(ds[i]) * 8 * 2 ** -24);
});

it('prelu starts at 0.25', () => expect(prelu()(-4)).toBe(-1));

describe.each(entries)('%s refuses', (_, entry) => {
  const slopes = new Float32Array(2);
  const x = new Float32Array(8);
  const within = x.subarray(4, 6);
  it.each<[string, () => unknown, ErrorConstructor, string]>([
    ['no slope', () => entry.preluPerChannel(new Float32Array(0)), RangeError, 'at least one slope, got 0'],
    [
      'plain slopes',
      () => entry.preluPerChannel([1] as unknown as Float32Array),
      TypeError,
      'slopes must be a Float32Array',
    ],
    [
      'inner 0',
      () => entry.preluPerChannel(slopes, 0),
      RangeError,
      'innerSize must be a positive integer, got 0',
    ],
    [
      'inner "1"',
      () => entry.preluPerChannel(slopes, '1' as unknown as number),
      TypeError,
      'innerSize must be a number',
    ],
    [
      'part of a block',
      () => entry.preluPerChannel(slopes, 3).forward(x),
      RangeError,
      'x must hold whole blocks of 2 channels × 3, got 8 elements',
    ],
    [
      'y on the slopes',
      () => entry.preluPerChannel(within).forward(x, x),
      RangeError,
      'y must not share memory with the slopes',
    ],
    [
      'dx on the slopes',
      () => entry.preluPerChannel(within).backward(x.slice(), x, x),
      RangeError,
      'dx must not share memory',
    ],
    [
      'a shorter y',
      () => entry.preluPerChannel(slopes).forward(x, new Float32Array(6)),
      RangeError,
      'y must have the length of x, 8, got 6',
    ],
    [
      'a shifted y',
      () => entry.preluPerChannel(slopes).forward(x.subarray(0, 6), x.subarray(2)),
      RangeError,
      'y overlaps x',
    ],
    [
      'a shifted dx',
      () => entry.preluPerChannel(slopes).backward(new Float32Array(6), x.subarray(0, 6), x.subarray(2)),
      RangeError,
      'dx overlaps dy',
    ],
    [
      'dy of another kind',
      () => entry.preluSlopeGradient(x, new Float64Array(8) as unknown as Float32Array),
      TypeError,
      'dy must be a Float32Array as x is',
    ],
  ])('%s', (_, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  it('slopes that were detached after it was made', () => {
    const own = new Float32Array(2);
    const f = entry.preluPerChannel(own);
    structuredClone(own.buffer, { transfer: [own.buffer] });
    expect(() => f.forward(x)).toThrow(
      new TypeError('slopes is detached, or out of the bounds of its resized buffer'),
    );
  });
});

describe('by address it refuses', () => {
  const kernels = wasm.instantiateKernels(new WebAssembly.Memory({ initial: 1 }));
  it.each<[string, () => unknown, ErrorConstructor, string]>([
    [
      'an unknown kind',
      () => kernels.preluForward('int8' as 'float32', 0, 64, 128, 1, 1, 1),
      TypeError,
      "kind must be 'float32' or 'float64', got int8",
    ],
    [
      'outer −1',
      () => kernels.preluForward('float32', 0, 64, 128, -1, 1, 1),
      RangeError,
      'outer must be an integer from 0, got -1',
    ],
    [
      'no channel',
      () => kernels.preluForward('float32', 0, 64, 128, 1, 0, 1),
      RangeError,
      'channels must be an integer from 1, got 0',
    ],
    [
      'inner 0.5',
      () => kernels.preluBackward('float32', 0, 64, 128, 128, 1, 1, 0.5),
      RangeError,
      'inner must be an integer from 1, got 0.5',
    ],
    [
      'slopes outside',
      () => kernels.preluForward('float32', 0, 65533, 128, 1, 1, 1),
      RangeError,
      'slopes must be the address of 4 bytes in a memory of 65536, got 65533',
    ],
    [
      'x outside',
      () => kernels.preluForward('float64', 65536 - 24, 0, 64, 2, 2, 1),
      RangeError,
      'x must be the address of 32 bytes',
    ],
    [
      'sizes beyond all memory',
      () => kernels.preluForward('float32', 0, 0, 0, 2 ** 30, 2 ** 30, 2 ** 30),
      RangeError,
      'x must be the address of',
    ],
    [
      'a shifted y',
      () => kernels.preluForward('float32', 0, 64, 4, 1, 2, 1),
      RangeError,
      'y overlaps x: 8 bytes at 4, 8 at 0',
    ],
    [
      'y on the slopes',
      () => kernels.preluForward('float32', 0, 64, 60, 1, 2, 1),
      RangeError,
      'y overlaps slopes',
    ],
    [
      'a shifted dx',
      () => kernels.preluBackward('float32', 0, 64, 128, 132, 1, 2, 1),
      RangeError,
      'dx overlaps dy',
    ],
    [
      'ds on dy',
      () => kernels.preluSlopeGradient('float32', 0, 64, 64, 1, 2, 1),
      RangeError,
      'ds overlaps dy',
    ],
  ])('%s', (_, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });
});
