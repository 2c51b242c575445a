import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  fitMinMaxScaler,
  fitPca,
  fitRobustScaler,
  fitStandardScaler,
  type NumberMatrix,
  pcaFromJson,
  type ScalerJson,
  sampleDiabetes,
  scalerFromJson,
} from '../src/index.js';

const fixture = JSON.parse(readFileSync(new URL('../fixtures/scalers.json', import.meta.url), 'utf8'));
const matrix = (values: readonly number[], columns: number): NumberMatrix => ({
  data: Float64Array.from(values),
  shape: [values.length / columns, columns],
});
/** Largest difference, relative to the larger of the value and the tolerance's unit: 1, so absolute below and relative above. */
const difference = (actual: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(actual.length).toBe(expected.length);
  return Array.from(actual).reduce((worst, a, i) => {
    const e = expected[i];
    return Math.max(worst, Math.abs(a - e) / Math.max(1, Math.abs(e)));
  }, 0);
};
// scikit-learn sums in another order and solves PCA by another method; 1e-10 leaves room for the conditioning of the fixture's columns.
const tolerance = 1e-10;
const train = matrix(fixture.train, fixture.columns);
const other = matrix(fixture.other, fixture.columns);

describe.each([
  ['standard', fitStandardScaler],
  ['minMax', fitMinMaxScaler],
  ['robust', fitRobustScaler],
] as const)('%s scaler', (name, fit) => {
  const scaler = fit(train);

  test('agrees with scikit-learn to 1e-10', () => {
    expect(difference(scaler.transform(train).data, fixture[name].train)).toBeLessThan(tolerance);
    expect(difference(scaler.transform(other).data, fixture[name].other)).toBeLessThan(tolerance);
  });

  test('comes back', () => {
    expect(difference(scaler.inverse(scaler.transform(other)).data, other.data)).toBeLessThan(tolerance);
  });

  test('is plain data', () => {
    const again = scalerFromJson(JSON.parse(JSON.stringify(scaler)) as ScalerJson);
    expect(again.transform(other)).toEqual(scaler.transform(other));
  });

  test('leaves the float type and the given matrix alone', () => {
    const given = sampleDiabetes().toMatrix();
    const before = given.data.slice();
    expect(fit(given).transform(given).data).toBeInstanceOf(Float32Array);
    expect(given.data).toEqual(before);
  });

  test('does not divide by zero', () => {
    const constant = fit(matrix([0.1, 5, 0.1, 6, 0.1, 7], 2));
    const scaled = constant.transform(matrix([0.1, 5, 3.1, 8], 2)).data;
    expect(scaled[0]).toBeCloseTo(0, 15); // the mean of three 0.1 is 0.10000000000000002
    expect(scaled[2]).toBeCloseTo(3, 15);
  });

  test('refuses what it cannot scale', () => {
    expect(() => fit(matrix([1, NaN], 1))).toThrow(/row 1, column 0 must be finite, got NaN/);
    expect(() => fit(matrix([], 1))).toThrow(RangeError);
    expect(() => scaler.transform(matrix([1, 2], 2))).toThrow(/5 columns of the fit, got 2/);
    const short = { data: new Float64Array(9), shape: [2, 5] as const };
    expect(() => scaler.transform(short)).toThrow('matrix.data must have 2 × 5 values, got 9');
  });
});

test('what is no scaler is refused', () => {
  const refused = (json: unknown) => expect(() => scalerFromJson(json as ScalerJson));
  refused({ kind: 'other' }).toThrow(/kind must be standard, min-max or robust, got "other"/);
  refused(null).toThrow(RangeError);
  refused({ kind: 'standard', mean: [1], sd: [0] }).toThrow(/sd must be above 0/);
  refused({ kind: 'standard', mean: [1], sd: [1, 2] }).toThrow(/mean and sd must have the same length/);
  refused({ kind: 'standard', mean: ['1'], sd: [1] }).toThrow(/mean must be a list of finite numbers/);
});

describe.each(['pcaRaw', 'pcaStandard'])('%s', (name) => {
  const expected = fixture[name];
  const input = matrix(expected.input, 3);
  const pca = fitPca(input);

  test('agrees with scikit-learn to 1e-10, signs included', () => {
    expect(difference(pca.components.flat(), expected.components.flat())).toBeLessThan(tolerance);
    expect(difference(pca.explainedVariance, expected.explainedVariance)).toBeLessThan(tolerance);
    expect(difference(pca.explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(tolerance);
    expect(difference(pca.transform(input).data, expected.train)).toBeLessThan(tolerance);
    expect(difference(pca.transform(matrix(expected.otherInput, 3)).data, expected.other)).toBeLessThan(
      tolerance,
    );
  });

  test('comes back, and is plain data', () => {
    expect(difference(pca.inverse(pca.transform(input)).data, input.data)).toBeLessThan(tolerance);
    expect(pcaFromJson(JSON.parse(JSON.stringify(pca))).transform(input)).toEqual(pca.transform(input));
  });

  test('fewer components are the first of all', () => {
    const two = fitPca(input, { components: 2 });
    expect(two.components).toEqual(pca.components.slice(0, 2));
    expect(two.transform(input).shape).toEqual([60, 2]);
    expect(two.inverse(two.transform(input)).shape).toEqual([60, 3]);
  });
});

test('PCA of constant columns has no variance, and no NaN', () => {
  const pca = fitPca(matrix([1, 2, 1, 2, 1, 2], 2));
  expect(pca.explainedVarianceRatio).toEqual([0, 0]);
  expect(Array.from(pca.transform(matrix([1, 2], 2)).data, Math.abs)).toEqual([0, 0]);
});

test('PCA refuses what it cannot do', () => {
  expect(() => fitPca(matrix([1, 2], 2))).toThrow('PCA needs at least 2 rows, got 1');
  expect(() => fitPca(matrix([1, 2, 3, 4], 2), { components: 3 })).toThrow(RangeError);
  expect(() => pcaFromJson({ kind: 'pca' } as never)).toThrow(TypeError);
});
