import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float32Range } from '../measure/errors.js';
import { before } from '../src/activation/loops.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

const words = new DataView(new ArrayBuffer(8));

/** A float64 times 2^1074, which is an integer. */
function integer(x: number): bigint {
  words.setFloat64(0, Math.abs(x));
  const bits = words.getBigUint64(0);
  const exponent = bits >> 52n;
  const mantissa = bits & (2n ** 52n - 1n);
  const value = exponent === 0n ? mantissa : (mantissa | (1n << 52n)) << (exponent - 1n);
  return x < 0 ? -value : value;
}

/** −1, 0 or 1: where slope·x + offset lies from 0…1, in exact arithmetic; 0 is inside. */
function side(slope: number, x: number, offset: number): number {
  const line = integer(slope) * integer(x) + (integer(offset) << 1074n);
  return line <= 0n ? -1 : line >= 1n << 2148n ? 1 : 0;
}

/** The floats around a kink, which lies at x or a few of them away. */
function around(x: number, single: boolean): number[] {
  const below = [x];
  for (let i = 0; i < 8; i++) below.push(before(below[i], single));
  const above = [-x];
  for (let i = 0; i < 8; i++) above.push(before(above[i], single));
  return [...below, ...above.map((v) => -v)];
}

const check = (slope: number, offset: number) => {
  for (const [Kind, round] of [
    [Float64Array, (v: number) => v],
    [Float32Array, Math.fround],
  ] as const) {
    const [a, b] = [round(slope), round(offset)];
    if (a === 0) continue; // too small for float32
    const x = Kind.from(
      [-b / a, (1 - b) / a].flatMap((kink) => around(round(kink), Kind === (Float32Array as unknown))),
    );
    const sides = Array.from(x, (v) => side(a, v, b));
    expect(new Set(sides).size).toBeGreaterThan(1);
    const expected = sides.map((s) => (s === 0 ? a : 0));
    for (const backend of [js, wasm]) {
      const f = backend.hardSigmoid({ slope, offset });
      const one = x.map(() => 1);
      expect([...f.backward(x as Float32Array, one as Float32Array)]).toEqual(expected);
      const values = [...f.forward(x as Float32Array)];
      // Inside f may round to 0 or 1, outside it is one of them.
      expect(values.filter((_, i) => sides[i] !== 0)).toEqual(
        sides.filter((s) => s !== 0).map((s) => (s < 0 ? 0 : 1)),
      );
      if (Kind === (Float64Array as unknown)) expect(Array.from(x, f.derivative)).toEqual(expected);
    }
  }
};

describe('f′ of the hard sigmoid is the slope where the line is within 0…1 exactly, from float to float', () => {
  it.each([
    [0.2, 0.5],
    [0.25, 0.5],
    [0.1, 0.3],
    [Math.fround(1 / 6), 0.5],
    [1 / 3, 1e-17],
    [7, -1000],
    [0.3, 1.7],
    [1e-305, 0.1],
    [1e-30, 0.7],
  ])('slope %d, offset %d', check);

  it('any slope and offset', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        // In 0 and 1 lies a kink at x = 0, next to which slope·x is subnormal and has lost digits.
        fc
          .double({ min: -100, max: 100, noNaN: true })
          .filter((offset) => Math.abs(offset) > 1e-30 && Math.fround(offset) !== 1),
        check,
      ),
      { numRuns: 300 },
    ));
});

it.each([{}, { slope: 0.2 }, { slope: 0.3, offset: -0.1 }])(
  'float32 has the same bits on JS and on WASM, %o',
  (params) => {
    const x = float32Range(65537);
    const bitsOf = (array: Float32Array): Uint32Array =>
      new Uint32Array(array.map((v) => (Number.isNaN(v) ? Number.NaN : v)).buffer);
    const [onJs, onWasm] = [js, wasm].map((entry) => entry.hardSigmoid(params));
    expect(bitsOf(onWasm.forward(x))).toEqual(bitsOf(onJs.forward(x)));
    expect(bitsOf(onWasm.backward(x, x))).toEqual(bitsOf(onJs.backward(x, x)));
  },
);
