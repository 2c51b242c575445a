import { describe, expect, it } from 'vitest';
import { prelu, preluPerChannel, preluSlopeGradient, rrelu, rreluTraining } from '../src/index.js';

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
});

describe('prelu', () => {
  it('starts at 0.25', () => expect(prelu()(-4)).toBe(-1));

  it('has the gradient for its slope', () => {
    expect(preluSlopeGradient(Float64Array.of(-2, 3, -1, 0), Float64Array.of(1, 10, 0.5, 7))).toBe(-2.5);
  });

  it.each([1, 2, 3])('per channel with innerSize %d equals one prelu for each channel', (innerSize) => {
    const slopes = Float64Array.of(0.5, -1, 0);
    const f = preluPerChannel(slopes, innerSize);
    const x = Float64Array.from({ length: 2 * 3 * innerSize }, (_, i) => (i % 2 ? -i - 1 : i));
    const dy = x.map((_, i) => i + 1);
    const channel = (i: number) => Math.floor(i / innerSize) % 3;
    const of = (i: number) => prelu({ negativeSlope: slopes[channel(i)] });
    expect(f.forward(x)).toEqual(x.map((v, i) => of(i)(v)));
    expect(f.backward(x, dy)).toEqual(x.map((v, i) => dy[i] * of(i).derivative(v)));
    const gradient = new Float64Array(3);
    x.forEach((v, i) => {
      if (v < 0) gradient[channel(i)] = gradient[channel(i)] + v * dy[i];
    });
    expect(f.slopeGradient(x, dy)).toEqual(gradient);
    expect(f.forward(x.slice(), x)).toBe(x);
  });

  it('per channel refuses what does not fit', () => {
    expect(() => preluPerChannel(new Float32Array(0))).toThrow(RangeError);
    expect(() => preluPerChannel(new Float32Array(2), 0)).toThrow(
      'innerSize must be a positive integer, got 0',
    );
    expect(() => preluPerChannel(new Float32Array(2), 3).forward(new Float32Array(8))).toThrow(
      'x must hold whole blocks of 2 channels × 3, got 8 elements',
    );
  });
});
