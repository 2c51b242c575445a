// exp, expm1 and log1p on lanes against Math, whose own are within 1 ulp; the kernels of core are measured against mpmath.
import { describe, expect, it } from 'vitest';
import { exp, expm1OfNegative, expOf, type Lanes, log1pOf, productError, type V } from '../src/index.js';
import { compiled } from './_run.js';

const run = (f: (k: Lanes, x: V) => V, x: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>): number[] =>
  compiled({ params: 0, f, derivative: (_, v) => v })('f', x);

/** From low to high, evenly. */
const grid = (low: number, high: number): number[] =>
  Array.from({ length: 2001 }, (_, i) => low + ((high - low) * i) / 2000);

const worst = (ours: number[], truth: number[], epsilon: number): number =>
  Math.max(
    ...ours.map((v, i) => Math.abs(v - truth[i]) / (Math.abs(truth[i]) * epsilon || Number.MIN_VALUE)),
  );

describe.each([
  ['float32', Float32Array, 2 ** -23, -80],
  ['float64', Float64Array, 2 ** -52, -700],
] as const)('%s', (_, kind, epsilon, low) => {
  const negative = kind.from(grid(low, 0));
  it('exp of what is not positive', () =>
    expect(
      worst(
        run((k, x) => expOf(k, x).value, negative),
        [...negative].map(Math.exp),
        epsilon,
      ),
    ).toBeLessThan(2));
  it('exp of everything', () => {
    const x = kind.from(grid(low, -low));
    expect(worst(run(exp, x), [...x].map(Math.exp), epsilon)).toBeLessThan(2);
    expect(run(exp, kind.of(-Infinity, Infinity, 0, NaN))).toEqual([0, Infinity, 1, NaN]);
  });
  it('expm1', () =>
    expect(worst(run(expm1OfNegative, negative), [...negative].map(Math.expm1), epsilon)).toBeLessThan(2));
  it('log1p of exp', () => {
    const truth = [...negative].map((v) => Math.log1p(Math.exp(v)));
    expect(
      worst(
        run((k, x) => log1pOf(k, expOf(k, x)), negative),
        truth,
        epsilon,
      ),
    ).toBeLessThan(3);
  });
  it('the rounding error of a product', () => {
    const x = kind.from(grid(1, 2));
    const errors = run((k, v) => productError(k, v, v, k.mul(v, v)), x);
    if (kind === Float32Array)
      expect(errors).toEqual([...x].map((v) => v * v - Math.fround(v * v))); // exact in float64
    else
      for (const [i, error] of errors.entries()) {
        const whole = (v: number): bigint => BigInt(v * 2 ** 52);
        const exact = whole(x[i]) * whole(x[i]) - (whole(x[i] * x[i]) << 52n);
        const off = BigInt(error * 2 ** 104) - exact;
        expect(off * off, `${x[i]}²`).toBeLessThanOrEqual(1n); // halves of 26 and 27 bits: the product of two longer ones rounds
      }
  });
});
