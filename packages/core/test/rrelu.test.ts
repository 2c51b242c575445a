import { describe, expect, it } from 'vitest';
import { rrelu, rreluTraining } from '../src/index.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

describe('rrelu', () => {
  it('takes the mean slope in evaluation', () => expect(rrelu()(-48)).toBeCloseTo(-11, 14));

  it('takes in training slopes that depend on seed and position alone, uniform in their bounds', () => {
    const n = 20000;
    const x = new Float64Array(n).fill(-1);
    const step = rreluTraining(1);
    const slopes = step.forward(x).map((v) => -v);
    expect(step.forward(x).map((v) => -v)).toEqual(slopes);
    expect(
      rreluTraining(2)
        .forward(x)
        .map((v) => -v),
    ).not.toEqual(slopes);
    expect(step.backward(x, new Float64Array(n).fill(1))).toEqual(slopes);
    expect(slopes.every((s) => s >= 1 / 8 && s < 1 / 3)).toBe(true);
    // Mean 11/48 and variance (5/24)²/12, each within 5 standard errors for n = 20000.
    const mean = slopes.reduce((a, b) => a + b) / n;
    const variance = slopes.reduce((a, s) => a + (s - mean) ** 2, 0) / n;
    expect(Math.abs(mean - 11 / 48)).toBeLessThan((5 * (5 / 24 / Math.sqrt(12))) / Math.sqrt(n));
    expect(Math.abs(variance - (5 / 24) ** 2 / 12)).toBeLessThan(0.04 * ((5 / 24) ** 2 / 12));
    // Neighbours are not correlated.
    const lag = slopes.slice(1).reduce((a, s, i) => a + (s - mean) * (slopes[i] - mean), 0) / n / variance;
    expect(Math.abs(lag)).toBeLessThan(5 / Math.sqrt(n));
  });

  it('is the same everywhere: these slopes are part of the contract', () => {
    expect([0, 1, 2].map((i) => rreluTraining(7).slope(i))).toMatchInlineSnapshot(`
      [
        0.2916006791735223,
        0.24448751712528366,
        0.24336197052616626,
      ]
    `);
  });

  it('passes what is not negative, and refuses a bad seed or bounds', () => {
    expect(rreluTraining(1).forward(Float64Array.of(2, -0, Number.NaN))).toEqual(
      Float64Array.of(2, -0, Number.NaN),
    );
    expect(() => rreluTraining(-1)).toThrow('seed must be an integer from 0 to 4294967295, got -1');
    expect(() => rreluTraining(1, { lower: 1, upper: 0 })).toThrow(RangeError);
  });

  // 9001 elements are several short tiles; 2 ** 18 + 5 of float32, or half as many of float64, are long ones.
  describe.each([
    ['float32', Float32Array, [0, 1, 3, 4, 31, 33, 9001, 2 ** 18 + 5]],
    ['float64', Float64Array as unknown as Float32ArrayConstructor, [0, 1, 3, 4, 31, 33, 9001, 2 ** 17 + 5]],
  ] as const)(
    '%s: f and f′ by the slope of each element, the same bits on every backend',
    (kind, Kind, lengths) => {
      it.each([
        [0, {}],
        [2 ** 32 - 1, { lower: -3, upper: 2 }],
        [12345, { lower: 1e-310, upper: 1e300 }],
      ])('seed %i, %o', (seed, params) => {
        const edges = [-0, 0, Number.NaN, -Infinity, Infinity, -1e-40, 1e-310, -3e38];
        for (const n of lengths) {
          const x = Kind.from({ length: n }, (_, i) => (i % 3 === 0 ? edges[(i / 3) % 8] : Math.sin(i) * 9));
          const dy = Kind.from({ length: n }, (_, i) => Math.cos(i) * 3);
          const { slope } = js.rreluTraining(seed, params);
          const y = x.map((v, i) => (v < 0 ? slope(i) * v : v));
          const dx = dy.map((d, i) => d * (x[i] > 0 ? 1 : x[i] <= 0 ? slope(i) : Number.NaN));
          for (const entry of [js, wasm]) {
            const step = entry.rreluTraining(seed, params);
            expect(sameBits(step.forward(x), y) && sameBits(step.backward(x, dy), dx), `length ${n}`).toBe(
              true,
            );
          }
          if (n === 0) continue;
          const pool = wasm.createPool(Kind.BYTES_PER_ELEMENT * 2 * n + 64);
          const [own, ownDy] = [x, dy].map((values) => {
            const array = pool.allocate(kind as 'float32', n);
            array.set(values);
            return array;
          });
          const step = wasm.rreluTraining(seed, params);
          expect(sameBits(step.backward(own, ownDy, ownDy), dx), `f′ in place, ${n}`).toBe(true);
          expect(sameBits(step.forward(own, own), y), `f in place, ${n}`).toBe(true);
        }
      });
    },
  );
});

function sameBits(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < b.length; i++) if (!Object.is(a[i], b[i])) return false;
  return a.length === b.length;
}
