import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activation, activationNames, type FloatArray } from '../src/index.js';

// Each function with its defaults and with parameters of its own.
const variants = [
  ...activationNames.map((name) => ({ name: name as string, params: {} })),
  { name: 'relu', params: { negativeSlope: 0.25, maxValue: 6, threshold: 1.5 } },
  { name: 'leaky_relu', params: { negativeSlope: 1.5 } },
  { name: 'leaky_relu', params: { negativeSlope: -2 } },
  { name: 'leaky_relu', params: { negativeSlope: 0 } },
  { name: 'gelu', params: { approximate: 'tanh' } },
  { name: 'celu', params: { alpha: 0.3 } },
  { name: 'silu', params: { beta: 1.75 } },
  { name: 'softplus', params: { beta: 0.5, threshold: 20 } },
  { name: 'hard_sigmoid', params: { slope: 0.25 } },
];

const values = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -12, max: 12, noNaN: true }) },
  { weight: 2, arbitrary: fc.double() },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, -0, 1, -1, 3, -3, 6, 0.5, -0.5, Number.NaN, Infinity, -Infinity),
  },
);
const arrays = fc.array(values, { maxLength: 40 });
const kinds: [string, (data: number[]) => FloatArray][] = [
  ['float32', (data) => Float32Array.from(data)],
  ['float64', (data) => Float64Array.from(data)],
];

describe.each(variants)('$name $params', ({ name, params }) => {
  const f = activation(name, params);

  it.each(kinds)('%s: in place is out of place, any split gives the same bits', (_, make) =>
    fc.assert(
      fc.property(arrays, fc.nat(), (data, cut) => {
        const x = make(data);
        const dy = make(data.map((v, i) => (Number.isFinite(v) ? v : i)));
        const y = f.forward(x);
        const dx = f.backward(x, dy);
        const k = cut % (x.length + 1);
        for (const [start, end] of [
          [0, k],
          [k, x.length],
        ] as const) {
          expect(f.forward(x.subarray(start, end))).toEqual(y.subarray(start, end));
          expect(f.backward(x.subarray(start, end), dy.subarray(start, end))).toEqual(
            dx.subarray(start, end),
          );
        }
        const own = x.slice();
        expect(f.backward(own, dy, own)).toEqual(dx);
        const ownDy = dy.slice();
        expect(f.backward(x, ownDy, ownDy)).toEqual(dx);
        expect(f.forward(x, x)).toEqual(y);
      }),
      { numRuns: 40 },
    ),
  );

  it('f′ is the slope of f where f is smooth', () =>
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (x) => {
        const h = 1e-5;
        fc.pre(f.kinks.every((kink) => Math.abs(x - kink) > 2 * h));
        const slope = (f(x + h) - f(x - h)) / (2 * h);
        expect(Math.abs(slope - f.derivative(x))).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
      }),
      { numRuns: 100 },
    ));

  it('keeps its range, and never falls if it says so', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [low, high] = f.range;
        const fa = f(Math.min(a, b));
        const fb = f(Math.max(a, b));
        for (const v of [fa, fb])
          expect(v >= low * (1 + Math.sign(low) * -1e-15) && v <= high * (1 + 1e-15)).toBe(true);
        if (f.monotonic && Number.isFinite(fa)) expect(fb).toBeGreaterThanOrEqual(fa - Math.abs(fa) * 1e-15);
      }),
      { numRuns: 100 },
    ));

  it('NaN gives NaN, ±∞ the limit, JSON the same function', () => {
    expect(f(Number.NaN)).toBe(Number.NaN);
    expect(f.derivative(Number.NaN)).toBe(Number.NaN);
    for (const x of [Infinity, -Infinity]) {
      expect(f(x)).not.toBe(Number.NaN);
      expect(f.derivative(x)).not.toBe(Number.NaN);
      // From 1e300 on every f here has reached its limit, or follows a straight line (exponential: overflow).
      const limit = f(x / Infinity === 0 ? 0 : Math.sign(x) * 1e300);
      if (Math.abs(limit) < 1e290) expect(f(x)).toBeCloseTo(limit, 12);
      else expect(f(x)).toBe(Math.sign(limit) * Infinity);
    }
    const again = activation(JSON.stringify(f));
    expect(again.toJSON()).toEqual(f.toJSON());
    for (const x of [-2.5, -0.3, 0, 0.7, 4]) expect(again(x)).toBe(f(x));
    expect(f.formula).not.toMatch(/undefined|NaN|null/);
  });
});
