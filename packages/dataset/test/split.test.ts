import { expect, test } from 'vitest';
import { panelIds, sampleDiabetes, shuffled, split } from '../src/index.js';

const table = sampleDiabetes();
const sorted = (rows: ArrayLike<number>) => Array.from(rows).sort((a, b) => a - b);
const all = Array.from({ length: 1009 }, (_, i) => i);

test('shuffled is a permutation, the same everywhere', () => {
  expect(sorted(shuffled(1009, 3))).toEqual(all);
  expect([...shuffled(8, 0)]).toMatchInlineSnapshot(`
    [
      4,
      7,
      3,
      2,
      6,
      5,
      0,
      1,
    ]
  `);
  expect([...shuffled(8, 1)]).toMatchInlineSnapshot(`
    [
      6,
      2,
      7,
      4,
      5,
      3,
      1,
      0,
    ]
  `);
  expect(shuffled(0, 0)).toHaveLength(0);
});

test('random: 1009 rows give 202 and 807, as scikit-learn', () => {
  const { train, test: held } = split(table, { method: 'random', seed: 4 });
  expect([held.length, train.length]).toEqual([202, 807]);
  expect(sorted([...train, ...held])).toEqual(all);
});

test('grouped: no panel on both sides', () => {
  const ids = panelIds(table);
  const { train, test: held } = split(table, { method: 'grouped', seed: 4 });
  expect(sorted([...train, ...held])).toEqual(all);
  const groupsOf = (rows: Uint32Array) => new Set([...rows].map((row) => ids[row]));
  expect([...groupsOf(held)].filter((id) => groupsOf(train).has(id))).toEqual([]);
  expect(groupsOf(held).size).toBe(5);
});

test('stratified grouped: every class in every part, and parts that differ by seed', () => {
  const types = table.labels();
  const classesIn = (rows: Uint32Array) => new Set(Array.from(rows, (row) => types[row])).size;
  const splits = Array.from({ length: 12 }, (_, seed) =>
    split(table, { method: 'stratified-grouped', seed }),
  );
  for (const { train, test: held } of splits) {
    expect([classesIn(train), classesIn(held)]).toEqual([3, 3]);
    expect(held.length).toBeGreaterThan(100);
    expect(held.length).toBeLessThan(350);
  }
  expect(new Set(splits.map(({ test: held }) => sorted(held).join())).size).toBeGreaterThan(6);
  for (const { test: held } of split(table, { method: 'stratified-grouped', folds: 5, seed: 1 }))
    expect(classesIn(held)).toBe(3);
});

test('groups by column names', () => {
  const { train, test: held } = split(table, { method: 'grouped', groups: ['Type'], seed: 1 });
  const types = table.labels();
  expect(new Set([...held].map((row) => types[row])).size).toBe(1);
  expect(new Set([...train].map((row) => types[row])).size).toBe(2);
});

test('impossible requests are errors', () => {
  expect(() => split(table, { method: 'random', testShare: 1, seed: 0 })).toThrow(RangeError);
  expect(() => split(table.head(1), { method: 'random', seed: 0 })).toThrow(
    'a split needs at least two rows, got 1',
  );
  const one = { method: 'grouped', seed: 0, groups: Array(table.rowCount).fill('a') } as const;
  expect(() => split(table, one)).toThrow('groups must tell at least two groups apart, got one');
  expect(() => split(table, { method: 'grouped', groups: [1, 2], seed: 0 })).toThrow(/1009 rows, got 2/);
  expect(() => split(table, { method: 'grouped', groups: ['Panel'], seed: 0 })).toThrow(/no column "Panel"/);
});
