import { expect, test } from 'vitest';
import {
  hypergeometricTail,
  leastCorrelation,
  logChoose,
  logDeals,
  logGamma,
  poissonTail,
} from '../src/statistics/tails.js';

const closeTo = (actual: number, value: number) =>
  expect(Math.abs(actual - value)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));

// scipy.special.gammaln
test.each([
  [0.3, 1.0957979948180756],
  [0.5, 0.5723649429247],
  [1, 0],
  [2.5, 0.2846828704729192],
  [7, 6.579251212010101],
  [13.7, 21.774645173034635],
  [100, 359.1342053695754],
  [1e5, 1051287.7089736569],
])('ln Γ(%d) is SciPy’s', (x, value) => closeTo(logGamma(x), value));

test('ways to choose and to deal', () => {
  closeTo(logChoose(20, 5), Math.log(15504));
  closeTo(logDeals([3, 2, 5]), Math.log(2520)); // 10! ÷ (3!·2!·5!)
});

// scipy.stats.poisson.sf(k − 1, mean)
test.each([
  [3, 0.5, 0.014387677966970684],
  [10, 2, 4.649807501726386e-5],
  [1, 1e-6, 9.99999500000168e-7],
  [40, 12.5, 4.921748742239577e-10],
  [200, 120, 1.637784144906891e-11],
])('P(X ≥ %d) of a Poisson variable of mean %d is SciPy’s', (k, mean, value) =>
  expect(Math.abs(poissonTail(k, mean) / value - 1)).toBeLessThan(1e-11),
);

// scipy.stats.hypergeom.sf(x − 1, all, marked, drawn)
test.each([
  [3, 5, 10, 100, 0.00663791289711761],
  [1, 1, 3, 7, 0.4285714285714286],
  [8, 20, 30, 60, 0.9148891484153576],
  [19, 20, 30, 60, 3.981216413654435e-7],
])('P(%d or more of %d drawn, where %d of %d are marked) is SciPy’s', (x, drawn, marked, all, value) =>
  expect(Math.abs(hypergeometricTail(x, drawn, marked, all) / value - 1)).toBeLessThan(1e-11),
);

// t ÷ √(n − 2 + t²) with t of scipy.stats.t.isf(p/2, n − 2); ours is of a bound of the chance, and larger.
test.each([
  [10, 0.01, 0.7645924966620959],
  [20, 0.001, 0.6787810627112835],
  [200, 1e-6, 0.3377874231678599],
  [5000, 1e-9, 0.08626059898995478],
])('of %d pairs chance gives no correlation beyond it with more than %d', (n, p, r) => {
  const least = leastCorrelation(n, Math.log(p));
  expect(least / r).toBeGreaterThan(1);
  expect(least / r).toBeLessThan(1.02);
});
