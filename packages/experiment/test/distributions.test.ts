import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../src/statistics/normal.js';
import { studentQuantile, studentTails } from '../src/statistics/student.js';
import { fixture, relativeError } from './_fixture.js';

const { tails, quantiles, normal } = fixture('statistics');

describe('Student’s t beside mpmath and SciPy', () => {
  test.each(tails as [number, number, number][])('both tails of t = %d with %d degrees', (t, df, p) => {
    expect(relativeError(studentTails(t, df), p)).toBeLessThan(df > 1e5 ? 3e-11 : 2e-12);
    expect(studentTails(-t, df)).toBe(studentTails(t, df));
  });

  test.each(quantiles as [number, number, number][])('quantile of %d with %d degrees', (p, df, t) => {
    // 1 − p loses digits of a p near 1, and near one half t is the difference of near numbers.
    expect(relativeError(studentQuantile(p, df), t)).toBeLessThan(5e-10);
  });
});

test.each(normal as [number, number][])('the normal quantile of %d', (p, z) => {
  expect(relativeError(normalQuantile(p), z)).toBeLessThan(1e-14);
});

test('what is no probability, or no degrees of freedom, is refused', () => {
  expect(() => normalQuantile(1)).toThrow(new RangeError('p must be above 0 and below 1, got 1'));
  expect(() => studentQuantile(0, 3)).toThrow(RangeError);
  expect(() => studentQuantile(0.9, 0)).toThrow(new RangeError('df must be a finite number above 0, got 0'));
  expect(studentTails(Number.NaN, 3)).toBeNaN();
});
