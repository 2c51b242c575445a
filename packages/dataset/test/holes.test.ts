import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  diabetesSchema,
  findPanels,
  loadTable,
  panelIds,
  type Split,
  sampleDiabetes,
  split,
  Table,
  type TableSchema,
} from '../src/index.js';
import { randomIntegers } from '../src/split/random.js';
import { onRealTable, realTableText } from './_tables.js';

const feature = (name: string) => ({ name, kind: 'number', role: 'feature' }) as const;
const schema: TableSchema = { columns: [...'abcde'].map(feature) };
const tableOf = (columns: readonly (readonly number[])[]) =>
  new Table(
    schema,
    columns.map((values) => ({ kind: 'number', values: Float64Array.from(values) })),
    columns[0].length,
  );

/** Rows of `panels` combinations of a, b, c and d, beside noise e; and the combination of every row. */
function panelled(panels: number, rows: number, seed: number) {
  const draw = randomIntegers(seed);
  const known = Array.from({ length: panels }, (_, i) => [i % 7, i * 2, (i * 3) % 11, draw(0, 40)]);
  const truth = Array.from({ length: rows }, () => draw(0, panels - 1));
  const columns = [0, 1, 2, 3].map((j) => truth.map((panel) => known[panel][j]));
  return { truth, columns: [...columns, truth.map(() => draw(0, rows))] };
}

/** The columns with a share of the first `width` ones' cells emptied. */
function emptied(columns: readonly (readonly number[])[], share: number, width: number, seed: number) {
  const draw = randomIntegers(seed);
  return columns.map((values, j) =>
    j < width ? values.map((value) => (draw(0, 9999) < share * 10_000 ? NaN : value)) : values,
  );
}

const onBothSides = ({ train, test: held }: Split, truth: readonly number[]) => {
  const trained = new Set(Array.from(train, (row) => truth[row]));
  return Array.from(held).filter((row) => trained.has(truth[row])).length;
};

const refusedOr = <T>(f: () => T): T | undefined => {
  try {
    return f();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
};

describe('emptying cells never lets a true group onto both sides', () => {
  const cases = fc.record({
    panels: fc.integer({ min: 6, max: 30 }),
    rowsOfEach: fc.integer({ min: 10, max: 30 }),
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
  });

  test.each([
    ['panels that are found', undefined, 0.1],
    ['groups by columns', ['a', 'b', 'c', 'd'], 0.5],
  ] as const)('%s', (_, groups, most) => {
    let held = 0;
    let runs = 0;
    fc.assert(
      fc.property(
        cases,
        fc.double({ min: 0, max: most, noNaN: true }),
        ({ panels, rowsOfEach, seed }, share) => {
          const { truth, columns } = panelled(panels, panels * rowsOfEach, seed);
          const table = tableOf(emptied(columns, share, 4, seed));
          const options = { method: 'grouped', seed, ...(groups && { groups }) } as const;
          const parts = refusedOr(() => split(table, options));
          runs++;
          if (parts === undefined) return;
          held++;
          expect(onBothSides(parts, truth)).toBe(0);
          const folds = refusedOr(() => split(table, { ...options, folds: 3 }));
          for (const fold of folds ?? []) expect(onBothSides(fold, truth)).toBe(0);
        },
      ),
      { numRuns: 120 },
    );
    expect(held / runs).toBeGreaterThan(0.4);
  });

  test('panels are found in few rows with many holes', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { truth, columns } = panelled(10, 100, seed);
      const table = tableOf(emptied(columns, 0.3, 4, seed));
      expect(findPanels(table).columns).toEqual(expect.arrayContaining(['b', 'c', 'd']));
      const parts = refusedOr(() => split(table, { method: 'grouped', seed }));
      if (parts) expect(onBothSides(parts, truth)).toBe(0);
    }
  });

  test('distinct rows, where there are no panels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (seed, share) => {
          const draw = randomIntegers(seed);
          const columns = [1, 2, 3, 4, 5].map(() => Array.from({ length: 60 }, () => draw(0, 500)));
          // Every row thrice, with cells lost in each copy on its own.
          const thrice = columns.map((values) => [...values, ...values, ...values]);
          const table = tableOf(emptied(thrice, share, 5, seed));
          const parts = refusedOr(() => split(table, { method: 'grouped', seed }));
          if (parts)
            expect(
              onBothSides(
                parts,
                [...thrice[0].keys()].map((row) => row % 60),
              ),
            ).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a row with holes joins the one panel that it agrees with', () => {
  const { truth, columns } = panelled(12, 240, 5);
  const whole = findPanels(tableOf(columns));
  expect(whole).toMatchObject({
    columns: ['a', 'b', 'c', 'd'],
    count: 12,
    holes: { joined: [], merging: [] },
  });
  // b alone tells the panel.
  const holed = findPanels(
    tableOf(columns.map((values, j) => values.map((v, i) => (j === 2 && i < 40 ? NaN : v)))),
  );
  expect(holed.count).toBe(12);
  expect(holed.holes.joined).toEqual(Array.from({ length: 40 }, (_, i) => i));
  expect(new Set(truth.map((panel, row) => `${panel} ${holed.ids[row]}`)).size).toBe(12);
});

test('a row that could be of several panels merges them, and no others', () => {
  const { columns } = panelled(12, 240, 5);
  // Of row 0 only a is left, which panel 0 to 4 share with panel 7 to 11.
  const at = columns[0].indexOf(0);
  const holed = findPanels(
    tableOf(columns.map((values, j) => values.map((v, i) => (j > 0 && j < 4 && i === at ? NaN : v)))),
  );
  expect(holed.count).toBe(11);
  expect(holed.holes).toMatchObject({ whole: 12, merging: [at] });
});

test('where rows without any value merge all groups, the split is refused and names them', () => {
  const { columns } = panelled(12, 240, 5);
  const table = tableOf(columns.map((values, j) => values.map((v, i) => (j < 4 && i === 17 ? NaN : v))));
  expect(() => split(table, { method: 'grouped', seed: 1 })).toThrow(
    /fewer than two groups by the features remain, .*\(row 18\): fill those cells, leave the rows out, or pass other groups/,
  );
  expect(() => split(table, { method: 'grouped', seed: 1, groups: ['a', 'b'] })).toThrow(
    /by "a", "b" remain/,
  );
});

describe.each([
  ['the embedded table', sampleDiabetes()],
  [
    `the real table${onRealTable}`,
    realTableText === undefined ? undefined : await loadTable(realTableText, { schema: diabetesSchema }),
  ],
])('%s with 58 + 80 cells lost', (_, table) => {
  test.skipIf(table === undefined)('keeps every panel on one side', () => {
    if (table === undefined) return;
    const truth = Array.from(panelIds(table));
    for (let seed = 0; seed < 5; seed++) {
      const draw = randomIntegers(seed);
      const lose = (holed: Table, name: string, count: number) => {
        const values = holed.numbers(name).slice();
        for (let i = 0; i < count; i++) values[draw(0, values.length - 1)] = NaN;
        return holed.withNumbers(name, values);
      };
      const holed = lose(lose(table, 'BS pp', 58), 'HbA1c', 80);
      const panels = findPanels(holed);
      expect(panels.columns).toEqual(['BS pp', 'Plasma R', 'Plasma F', 'HbA1c']);
      // A panel of few rows may have lost a cell in each.
      expect([20, 21]).toContain(panels.holes.whole);
      expect(panels.count).toBeGreaterThan(8);
      for (const method of ['grouped', 'stratified-grouped'] as const) {
        const parts = refusedOr(() => split(holed, { method, seed }));
        if (parts) expect(onBothSides(parts, truth)).toBe(0);
      }
    }
  });
});
