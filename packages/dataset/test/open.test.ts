import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { diabetesSchema, formatNote, type OpenOptions, openTable, type TableSource } from '../src/index.js';
import { openTableFile } from '../src/node.js';

const header = 'Age,BS Fast,BS pp,Plasma R,Plasma F,HbA1c,Type,Class';
const rows = '50,6.1,8.2,11.3,7.4,60,Type1,1\n31,5.2,6.1,7.1,5.4,35,Normal,0\n';
const other = 'a,b,kind\n1,2.5,x\n2,3.5,y\n3,4.5,x\n';
const folder = mkdtempSync(join(tmpdir(), 'rectify-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the diabetes table is known by its header', () => {
  test('as it is, and in other spellings', async () => {
    for (const names of [
      header,
      header.toLowerCase(),
      'age_,bs_fast,BS-pp,PlasmaR,plasma.f,HbA1c (mmol/mol),type,class',
    ]) {
      const { table, notes } = await openTable(`${names}\n${rows}`);
      expect(table.columnNames).toEqual(diabetesSchema.columns.map(({ name }) => name));
      expect(notes.map(({ because }) => because)).toContain(
        'the header is that of the diabetes table, so its schema is used',
      );
    }
  });

  test('a feature that it lacks is an error that names it', async () => {
    const without = (name: string) => openTable(`${header.replace(name, 'x')}\n${rows}`, { name: 'my.csv' });
    await expect(without('HbA1c')).rejects.toThrow(/^my\.csv: column "HbA1c": missing from the header/);
    await expect(openTable(`${header.replace('HbA1c', 'HbA1c (%)')}\n${rows}`)).rejects.toThrow(
      /is in "%", and the schema has "mmol\/mol"/,
    );
  });

  test('columns beside it are left out, and said, unless a role is given', async () => {
    const text = `ward,${header}\n${rows.replaceAll(/^/gm, 'w1,').replace(/w1,$/, '')}`;
    const { table, notes } = await openTable(text);
    expect(table.columnNames).not.toContain('ward');
    expect(notes.map(formatNote)).toContain(
      '"ward" not of the diabetes table, and left out (line 1); to decide otherwise pass label or schema',
    );
    const grouped = await openTable(text, { group: 'ward', ignore: 'Age' });
    expect(grouped.table.namesOf('group')).toEqual(['ward']);
    expect(grouped.table.featureNames).not.toContain('Age');
  });

  test('not when a label is given', async () => {
    const { table } = await openTable(`${header}\n${rows}`, { label: 'Class', header: true });
    expect(table.labelName).toBe('Class');
    expect(table.column('Type').kind).toBe('category');
  });
});

describe('another table', () => {
  test.each<[string, () => TableSource]>([
    ['string', () => other],
    ['bytes', () => new TextEncoder().encode(other)],
    ['Blob', () => new Blob([other])],
    ['stream', () => new Blob([other]).stream()],
    ['Node stream', () => Readable.from([new TextEncoder().encode(other)])],
  ])('opens from a %s', async (_, source) => {
    const { table, schema, notes, issues } = await openTable(source());
    expect(table.toRows()[1]).toEqual({ a: 2, b: 3.5, kind: 'y' });
    expect(schema).toBe(table.schema);
    expect(notes.find(({ column }) => column === 'kind')?.because).toMatch(/so perhaps the label/);
    expect(issues).toEqual([]);
  });

  test('from a file, whose path begins every message, with progress', async () => {
    const path = join(folder, 'my.csv');
    writeFileSync(path, other);
    const seen: number[] = [];
    const onProgress: OpenOptions['onProgress'] = ({ read, total = 0 }) => seen.push(read / total);
    expect((await openTableFile(path, { onProgress })).table.rowCount).toBe(3);
    expect(seen).toEqual([1]);
    await expect(openTableFile(path, { label: 'kidn' })).rejects.toThrow(
      `${path}: label must be a column of the file, got "kidn"; did you mean "kind"?`,
    );
    await expect(openTableFile(join(folder, 'none.csv'))).rejects.toThrow(
      /none\.csv: there is no file "none\.csv"$/,
    );
    await expect(openTableFile('')).rejects.toThrow("path must be a file's path");
  });

  test('a File gives its name', async () => {
    const file = new File(['a,b\n1\n'], 'my.csv');
    await expect(openTable(file)).rejects.toThrow(
      'my.csv: row 1: the row has 1 cells, the header 2 (line 2)',
    );
  });

  test('opens by a schema, which has the roles', async () => {
    const { schema } = await openTable(other);
    expect((await openTable(other, { schema })).table.rowCount).toBe(3);
    await expect(openTable(other, { schema, label: 'a' })).rejects.toThrow(
      'schema and label must not both be given',
    );
  });

  test('bad cells are refused, or their rows left out and named', async () => {
    const text = `v,kind\n${'1,x\n2,y\n'.repeat(20)}5*,x\n`;
    await expect(openTable(text)).rejects.toThrow('row 41, column "v": "5*" is not a number (line 42)');
    const { table, issues } = await openTable(text, { mode: 'lenient' });
    expect(table.rowCount).toBe(40);
    expect(issues).toMatchObject([{ row: 41, column: 'v', value: '5*' }]);
  });

  test('unknown options are refused, a signal stops it, a stream that is too long too', async () => {
    await expect(openTable(other, { lable: 'kind' } as OpenOptions)).rejects.toThrow(
      'openTable has no option "lable"; did you mean "label"?',
    );
    await expect(openTable(other, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    const waiting = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    await expect(openTable(waiting, { signal: AbortSignal.timeout(20) })).rejects.toThrow(/timeout/);
    const stream = new Blob([other]).stream();
    await expect(openTable(stream, { limits: { size: 10 }, name: 'my.csv' })).rejects.toThrow(
      'my.csv: the file is longer than limits.size, 10',
    );
  });
});
