import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dedupe, type Split, split, Table } from '../src/index.js';
import { smallSchema } from './_tables.js';

// Guarantees of scikit-learn's KFold, StratifiedKFold, GroupKFold, StratifiedGroupKFold and their shuffle splits, on random tables.
interface Case {
  readonly classes: readonly number[];
  readonly groups: readonly number[];
  readonly seed: number;
}

const cases = fc.integer({ min: 12, max: 120 }).chain((n) =>
  fc.record({
    classes: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: n, maxLength: n }),
    groups: fc.array(fc.integer({ min: 0, max: 14 }), { minLength: n, maxLength: n }),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  }),
);

const tableOf = ({ classes }: Case): Table => {
  const levels = ['a', 'b', 'c'];
  const columns = smallSchema.columns.map((column) =>
    column.kind === 'category' ? { ...column, levels } : column,
  );
  const x = Float64Array.from(classes, (_, i) => i);
  const label = { kind: 'category', codes: Int32Array.from(classes), levels } as const;
  return new Table(
    { columns },
    [{ kind: 'number', values: x }, { kind: 'number', values: x }, label],
    classes.length,
  );
};

/** The result, or undefined where the request is refused (a RangeError; anything else fails the test). */
const attempt = <T>(deal: () => T): T | undefined => {
  try {
    return deal();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
};

const sizes = (rows: ArrayLike<number>, classes: readonly number[]) =>
  [0, 1, 2].map((c) => Array.from(rows).filter((row) => classes[row] === c).length);
const isPermutation = ({ train, test }: Split, n: number) =>
  [...train, ...test].sort((a, b) => a - b).every((row, i) => row === i) && train.length + test.length === n;
const shareNoGroup = ({ train, test }: Split, groups: readonly number[]) => {
  const inTrain = new Set(Array.from(train, (row) => groups[row]));
  return test.every((row) => !inTrain.has(groups[row]));
};
const shares = fc.double({ min: 0.05, max: 0.95, noNaN: true });

/** A property that must not pass by refusing everything. */
function check(
  title: string,
  arbitrary: fc.Arbitrary<[Case, number]>,
  property: (c: Case, x: number) => boolean,
) {
  test(title, () => {
    let held = 0;
    let runs = 0;
    fc.assert(
      fc.property(arbitrary, ([c, x]) => {
        runs++;
        if (property(c, x)) held++;
      }),
      { numRuns: 200 },
    );
    expect(held / runs).toBeGreaterThan(0.3);
  });
}

describe('one split', () => {
  check('random: every row once, ⌈share · n⌉ in test', fc.tuple(cases, shares), (c, testShare) => {
    const n = c.classes.length;
    const parts = attempt(() => split(tableOf(c), { method: 'random', testShare, seed: c.seed }));
    if (!parts) return false;
    expect(isPermutation(parts, n)).toBe(true);
    expect(parts.test.length).toBe(Math.ceil(testShare * n));
    return true;
  });

  check('stratified: class shares within one row', fc.tuple(cases, shares), (c, testShare) => {
    const n = c.classes.length;
    const parts = attempt(() => split(tableOf(c), { method: 'stratified', testShare, seed: c.seed }));
    if (!parts) return false;
    expect(isPermutation(parts, n)).toBe(true);
    expect(parts.test.length).toBe(Math.ceil(testShare * n));
    const whole = sizes(
      Array.from({ length: n }, (_, i) => i),
      c.classes,
    );
    sizes(parts.test, c.classes).forEach((size, k) => {
      const exact = (whole[k] * parts.test.length) / n;
      expect(Math.abs(size - exact)).toBeLessThan(1);
      if (whole[k]) expect(size > 0 && size < whole[k]).toBe(true);
    });
    return true;
  });

  check('grouped: no shared group, ⌈share · groups⌉ in test', fc.tuple(cases, shares), (c, testShare) => {
    const parts = attempt(() =>
      split(tableOf(c), { method: 'grouped', groups: c.groups, testShare, seed: c.seed }),
    );
    if (!parts) return false;
    expect(isPermutation(parts, c.classes.length)).toBe(true);
    expect(shareNoGroup(parts, c.groups)).toBe(true);
    const count = new Set(c.groups).size;
    expect(new Set(Array.from(parts.test, (row) => c.groups[row])).size).toBe(Math.ceil(testShare * count));
    return true;
  });

  check(
    'stratified grouped: no shared group, every class on both sides',
    fc.tuple(cases, shares),
    (c, testShare) => {
      const options = { method: 'stratified-grouped', groups: c.groups, testShare, seed: c.seed } as const;
      const parts = attempt(() => split(tableOf(c), options));
      if (!parts) return false;
      expect(isPermutation(parts, c.classes.length)).toBe(true);
      expect(shareNoGroup(parts, c.groups)).toBe(true);
      for (const part of [parts.train, parts.test]) {
        sizes(part, c.classes).forEach((size, k) => {
          if (c.classes.includes(k)) expect(size).toBeGreaterThan(0);
        });
      }
      return true;
    },
  );
});

describe('folds', () => {
  const folding = fc.tuple(cases, fc.integer({ min: 2, max: 6 }));
  const everyRowOnce = (folds: readonly Split[], n: number) =>
    folds
      .flatMap(({ test }) => [...test])
      .sort((a, b) => a - b)
      .every((row, i) => row === i) && folds.every((fold) => isPermutation(fold, n));

  check('random: every row in one test part, sizes within one', folding, (c, folds) => {
    const all = attempt(() => split(tableOf(c), { method: 'random', folds, seed: c.seed }));
    if (!all) return false;
    expect(everyRowOnce(all, c.classes.length)).toBe(true);
    const lengths = all.map(({ test }) => test.length);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
    return true;
  });

  check('stratified: sizes and class sizes within one', folding, (c, folds) => {
    const all = attempt(() => split(tableOf(c), { method: 'stratified', folds, seed: c.seed }));
    if (!all) return false;
    expect(everyRowOnce(all, c.classes.length)).toBe(true);
    for (const k of [0, 1, 2]) {
      const counts = all.map(({ test }) => sizes(test, c.classes)[k]);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    return true;
  });

  check('grouped and stratified grouped: no shared group', folding, (c, folds) => {
    for (const method of ['grouped', 'stratified-grouped'] as const) {
      const all = attempt(() => split(tableOf(c), { method, folds, groups: c.groups, seed: c.seed }));
      if (!all) return false;
      expect(everyRowOnce(all, c.classes.length)).toBe(true);
      expect(all.every((fold) => shareNoGroup(fold, c.groups))).toBe(true);
      expect(all.every(({ test }) => test.length > 0)).toBe(true);
    }
    return true;
  });

  test('repeated: each round deals anew, the first as without repeats', () => {
    const table = tableOf({ classes: Array.from({ length: 30 }, (_, i) => i % 3), groups: [], seed: 0 });
    const once = split(table, { method: 'stratified', folds: 3, seed: 9 });
    const thrice = split(table, { method: 'stratified', folds: 3, repeats: 3, seed: 9 });
    expect(thrice).toHaveLength(9);
    expect(thrice.slice(0, 3)).toEqual(once);
    expect(thrice.slice(3, 6)).not.toEqual(once);
    expect(thrice.slice(6, 9)).not.toEqual(thrice.slice(3, 6));
  });
});

test('impossible requests name the class or the groups', () => {
  const table = tableOf({ classes: [0, 0, 0, 0, 0, 0, 1], groups: [], seed: 0 });
  expect(() => split(table, { method: 'stratified', seed: 0 })).toThrow(
    'class "b" has 1 row, too few for 2 test rows of 7',
  );
  expect(() => split(table, { method: 'stratified', folds: 2, seed: 0 })).toThrow(
    'class "b" has 1 row, too few for 2 folds',
  );
  const groups = [0, 0, 1, 1, 2, 2, 3];
  expect(() => split(table, { method: 'grouped', groups, folds: 5, seed: 0 })).toThrow(
    '4 groups are too few for 5 folds',
  );
  expect(() => split(table, { method: 'stratified-grouped', groups, seed: 0 })).toThrow(
    'class "b" stands in 1 group, too few for two parts',
  );
});

test('dedupe keeps the counts', () => {
  fc.assert(
    fc.property(cases, (c) => {
      const table = tableOf(c);
      const { table: kept, rows, counts } = dedupe(table, ['class']);
      expect(kept.rowCount).toBe(new Set(c.classes).size);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(table.rowCount);
      Array.from(rows).forEach((row, i) => {
        expect(c.classes.indexOf(c.classes[row])).toBe(row);
        expect(counts[i]).toBe(c.classes.filter((k) => k === c.classes[row]).length);
      });
    }),
    { numRuns: 50 },
  );
});

describe('stratified grouped folds', () => {
  test("repairs scikit-learn's issue 28218: every class in every fold", () => {
    const c = { classes: [1, 1, 0, 0, 2, 2], groups: [0, 1, 1, 2, 2, 3], seed: 0 };
    for (let seed = 0; seed < 200; seed++) {
      const folds = split(tableOf(c), { method: 'stratified-grouped', groups: c.groups, folds: 2, seed });
      for (const { test: held } of folds) expect(sizes(held, c.classes).every((size) => size > 0)).toBe(true);
    }
  });

  check(
    'no fold lacks a class, or it is an error',
    fc.tuple(cases, fc.integer({ min: 2, max: 5 })),
    (c, folds) => {
      const all = attempt(() =>
        split(tableOf(c), { method: 'stratified-grouped', groups: c.groups, folds, seed: c.seed }),
      );
      for (const { test: held } of all ?? [])
        sizes(held, c.classes).forEach((size, k) => {
          if (c.classes.includes(k)) expect(size).toBeGreaterThan(0);
        });
      return all !== undefined;
    },
  );
});
