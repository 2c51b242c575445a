import { describe, expect, test } from 'vitest';
import {
  type AuditOptions,
  audit,
  type FindingId,
  findingIds,
  loadTable,
  type Split,
  sampleDiabetes,
  shuffled,
  split,
  summarize,
  type Table,
  type TableSchema,
} from '../src/index.js';
import { smallSchema } from './_tables.js';

const small = (rows: readonly (readonly (number | string)[])[], columns = smallSchema.columns) =>
  loadTable([columns.map(({ name }) => name), ...rows].map((row) => row.join()).join('\n'), {
    schema: { columns },
  });

/** 40 rows of two unrelated features of both signs, and a label that follows from neither: nothing to find. */
const noise = (n = 40) => {
  const [a, b, c] = [shuffled(n, 1), shuffled(n, 2), shuffled(n, 3)];
  return Array.from({ length: n }, (_, i): [number, number, string] => [
    a[i] - n / 2,
    b[i] - n / 2,
    c[i] % 2 ? 'yes' : 'no',
  ]);
};
const change = (row: number, column: number, value: number | string) =>
  noise().map((cells, i) => (i === row ? cells.map((cell, j) => (j === column ? value : cell)) : cells));
const parts = (train: number[], test: number[]): Split => ({
  train: Uint32Array.from(train),
  test: Uint32Array.from(test),
});
const indices = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const withRange: TableSchema['columns'] = smallSchema.columns.map((column) =>
  column.name === 'a' ? { ...column, range: { low: -100, high: 100, source: 'test' } } : column,
);
const panelColumns: TableSchema['columns'] = [
  ...['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'number', role: 'feature' }) as const),
  ...smallSchema.columns.slice(2),
];
/** `count` combinations of three of 12 values each, in n rows, beside a column of noise. */
const panelled = (n: number, count: number) =>
  Array.from({ length: n }, (_, i) => {
    const panel =
      count === 0
        ? [shuffled(n, 4)[i], shuffled(n, 5)[i], shuffled(n, 6)[i]].map((x) => x % 12)
        : [i % count, (i % count) * 2, -(i % count)];
    return [...panel, shuffled(n, 7)[i], shuffled(n, 8)[i] % 2 ? 'yes' : 'no'];
  });

interface Example {
  readonly table: () => Promise<Table>;
  readonly options?: AuditOptions;
}
const plain: Example = { table: () => small(noise()) };

/** For each finding a table where it must fire, with what it must say, and one where it must not, as near to the threshold as may be. */
const examples: Record<FindingId, { fires: Example & { says: object }; silent: Example[] }> = {
  'missing-values': {
    fires: {
      table: () => small(change(3, 1, '')),
      says: { columns: ['b'], count: 1, rows: [3], figure: 1 / 40 },
    },
    silent: [
      plain,
      { table: () => small(change(3, 1, '')), options: { thresholds: { missingShare: 1 / 40 } } },
    ],
  },
  'exact-duplicates': {
    fires: {
      table: () => small([...noise(), ...noise().slice(5, 7)]),
      says: { count: 2, rows: [40, 41], figure: 2 / 42 },
    },
    silent: [plain],
  },
  'conflicting-labels': {
    fires: {
      table: () =>
        small([
          ...noise(),
          ...noise()
            .slice(0, 1)
            .map(([a, b, c]) => [a, b, c === 'no' ? 'yes' : 'no']),
        ]),
      says: { count: 2, rows: [0, 40] },
    },
    silent: [plain, { table: () => small([...noise(), ...noise().slice(0, 1)]) }],
  },
  panels: {
    fires: {
      table: () => small(panelled(240, 12), panelColumns),
      says: { columns: ['a', 'b', 'c'], count: 12, figure: 20 },
    },
    silent: [
      plain,
      { table: () => small(panelled(240, 0), panelColumns) },
      // Four rows to a combination, and five are asked for.
      { table: () => small(panelled(240, 60), panelColumns) },
      {
        table: () => small(panelled(240, 12), panelColumns),
        options: { thresholds: { panelMinColumns: 4 } },
      },
    ],
  },
  'label-leak': {
    fires: {
      table: () =>
        small(
          noise().map(([a, b, c]) => [a, b, c, c === 'yes' ? 7 : 8]),
          [...smallSchema.columns, { name: 'code', kind: 'number', role: 'other' }],
        ),
      says: { columns: ['code'], count: 1, figure: 1 },
    },
    silent: [
      plain,
      // The same for all but one row, and a column with a value for every row.
      {
        table: () =>
          small(
            noise().map(([a, b, c], i) => [a, b, c, (c === 'yes') === (i !== 4) ? 7 : 8]),
            [...smallSchema.columns, { name: 'code', kind: 'number', role: 'other' }],
          ),
      },
    ],
  },
  'threshold-solves-task': {
    fires: {
      table: () => small(noise().map(([a, b]) => [a, b, a > 5 ? 'yes' : 'no'])),
      says: {
        columns: ['a'],
        figure: 1,
        details: [
          {
            rule: 'a > 5',
            says: 'yes',
            class: 'yes',
            accuracy: 1,
            right: 14,
            rows: 14,
            restRight: 26,
            rest: 26,
            column: 'a',
            threshold: 5,
          },
        ],
      },
    },
    silent: [
      plain,
      { table: () => small(noise().map(([a, b], i) => [a, b, a > 5 !== (i === 9) ? 'yes' : 'no'])) },
    ],
  },
  'lookup-solves-task': {
    fires: {
      table: () => small(noise().map(([a, b]) => [Math.abs(a) % 4, b, Math.abs(a) % 4 === 2 ? 'yes' : 'no'])),
      says: { columns: ['a'], count: 4, figure: 1 },
    },
    // Values that occur once each cannot be looked up, however well they tell the label in hindsight.
    silent: [
      plain,
      { table: () => small(noise().map(([a, b]) => [a, b, Math.abs(a) % 4 === 2 ? 'yes' : 'no'])) },
    ],
  },
  'implausible-values': {
    fires: {
      table: () => small(change(2, 0, 101), withRange),
      says: {
        columns: ['a'],
        count: 1,
        rows: [2],
        figure: 1 / 40,
        details: [{ column: 'a', count: 1, values: 'above 100', from: 101, to: 101 }],
      },
    },
    silent: [
      plain,
      { table: () => small(change(2, 0, 100), withRange) },
      { table: () => small(change(2, 0, 101)) },
    ],
  },
  'implausible-reveals-class': {
    fires: {
      table: () =>
        small(
          noise().map(([a, b, c]) => [c === 'yes' ? 200 + a : a, b, c]),
          withRange,
        ),
      says: { columns: ['a'], count: 20, figure: 1 },
    },
    silent: [
      {
        table: () =>
          small(
            noise().map(([a, b, c]) => [200 + a, b, c]),
            withRange,
          ),
      },
      // All of one class, but so few that chance may do it.
      { table: () => small(change(2, 0, 101), withRange) },
    ],
  },
  'constant-columns': {
    fires: { table: () => small(noise().map(([a, , c]) => [a, 3, c])), says: { columns: ['b'], count: 1 } },
    silent: [plain, { table: () => small(noise().map(([a, , c], i) => [a, i === 0 ? 4 : 3, c])) }],
  },
  'near-constant-columns': {
    fires: {
      table: () => small(noise().map(([a, , c], i) => [a, i < 2 ? 4 : 3, c])),
      says: { columns: ['b'], figure: 0.95 },
    },
    silent: [
      plain,
      { table: () => small(noise().map(([a, , c], i) => [a, i < 3 ? 4 : 3, c])) },
      { table: () => small(noise().map(([a, , c]) => [a, 3, c])) },
    ],
  },
  'class-imbalance': {
    fires: {
      table: () => small(noise().map(([a, b], i) => [a, b, i < 10 ? 'yes' : 'no'])),
      says: { figure: 3, count: 2 },
    },
    silent: [plain, { table: () => small(noise().map(([a, b], i) => [a, b, i < 11 ? 'yes' : 'no'])) }],
  },
  'correlated-features': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [a, b / 10 - 2 * a, c])),
      says: { columns: ['a', 'b'], count: 1 },
    },
    silent: [plain, { table: () => small(noise().map(([a, b, c]) => [a, b - a, c])) }],
  },
  // Tukey's fence alone is at 41 here; of evenly spread values it is the longer tail that 42 is no proof of.
  outliers: {
    fires: { table: () => small(change(4, 1, 400)), says: { columns: ['b'], count: 1, rows: [4] } },
    silent: [plain, { table: () => small(change(4, 1, 42)) }],
  },
  'single-class': {
    fires: {
      table: () => small(noise().map(([a, b]) => [a, b, 'yes'])),
      says: { columns: ['class'], explanation: expect.stringContaining('Every label is yes') },
    },
    silent: [plain, { table: () => small(noise().map(([a, b], i) => [a, b, i === 0 ? 'no' : 'yes'])) }],
  },
  'id-column': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [a + 120, b, c])),
      says: {
        columns: ['a'],
        severity: 'warning',
        explanation: expect.stringContaining('rows are compared without it'),
      },
    },
    // Below 0, with decimals, or with repetitions nothing names a row; nor when told.
    silent: [
      plain,
      { table: () => small(noise().map(([a, b, c]) => [a + 120.5, b, c])) },
      { table: () => small(noise().map(([a, b, c]) => [(a + 120) % 25, b, c])) },
      { table: () => small(noise().map(([a, b, c]) => [a + 120, b, c])), options: { ids: [] } },
    ],
  },
  sentinel: {
    fires: {
      table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? 999 : b, c])),
      says: {
        columns: ['b'],
        count: 5,
        rows: [0, 9, 18, 27, 36],
        advice: expect.stringContaining("b: missingTexts: ['999']"),
      },
    },
    silent: [
      plain,
      // Not apart from the others, not a code, and within the range that the schema calls plausible.
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? 20 : b, c])) },
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? 612 : b, c])) },
      {
        table: () =>
          small(
            noise().map(([a, b, c], i) => [i % 9 === 0 ? 99 : a, b, c]),
            withRange,
          ),
      },
    ],
  },
  'dates-as-numbers': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [1_700_000_000 + 86_400 * a, b, c])),
      says: {
        columns: ['a'],
        explanation: expect.stringContaining('seconds since 1970, 2023-10-25 to 2023-12-03'),
      },
    },
    silent: [plain, { table: () => small(noise().map(([a, b, c]) => [1_700_000_000.5 + a, b, c])) }],
  },
  'float32-merges': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [1_700_000_000 + a, b, c])),
      says: { columns: ['a'], details: [{ column: 'a', distinct: 40, inFloat32: 1 }] },
    },
    silent: [plain, { table: () => small(noise().map(([a, b, c]) => [a + 0.1, b / 3, c])) }],
  },
  'no-negative-inputs': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [a + 20, b + 20, c])),
      says: { figure: 0, columns: ['a', 'b'] },
    },
    silent: [plain],
  },
  'train-test-twins': {
    fires: {
      table: () => small([...noise(), ...noise().slice(0, 2)]),
      options: { split: parts(indices(0, 30), indices(30, 42)) },
      says: { count: 2, rows: [40, 41], figure: 2 / 12 },
    },
    silent: [
      { table: () => small(noise()), options: { split: parts(indices(0, 30), indices(30, 40)) } },
      {
        table: () => small([...noise(), ...noise().slice(30, 32)]),
        options: { split: parts(indices(0, 30), indices(30, 42)) },
      },
    ],
  },
  'shared-groups': {
    fires: {
      ...plain,
      options: {
        split: parts(indices(0, 30), indices(30, 40)),
        groups: indices(0, 40).map((i) => (i > 28 ? 1 : 0)),
      },
      says: { count: 1, rows: indices(30, 40), figure: 1 },
    },
    silent: [
      {
        ...plain,
        options: {
          split: parts(indices(0, 30), indices(30, 40)),
          groups: indices(0, 40).map((i) => (i >= 30 ? 1 : 0)),
        },
      },
      { ...plain, options: { split: parts(indices(0, 30), indices(30, 40)) } },
    ],
  },
  drift: {
    fires: {
      table: () => small(noise().map(([a, b, c], i) => [i < 20 ? a : a + 35, b, c])),
      options: { split: parts(indices(0, 20), indices(20, 40)) },
      says: { columns: ['a'], count: 1 },
    },
    silent: [{ ...plain, options: { split: parts(indices(0, 20), indices(20, 40)) } }],
  },
  'missing-classes': {
    fires: {
      table: () => small(noise().map(([a, b], i) => [a, b, i < 10 ? 'yes' : 'no'])),
      options: { split: parts(indices(0, 30), indices(30, 40)) },
      says: { count: 1, details: [{ part: 'test', class: 'yes' }] },
    },
    silent: [{ ...plain, options: { split: parts(indices(0, 30), indices(30, 40)) } }],
  },
};

describe.each(findingIds)('%s', (id) => {
  const { fires, silent } = examples[id];
  test('fires', async () => {
    const found = audit(await fires.table(), fires.options).find(id);
    expect(found).toMatchObject({ id, ...fires.says });
    expect(found?.explanation).toMatch(/^\S.*\.$/);
    expect(found?.advice).toMatch(/^\S.*\.$/);
  });
  test.each(silent.map((example, i) => [i + 1, example] as const))(
    'is silent (%i)',
    async (_, { table, options }) => {
      expect(audit(await table(), options).find(id)).toBeUndefined();
    },
  );
});

test('a table with nothing to find has no findings', async () => {
  const found = audit(await small(noise()), { split: parts(indices(0, 30), indices(30, 40)) });
  expect(found.findings).toEqual([]);
  expect(String(found)).toMatch(
    /^No findings\.\n\nNOT CHECKED implausible-values: the schema gives no column a range/,
  );
});

test('a table without rows, or with one, has no findings and no panels', async () => {
  const table = await small(noise());
  for (const rows of [[], [3]]) {
    const few = table.takeRows(rows);
    expect(audit(few).findings.map(({ id }) => id)).toEqual([]);
    expect(summarize(few)).toMatchObject({
      rows: rows.length,
      exactDuplicates: 0,
      panels: 0,
      panelColumns: [],
    });
  }
});

test("drift's p-value is Kolmogorov's", () => {
  const table = sampleDiabetes();
  const options = { split: split(table, { method: 'random', seed: 1 }), thresholds: { driftLevel: 1.1 } };
  const found = audit(table, options)
    .find('drift')
    ?.details.find(({ column }) => column === 'BS Fast');
  // scipy.special.kolmogorov(0.058927454083698316 * sqrt(202 * 807 / 1009))
  expect(found?.distance).toBeCloseTo(0.058927454083698316, 15);
  expect(found?.pValue).toBeCloseTo(0.6288428002127846, 14);
});

test('prints, and is plain data', async () => {
  const found = audit(await small(change(3, 1, '')));
  expect(`\n${found}\n`).toMatchInlineSnapshot(`
    "
    WARNING missing-values
      1 cell is missing, in b.
      Impute them with figures of the training part (fitImputer), or drop the rows.
        column  missing  share
        ------  -------  -----
        b             1  0.025

    NOT CHECKED implausible-values: the schema gives no column a range

    NOT CHECKED panels: there are fewer than three features

    NOT CHECKED implausible-reveals-class: the schema gives no column a range

    NOT CHECKED train-test-twins, shared-groups, drift, missing-classes: no split was given
    "
  `);
  expect(JSON.parse(JSON.stringify(found))).toEqual({
    findings: found.findings,
    skipped: found.skipped,
    notes: [],
  });
});

test('what is no threshold or split is refused', async () => {
  const table = await small(noise());
  expect(() => audit(table, { thresholds: { nothing: 1 } as never })).toThrow(
    new RangeError('there is no threshold "nothing"'),
  );
  expect(() => audit(table, { thresholds: { missingShare: '0' as never } })).toThrow(
    /missingShare must be a number, got "0"/,
  );
  expect(() => audit(table, { split: parts([0], [40]) })).toThrow(
    /split.test\[0\] must be an integer from 0 to 39, got 40/,
  );
  expect(() => audit(table, { split: parts([], [1]) })).toThrow(/split.train must hold at least one row/);
});
