import { afterEach, describe, expect, test } from 'vitest';
import {
  audit,
  dedupe,
  encodeLabels,
  fitImputer,
  inferSchema,
  loadTable,
  split,
  summarize,
  TableError,
  type TableSchema,
} from '../src/index.js';

const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '=cmd()',
  '\u202Eabc',
];
const before = Object.getOwnPropertyNames(Object.prototype).sort();
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

describe.each(names)('%s as header and cell is text', (name) => {
  const quoted = `"${name}"`;
  const csv = `${quoted},${quoted.replace(/"$/, '2"')},kind\n1,2,${quoted}\n3,,other\n-1,4,${quoted}\n5,6,other\n`;
  const schema: TableSchema = {
    columns: [
      { name, kind: 'number', role: 'feature', range: { low: 0, high: 4, source: 'test' } },
      { name: `${name}2`, kind: 'number', role: 'feature' },
      { name: 'kind', kind: 'category', role: 'label', levels: [name, 'other'] },
    ],
  };

  test('through all that is done to a table', async () => {
    const table = await loadTable(csv, { schema });
    expect(table.columnNames).toEqual([name, `${name}2`, 'kind']);
    const rows = table.toRows();
    expect(rows.map((row) => Object.entries(row))).toEqual([
      [
        [name, 1],
        [`${name}2`, 2],
        ['kind', name],
      ],
      [
        [name, 3],
        [`${name}2`, null],
        ['kind', 'other'],
      ],
      [
        [name, -1],
        [`${name}2`, 4],
        ['kind', name],
      ],
      [
        [name, 5],
        [`${name}2`, 6],
        ['kind', 'other'],
      ],
    ]);
    expect(rows.every((row) => Object.getPrototypeOf(row) === Object.prototype)).toBe(true);
    expect(table.numbers(name)).toEqual(new Float64Array([1, 3, -1, 5]));
    expect(Object.entries(summarize(table).classes)).toEqual([
      [name, 2],
      ['other', 2],
    ]);
    expect(encodeLabels(table.labels(), 'index', [name, 'other']).values).toEqual(
      new Float32Array([0, 1, 0, 1]),
    );
    expect(fitImputer(table, { strategy: 'mean' }).apply(table).numbers(`${name}2`)[1]).toBe(4);
    expect(split(table, { method: 'stratified', testShare: 0.5, seed: 1 }).test).toHaveLength(2);
    expect(dedupe(table, ['kind']).table.labels()).toEqual([name, 'other']);
    expect(audit(table).find('implausible-values')).toMatchObject({ columns: [name], count: 2 });
    for (const text of [String(table), String(table.describe()), String(audit(table))])
      expect(text).not.toMatch(/\u202E/);
  });

  test('in a proposed schema', async () => {
    expect((await inferSchema(csv)).schema.columns.map((column) => column.name)).toEqual([
      name,
      `${name}2`,
      'kind',
    ]);
  });

  test('and in an error it is one line', async () => {
    const error = await loadTable(csv.replace('3,', `${quoted},`), { schema, name: 'x\n.csv' }).catch(
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(TableError);
    expect((error as TableError).issues[0]).toMatchObject({ row: 2, column: name, value: name });
    expect((error as TableError).message).toMatch(/^x\\n\.csv: row 2, [^\p{C}]*is not a number \(line 3\)$/u);
  });
});

test('a lookup of a name that no column has finds no inherited one', async () => {
  const table = await loadTable('a\n1\n', {
    schema: { columns: [{ name: 'a', kind: 'number', role: 'feature' }] },
  });
  for (const name of names) {
    expect(() => table.numbers(name)).toThrow(RangeError);
    expect(() => table.select([name])).toThrow(RangeError);
  }
});
