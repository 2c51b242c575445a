import { describe, expect, test } from 'vitest';
import { prepareNames } from '../src/design/design.js';
import { prepared } from '../src/design/prepare.js';
import { problemOf } from '../src/design/problem.js';
import { resolveDesign } from '../src/design/resolve.js';
import { splitsOf, validationPart } from '../src/design/split.js';
import { clouds, curve, tableOf } from './_tables.js';

const train = Uint32Array.from([0, 1, 2, 3, 4, 5]);
const test_ = Uint32Array.from([6, 7]);
const cells = (last: readonly (number | null)[], colour: string) => ({
  x: [1, 2, null, 4, 5, 9, ...last],
  z: [3, 1, 4, 1, 5, 9, 2, 6],
  colour: ['red', 'red', 'blue', null, 'blue', 'red', 'red', colour],
  kind: ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'],
});

describe.each(prepareNames)('%s', (prepare) => {
  test('learns nothing from the test part', () => {
    const of = (last: readonly (number | null)[]) =>
      prepared(problemOf(tableOf(cells(last, 'green'), 'kind'), {}), prepare, train, test_);
    const [a, b] = [of([7, 8]), of([1e6, null])];
    const width = a.shape[1];
    expect(a.data.subarray(0, 6 * width)).toEqual(b.data.subarray(0, 6 * width));
  });
});

test('holes get the training part’s median, levels a column each, unseen and missing ones are 0', () => {
  const problem = problemOf(tableOf(cells([100, null], 'green'), 'kind'), {});
  const { data, shape } = prepared(problem, 'raw', train, test_);
  expect(shape).toEqual([8, 5]);
  const row = (i: number) => [...data.subarray(5 * i, 5 * i + 5)];
  expect(row(0)).toEqual([1, 3, 0, 0, 1]); // blue, green, red
  expect(row(2)).toEqual([4, 4, 1, 0, 0]); // the median of 1, 2, 4, 5, 9
  expect(row(3)).toEqual([4, 1, 0, 0, 0]); // no colour
  expect(row(6)).toEqual([100, 2, 0, 0, 1]);
  expect(row(7)).toEqual([4, 6, 0, 0, 0]); // no training row is green
});

test('standardised columns have mean 0 and deviation 1 on the training part', () => {
  const problem = problemOf(clouds(40), {});
  const rows = Uint32Array.from({ length: 30 }, (_, i) => i);
  const { data } = prepared(problem, 'standardised', rows, Uint32Array.from([30]));
  const x = Array.from({ length: 30 }, (_, i) => data[2 * i]);
  expect(x.reduce((sum, v) => sum + v, 0) / 30).toBeCloseTo(0, 6);
  expect(x.reduce((sum, v) => sum + v * v, 0) / 30).toBeCloseTo(1, 6);
});

describe('splits', () => {
  test('are the same for a seed and keep units together', () => {
    const x = Array.from({ length: 90 }, (_, i) => Math.sin(Math.floor(i / 3)));
    const table = tableOf({ x, kind: x.map((v) => (v > 0 ? 'a' : 'b')) }, 'kind');
    const { design, problem } = resolveDesign(table);
    const [one] = splitsOf(problem, design, 5);
    expect(splitsOf(problem, design, 5)).toEqual([one]);
    const units = (rows: Uint32Array) => new Set(Array.from(rows, (row) => problem.unitOf[row]));
    expect([...units(one.test)].filter((unit) => units(one.train).has(unit))).toEqual([]);
    expect(one.train.length + one.test.length).toBe(90);
  });

  test('take a sample of large parts', () => {
    const { design, problem } = resolveDesign(clouds(200), { trainRows: 50, testRows: 10 });
    const [{ train: trained, test: tested }] = splitsOf(problem, design, 1);
    expect([trained.length, tested.length]).toEqual([50, 10]);
  });

  test('a validation part is whole units of the training part', () => {
    const unitOf = Int32Array.from({ length: 40 }, (_, row) => row >> 2);
    const rows = Uint32Array.from({ length: 32 }, (_, i) => i);
    const inner = validationPart(unitOf, rows, 3);
    expect(inner.train.length + inner.test.length).toBe(32);
    expect(inner.test.length).toBe(8);
    const validation = new Set(Array.from(inner.test, (row) => unitOf[row]));
    expect(Array.from(inner.train).some((row) => validation.has(unitOf[row]))).toBe(false);
    expect(() => validationPart(unitOf, Uint32Array.from([0, 1]), 1)).toThrow('at least 2 groups');
  });
});

test('a regression with categories is a problem too', () => {
  expect(problemOf(curve(), {})).toMatchObject({
    task: 'regression',
    classes: [],
    features: ['x', 'colour'],
  });
});
