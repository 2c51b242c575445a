import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPca, type NumberMatrix } from '../src/index.js';
import { randomIntegers } from '../src/split/random.js';

const matrixOf = (columns: readonly ArrayLike<number>[]): NumberMatrix => ({
  data: Float64Array.from(
    { length: columns.length * columns[0].length },
    (_, i) => columns[i % columns.length][Math.floor(i / columns.length)],
  ),
  shape: [columns[0].length, columns.length],
});

/** What holds for every PCA: orthonormal components, the whole variance, descending, and all rows come back. */
function check(matrix: NumberMatrix) {
  const { shape } = matrix;
  const data = Array.from(matrix.data);
  const [rows, width] = shape;
  const pca = fitPca(matrix);
  const scale = data.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-300);
  const products = pca.components.flatMap((a, i) =>
    pca.components.map((b, j) => Math.abs(a.reduce((sum, x, k) => sum + x * b[k], 0) - (i === j ? 1 : 0))),
  );
  expect(Math.max(...products)).toBeLessThan(1e-12);
  const mean = pca.mean;
  const total = data.reduce((sum, x, i) => sum + (x - mean[i % width]) ** 2, 0) / (rows - 1);
  const explained = pca.explainedVariance.reduce((a, b) => a + b, 0);
  expect(Math.abs(explained - total)).toBeLessThanOrEqual(1e-11 * (total + scale ** 2 * 1e-16));
  expect(pca.explainedVariance).toEqual([...pca.explainedVariance].sort((a, b) => b - a));
  const back = pca.inverse(pca.transform(matrix)).data;
  const worst = data.reduce((most, x, i) => Math.max(most, Math.abs(x - back[i])), 0);
  expect(worst).toBeLessThan(1e-12 * scale * Math.sqrt(width));
  return pca;
}

describe('always ends, and is right where columns are copies, or nearly', () => {
  test('21 equal columns, on which Golub and Kahan never ended', () => {
    const column = Array.from({ length: 45 }, (_, i) => i % 3);
    expect(check(matrixOf(Array.from({ length: 21 }, () => column))).explainedVarianceRatio[0]).toBeCloseTo(
      1,
      14,
    );
  });

  test('random tables of low rank, of all scales', () => {
    const cases = fc.record({
      rows: fc.integer({ min: 2, max: 40 }),
      width: fc.integer({ min: 1, max: 24 }),
      rank: fc.integer({ min: 0, max: 4 }),
      noise: fc.constantFrom(0, 0, 1e-16, 1e-12, 1e-3),
      power: fc.integer({ min: -120, max: 120 }),
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
    });
    fc.assert(
      fc.property(cases, ({ rows, width, rank, noise, power, seed }) => {
        const draw = randomIntegers(seed);
        const random = (count: number) => Array.from({ length: count }, () => draw(-1000, 1000) / 100);
        const bases = Array.from({ length: rank }, () => random(rows));
        const columns = Array.from({ length: width }, () => {
          const mix = random(rank);
          const own = random(rows);
          return own.map(
            (x, i) => (bases.reduce((sum, base, k) => sum + base[i] * mix[k], 0) + x * noise) * 10 ** power,
          );
        });
        check(matrixOf(columns));
      }),
      { numRuns: 150 },
    );
  });

  test('a tenth column with 30 copies', () => {
    for (let seed = 0; seed < 20; seed++) {
      const draw = randomIntegers(seed);
      const random = Array.from({ length: 10 }, () => Array.from({ length: 60 }, () => draw(0, 9)));
      check(matrixOf([...random, ...Array.from({ length: 30 }, () => random[9])]));
    }
  });

  test('spreads that differ by 1e12 keep their digits', () => {
    const draw = randomIntegers(1);
    const column = () => Float64Array.from({ length: 50 }, () => draw(-100, 100));
    const [a, b] = [column(), column()];
    const pca = fitPca(matrixOf([a.map((x) => x * 1e6), b.map((x) => x * 1e-6)]));
    // The second variance is that of b once a is taken out of it: var(b) · (1 − r²).
    const mean = (x: Float64Array) => x.reduce((s, v) => s + v, 0) / 50;
    const cov = (x: Float64Array, y: Float64Array) =>
      x.reduce((s, v, i) => s + (v - mean(x)) * (y[i] - mean(y)), 0) / 49;
    const left = (cov(b, b) - cov(a, b) ** 2 / cov(a, a)) * 1e-12;
    expect(Math.abs(pca.explainedVariance[1] / left - 1)).toBeLessThan(1e-9);
  });
});
