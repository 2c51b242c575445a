import { describe, expect, test } from 'vitest';
import { fittingUnit } from '../src/audit/units.js';
import {
  audit,
  auditAsync,
  type Column,
  dedupe,
  idColumns,
  split,
  Table,
  type TableSchema,
} from '../src/index.js';
import { randomIntegers } from '../src/split/random.js';

// What ordinary tables have that once switched the audit off without a word: a hole, an id, one missing label, a rare class, another unit.
type Cells = readonly (number | string | null)[];
interface Given {
  readonly role: TableSchema['columns'][number]['role'];
  readonly cells: Cells;
  readonly more?: object;
}

/** A table of named columns; texts are categories, null is missing. */
function tableOf(columns: Readonly<Record<string, Given>>): Table {
  const all = Object.entries(columns).map(([name, { role, cells, more }]) => {
    const kind = cells.some((cell) => typeof cell === 'string') ? 'category' : 'number';
    const levels = [...new Set(cells.filter((cell) => typeof cell === 'string'))].sort();
    const column: Column =
      kind === 'number'
        ? { kind, values: Float64Array.from(cells, (cell) => (cell === null ? NaN : (cell as number))) }
        : {
            kind,
            levels,
            codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell as string))),
          };
    return { schema: { name, kind, role, ...more } as const, column };
  });
  return new Table(
    { columns: all.map(({ schema }) => schema) },
    all.map(({ column }) => column),
    Object.values(columns)[0].cells.length,
  );
}
const rows = <T>(n: number, cell: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => cell(i));
const feature = (cells: Cells, more?: object): Given => ({ role: 'feature', cells, ...(more && { more }) });
const label = (cells: Cells): Given => ({ role: 'label', cells });
const noise = (n: number, seed: number) => {
  const draw = randomIntegers(seed);
  return rows(n, () => draw(-5000, 5000) / 100);
};
const idsOf = (table: Table) => audit(table).findings.map(({ id }) => id);

describe('ids', () => {
  const a = noise(30, 1);
  const base = {
    a: feature([...a, ...a]),
    b: feature([...noise(30, 2), ...noise(30, 2)]),
    kind: label(rows(60, (i) => (i % 30 < 15 ? 'u' : 'v'))),
  };

  test.each([
    ['texts', rows(60, (i) => `p${i}`), 'other'],
    ['numbers that run on', rows(60, (i) => 1000 + i), 'feature'],
    ['numbers that run on, in any order', rows(60, (i) => 1000 + ((i * 37) % 60)), 'feature'],
    ['long numbers with gaps, without which rows repeat', rows(60, (i) => 1_000_000 + i * 7919), 'feature'],
  ] as const)('%s hide no copies and no twins', (_, cells, role) => {
    const table = tableOf({ nr: { role, cells }, ...base });
    expect(idColumns(table)).toMatchObject([{ column: 'nr', told: false }]);
    expect(audit(table).find('exact-duplicates')).toMatchObject({ count: 30, columns: ['a', 'b', 'kind'] });
    expect(audit(table).find('id-column')?.columns).toEqual(['nr']);
    const parts = split(table, { method: 'grouped', seed: 1 });
    expect(audit(table, { split: parts }).find('train-test-twins')).toBeUndefined();
    expect(
      audit(table, { split: split(table, { method: 'random', seed: 1 }) }).find('train-test-twins'),
    ).toBeDefined();
    expect(dedupe(table).table.rowCount).toBe(30);
    // Told that it is a measure, it is one.
    expect(audit(table, { ids: [] }).find('exact-duplicates')).toBeUndefined();
  });

  test('measures are none: decimals, numbers below 0, prices far apart, few values', () => {
    const prices = noise(60, 3).map((x) => Math.round(1e5 + 1000 * Math.abs(x)));
    const table = tableOf({
      a: feature(noise(60, 1)),
      b: feature(rows(60, (i) => i - 30)),
      prices: feature(prices),
      grade: feature(rows(60, (i) => i % 7)),
    });
    expect(idColumns(table)).toEqual([]);
  });
});

describe('labels', () => {
  const code = rows(80, (i) => i % 2);
  const withLabels = (cells: Cells) =>
    tableOf({ x: feature(noise(80, 1)), code: feature(code), lab: label(cells) });

  test('a missing label leaves out its row, not the checks', () => {
    const table = withLabels(rows(80, (i) => (i === 0 ? null : i % 2 ? 'y' : 'x')));
    expect(idsOf(table)).toEqual(
      expect.arrayContaining(['label-leak', 'threshold-solves-task', 'lookup-solves-task']),
    );
    expect(audit(table).notes).toContain(
      '1 of 80 rows have no label in lab: the checks of labels leave them out',
    );
    expect(audit(table).find('label-leak')?.explanation).toBe(
      'The label follows from code, in 100 % of rows.',
    );
  });

  test('what cannot be checked is listed with its reason', () => {
    const one = audit(withLabels(rows(80, () => 'x')));
    expect(one.whySkipped('label-leak')).toBe('every label in lab is x');
    expect(one.find('single-class')?.explanation).toContain('Every label is x');
    expect(one.find('constant-columns')).toBeUndefined();
    expect(audit(tableOf({ x: feature(noise(80, 1)) })).whySkipped('label-leak')).toBe(
      'no column has the role label',
    );
    expect(
      audit(tableOf({ lab: label(rows(40, (i) => (i % 2 ? 'x' : 'y'))) })).whySkipped('conflicting-labels'),
    ).toBe('there is no feature');
    const target = tableOf({ x: feature(noise(80, 1)), price: { role: 'target', cells: noise(80, 2) } });
    expect(audit(target).whySkipped('class-imbalance')).toBe(
      'the table has a number to predict, price, and no classes',
    );
    expect(audit(target).whySkipped('drift')).toBe('no split was given');
    expect(String(audit(target))).toContain(
      'NOT CHECKED train-test-twins, shared-groups, drift, missing-classes: no split was given',
    );
  });

  test('a feature that follows from the label, and tells half of it, is no leak', () => {
    const table = tableOf({
      x: feature(noise(100, 1)),
      fever: feature(rows(100, (i) => (i % 4 < 2 ? 1 : 0))),
      kind: label(rows(100, (i) => 'abcd'[i % 4])),
    });
    expect(audit(table).find('label-leak')).toBeUndefined();
  });

  test('a class of one is no task that a threshold solves', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const columns = Object.fromEntries(rows(10, (j) => [`f${j}`, feature(noise(300, seed * 10 + j))]));
      const table = tableOf({ ...columns, kind: label(rows(300, (i) => (i === 0 ? 'rare' : 'common'))) });
      expect(audit(table).find('threshold-solves-task')).toBeUndefined();
    }
  });

  test('rows that an unused column tells apart can be got right, and it is said', () => {
    const a = noise(50, 1);
    const given = {
      a: feature([...a, ...a]),
      b: feature([...noise(50, 2), ...noise(50, 2)]),
      kind: label(rows(100, (i) => (i < 50 ? 'u' : 'v'))),
    };
    expect(audit(tableOf(given)).find('conflicting-labels')?.explanation).toContain(
      'so no model can get them all right',
    );
    const unused = { role: 'other', cells: rows(100, (i) => (i < 50 ? 'left' : 'right')) } as const;
    const told = audit(tableOf({ ...given, side: unused })).find('conflicting-labels')?.explanation;
    expect(told).toContain('but side, which is no feature, tells them apart');
    expect(told).not.toContain('no model');
  });

  test('rows without any value have no features to be the same', () => {
    const holes = (cells: Cells) => cells.map((cell, i) => (i < 6 ? null : cell));
    const table = tableOf({
      a: feature(holes(noise(60, 1))),
      b: feature(holes(noise(60, 2))),
      kind: label(rows(60, (i) => (i % 2 ? 'u' : 'v'))),
    });
    const found = audit(table);
    expect([found.find('conflicting-labels'), found.find('exact-duplicates')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(found.find('missing-values')?.explanation).toContain('6 rows have no value in any feature');
  });
});

test('a copy that has lost a cell is a twin', () => {
  const lost = (cells: number[], at: number) => [...cells, ...cells.map((x, i) => (i === at ? null : x))];
  const table = tableOf({
    a: feature(lost(noise(40, 1), 3)),
    b: feature(lost(noise(40, 2), 5)),
    c: feature(lost(noise(40, 3), 7)),
  });
  expect(audit(table).find('exact-duplicates')?.count).toBe(40);
  const parts = {
    train: Uint32Array.from(rows(40, (i) => i)),
    test: Uint32Array.from(rows(40, (i) => 40 + i)),
  };
  expect(audit(table, { split: parts }).find('train-test-twins')?.count).toBe(40);
});

test('the unit that would fit is named', () => {
  const draw = randomIntegers(1);
  const glucose = { unit: 'mmol/L', range: { low: 2, high: 33, source: 'meters' } };
  const mgdl = tableOf({
    glucose: feature(
      rows(100, () => draw(70, 300)),
      glucose,
    ),
  });
  const found = audit(mgdl).find('implausible-values');
  expect(found?.explanation).toContain('glucose would fit mg/dL in place of mmol/L.');
  expect(found?.advice).toContain('glucose from mg/dL to mmol/L (÷ 18.0156, for glucose)');
  const few = tableOf({
    glucose: feature(
      rows(100, (i) => (i < 3 ? 120 : 7)),
      glucose,
    ),
  });
  expect(audit(few).find('implausible-values')?.explanation).not.toContain('fit');
});

// One quantity in both units.
test.each([
  [90.078, 'mg/dL', 5, 'mmol/L'], // glucose, 180.156 g/mol
  [5, 'mmol/L', 90.078, 'mg/dL'],
  [6.5, '%', 47.53, 'mmol/mol'], // HbA1c, the threshold of diabetes: 48 mmol/mol
  [47.53, 'mmol/mol', 6.5, '%'],
  [420, 'months', 35, 'years'],
  [12783.75, 'days', 35, 'years'],
  [35, 'years', 420, 'months'],
  [98.6, '°F', 37, '°C'],
  [37, '°C', 98.6, '°F'],
  [310.15, 'K', 37, '°C'],
  [150, 'lb', 68.0388555, 'kg'],
  [3400, 'g', 3.4, 'kg'],
  [68.0388555, 'kg', 150, 'lb'],
  [70, 'in', 177.8, 'cm'],
  [1.778, 'm', 177.8, 'cm'],
  [1778, 'mm', 177.8, 'cm'],
  [177.8, 'cm', 1.778, 'm'],
  [177.8, 'cm', 70, 'in'],
  [16, 'kPa', 120.00992, 'mmHg'],
  [120.00992, 'mmHg', 16, 'kPa'],
  [14, 'g/dL', 140, 'g/L'],
  [140, 'g/L', 14, 'g/dL'],
])('%d %s are %d %s', (from, unit, to, wanted) => {
  const range = { low: 0.999 * to, high: 1.001 * to };
  expect(fittingUnit(Float64Array.of(from, from, Number.NaN), wanted, range)).toMatchObject({ unit });
  expect(fittingUnit(Float64Array.of(to, to, from), wanted, range)).toBeUndefined();
});

test.each([
  [0, 40, 12],
  [-200, 10, 3],
  [999, 300, 60],
  [-1, 70, 20],
])('%d where others lie about %d is a code for missing', (code, mean, sd) => {
  const cells = noise(200, 1).map((x, i) => (i % 20 === 0 ? code : mean + (sd * x) / 50));
  expect(audit(tableOf({ v: feature(cells) })).find('sentinel')).toMatchObject({
    count: 10,
    details: [{ column: 'v', value: code, pass: `missingTexts: ['${code}']` }],
  });
});

test.each([-32768, 65535, -2147483648, -3.4028234663852886e38, -3.4e38, 3.402823e38, 1.7976931348623157e308])(
  '%d, where a computer’s numbers end, is a code for missing, in the target too',
  (code) => {
    const cells = noise(200, 1).map((x, i) => (i % 20 === 0 ? code : x));
    const found = { count: 10, details: [{ column: 'v', value: code }] };
    expect(audit(tableOf({ v: feature(cells) })).find('sentinel')).toMatchObject(found);
    const target = { role: 'target', cells } as const;
    expect(audit(tableOf({ x: feature(noise(200, 2)), v: target })).find('sentinel')).toMatchObject(found);
  },
);

test('of a target, 0 may be what it is', () => {
  const cells = rows(200, (i) => (i % 5 === 0 ? 0 : 100 + ((i * 37) % 51)));
  expect(audit(tableOf({ v: feature(cells) })).find('sentinel')).toBeDefined();
  const target = { role: 'target', cells } as const;
  expect(audit(tableOf({ x: feature(noise(200, 2)), v: target })).find('sentinel')).toBeUndefined();
});

test('a range that ends at 999, or is cut off there, has no code for missing', () => {
  const upTo = rows(300, (i) => 700 + ((i * 37) % 300));
  for (const cells of [upTo, upTo.map((x) => Math.min(999, x + 100)), upTo.map((x) => x - 700)])
    expect(audit(tableOf({ v: feature(cells) })).find('sentinel')).toBeUndefined();
});

test('a code for missing needs no heap: below 0 where nothing else is, and 0 far below all others', () => {
  const ages = (code: number) => rows(200, (i) => (i % 20 === 0 ? code : 20 + ((i * 37) % 51)));
  for (const code of [-1, 0]) {
    expect(audit(tableOf({ age: feature(ages(code)) })).find('sentinel')).toMatchObject({ count: 10 });
  }
  expect(audit(tableOf({ age: feature(ages(19)) })).find('sentinel')).toBeUndefined();
});

test('whether a cell is missing may give the label away', () => {
  const kind = rows(100, (i) => ((i * 7) % 3 === 0 ? 'u' : 'v'));
  const told = feature(noise(100, 4).map((x, i) => (kind[i] === 'u' ? null : x)));
  expect(audit(tableOf({ lab: told, kind: label(kind) })).find('label-leak')).toMatchObject({
    columns: ['lab'],
    explanation: 'The label follows from whether lab is missing, in 100 % of rows.',
    details: [{ column: 'lab', by: 'missing or not', tellsLabel: 1 }],
  });
});

test('whether a text is missing may give the label away, too', () => {
  const kind = rows(100, (i) => ((i * 7) % 3 === 0 ? 'u' : 'v'));
  const told = feature(kind.map((one, i) => (one === 'u' ? null : 'abc'[i % 3])));
  expect(audit(tableOf({ lab: told, kind: label(kind) })).find('label-leak')).toMatchObject({
    details: [{ column: 'lab', by: 'missing or not', tellsLabel: 1 }],
  });
});

test('conflicts are told as a share of the labelled rows', () => {
  const withTwins = (seed: number) => [...noise(90, seed), ...noise(90, seed).slice(0, 10)];
  const given = {
    a: feature(withTwins(1)),
    b: feature(withTwins(2)),
    kind: label(rows(100, (i) => (i < 40 ? 'u' : 'v'))),
  };
  expect(audit(tableOf(given)).find('conflicting-labels')).toMatchObject({
    count: 20,
    figure: 0.2,
    explanation: expect.stringContaining('20 rows (20 %) in 10 groups'),
  });
  const most = { conflictShare: 0.2 };
  expect(audit(tableOf(given), { thresholds: most }).find('conflicting-labels')).toBeUndefined();
});

test('numbers whose squares overflow or vanish are measured all the same', () => {
  for (const unit of [1e300, 1e-300, 1]) {
    const table = tableOf({
      x: feature(rows(60, (i) => (1 + i) * unit)),
      kind: label(rows(60, (i) => 'uv'[i % 2])),
    });
    const { mean, sd } = table.describe().columns[0];
    // numpy.mean and numpy.std of 1 … 60
    expect(mean / unit).toBeCloseTo(30.5, 10);
    expect(sd / unit).toBeCloseTo(17.318102282486574, 10);
    expect(audit(table).find('no-negative-inputs')).toBeDefined();
  }
});

describe('without a pause too long', () => {
  const big = () => {
    const columns = Object.fromEntries(rows(4, (j) => [`f${j}`, feature(noise(50_000, j))]));
    return tableOf({ ...columns, kind: label(rows(50_000, (i) => (i % 2 ? 'u' : 'v'))) });
  };

  test('tells how far it has come, and finds the same', async () => {
    const table = big();
    const told: number[] = [];
    const found = await auditAsync(table, { onProgress: ({ done }) => told.push(done) });
    expect(found).toEqual(audit(table));
    expect(told.length).toBeGreaterThan(15);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test('an abort is heard at the next step, with its reason', async () => {
    const reason = new Error('enough');
    const aborting = new AbortController();
    const stages: string[] = [];
    const running = auditAsync(big(), {
      signal: aborting.signal,
      onProgress: ({ stage }) => {
        stages.push(stage);
        if (stage === 'correlations') aborting.abort(reason);
      },
    });
    await expect(running).rejects.toBe(reason);
    expect(stages.at(-1)).toBe('correlations');
    await expect(auditAsync(big(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
