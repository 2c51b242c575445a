import { describe, expect, test } from 'vitest';
import { linearRegression, logisticRegression } from '../src/baselines/linear.js';
import { fitMajority } from '../src/baselines/majority.js';
import { appliedRule, fitOneRule, ruleText } from '../src/baselines/one-rule.js';
import { problemOf } from '../src/design/problem.js';
import { fixture } from './_fixture.js';
import { tableOf } from './_tables.js';

const { classification, regression } = fixture('baselines');
const largestError = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
};
const matrix = (x: number[], columns: number) => ({
  data: Float32Array.from(x),
  shape: [x.length / columns, columns] as const,
});

interface Classified {
  classes: number;
  columns: number;
  x: number[];
  truth: number[];
  probabilities: number[];
}

test.each(classification as Classified[])(
  'logistic regression of $classes classes is scikit-learn’s',
  (given) => {
    const { classes, columns, x, truth, probabilities } = given;
    // Both stop when their gradients are small, not at 0.
    expect(largestError(logisticRegression(matrix(x, columns), truth, classes), probabilities)).toBeLessThan(
      5e-4,
    );
  },
);

test('linear regression is scikit-learn’s', () => {
  const { x, columns, truth, train, predictions } = regression;
  const own = linearRegression(matrix(x, columns), truth.slice(0, train), { mean: 50, deviation: 4 });
  expect(largestError(own, predictions)).toBeLessThan(1e-3);
});

describe('one rule', () => {
  test('of a regression is scikit-learn’s tree of depth 1', () => {
    const { x, columns, truth, train, column, threshold, stump } = regression;
    const names = ['a', 'b', 'c', 'd'];
    const cells = Object.fromEntries(
      names.map((name, j) => [name, truth.map((_: number, i: number) => x[i * columns + j])]),
    );
    const problem = problemOf(tableOf({ ...cells, y: truth }, 'y'), {});
    const rule = fitOneRule(
      problem,
      Uint32Array.from({ length: train }, (_, i) => i),
    );
    expect(rule.column).toBe(names[column]);
    expect(rule.threshold).toBeCloseTo(threshold, 5);
    const said = stump.map((_: number, i: number) => appliedRule(rule, problem, train + i).answer);
    expect(largestError(said, stump)).toBeLessThan(1e-9);
  });

  test('of classes cuts where the fewest are wrong, and is said in words', () => {
    const table = tableOf(
      { noise: [1, 2, 1, 2, 1, 2], x: [1, 2, 3, 10, 11, null], kind: ['a', 'a', 'a', 'b', 'b', 'b'] },
      'kind',
    );
    const problem = problemOf(table, {});
    const rule = fitOneRule(problem, Uint32Array.from([0, 1, 2, 3, 4, 5]));
    expect(ruleText(rule, problem)).toBe('x > 6.5: b, else a');
    expect(appliedRule(rule, problem, 4).shares).toEqual([0, 1]);
    expect(appliedRule(rule, problem, 5)).toEqual(fitMajority(problem.truth, 'classification', 2)); // missing
  });

  test('counts what it says of rows without a value: few rows that are told well are no rule for all', () => {
    const rows = Array.from({ length: 40 }, (_, i) => i);
    const half = (i: number) => (i < 20 ? 0 : 1);
    const all = Uint32Array.from(rows);
    for (const sparse of [
      rows.map((i) => (i % 10 === 0 ? half(i) : null)), // right, in 4 of 40 rows
      rows.map((i) => (i % 10 === 0 ? `k${half(i)}` : null)),
    ]) {
      const x = rows.map((i) => (i === 3 ? 30 : i)); // wrong about one
      const labelled = problemOf(
        tableOf({ sparse, x, kind: rows.map((i) => (half(i) === 0 ? 'a' : 'b')) }, 'kind'),
        {},
      );
      expect(fitOneRule(labelled, all)).toMatchObject({ column: 'x', threshold: 19.5 });
      for (const scale of [1, 1e-9, 1e9]) {
        const numbers = problemOf(tableOf({ sparse, x, y: rows.map((i) => scale * half(i)) }, 'y'), {});
        expect(fitOneRule(numbers, all)).toMatchObject({ column: 'x', threshold: 19.5 });
      }
    }
  });

  test('of a category says the most common class of each level', () => {
    const table = tableOf({ colour: ['red', 'red', 'blue', 'blue'], kind: ['a', 'a', 'b', 'b'] }, 'kind');
    const problem = problemOf(table, {});
    const rule = fitOneRule(problem, Uint32Array.from([0, 1, 2, 3]));
    expect(ruleText(rule, problem)).toBe('colour "red": a, "blue": b');
  });
});
