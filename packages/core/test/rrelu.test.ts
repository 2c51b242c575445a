import { describe, expect, it } from 'vitest';
import { rrelu, rreluTraining } from '../src/index.js';

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
