import { describe, expect, test } from 'vitest';
import { audit, formatNote, type OpenOptions, openTable, split, type Table } from '../src/index.js';
import * as shapes from './_shapes.js';

/** The table, its notes as text, and the roles of its columns. */
async function opened(source: string | Uint8Array, options: OpenOptions = {}) {
  const { table, notes, issues } = await openTable(source, options);
  const file = notes.filter(({ column }) => column === undefined).map(formatNote);
  const of = (column: string) => notes.find((note) => note.column === column)?.because ?? '';
  const roles = (role: 'feature' | 'id' | 'other') => table.namesOf(role);
  return { table, file, of, roles, issues };
}

/** No row is on both sides, every row on one, and each part of a stratified split has the classes of the table. */
function expectSplitHolds(table: Table): void {
  const { train, test } = split(table, { method: 'stratified', testShare: 0.25, seed: 3 });
  expect([...train, ...test].sort((a, b) => a - b)).toEqual(
    Array.from({ length: table.rowCount }, (_, i) => i),
  );
  const classes = new Set(table.labels());
  expect(new Set(table.takeRows(train).labels())).toEqual(classes);
  expect(new Set(table.takeRows(test).labels())).toEqual(classes);
}

const found = (table: Table) => audit(table).findings.map(({ id }) => id);

describe('files in the shape of public ones open, with all that was found said', () => {
  test('Pima: zeros are missing where that is told', async () => {
    const { table, of } = await opened(shapes.pima());
    expect(table.rowCount).toBe(300);
    expect(table.labelName).toBe('Outcome');
    expect(of('Outcome')).toMatch(/^2 distinct texts; it has the name of a label/);
    const missing = ['Glucose', 'BloodPressure', 'SkinThickness', 'Insulin', 'BMI'].map((column) => ({
      column,
      text: '0',
    }));
    const told = await opened(shapes.pima(), { missingTexts: missing, label: 'outcome' });
    const zeros = table.numbers('Insulin').filter((value) => value === 0).length;
    expect(zeros).toBeGreaterThan(100);
    expect(told.table.numbers('Insulin').filter(Number.isNaN)).toHaveLength(zeros);
    expect(told.table.numbers('Pregnancies').filter(Number.isNaN)).toHaveLength(0);
    expect(audit(table).find('sentinel')?.columns).toEqual(
      expect.arrayContaining(['BloodPressure', 'SkinThickness']),
    );
    expect(audit(told.table).find('sentinel')).toBeUndefined();
    expect(found(table)).not.toContain('label-leak');
    expectSplitHolds(table);
  });

  test('wine quality: semicolons are found', async () => {
    const { table, file, roles } = await opened(shapes.wineQuality());
    expect(file).toEqual(['separated by ";"; to decide otherwise pass delimiter']);
    expect(table.rowCount).toBe(480);
    expect(table.labelName).toBe('quality');
    expect(roles('feature')).toHaveLength(9);
    expect(audit(table).find('exact-duplicates')?.count).toBe(80);
  });

  test('adult: no header, spaces, question marks', async () => {
    const { table, file, of } = await opened(shapes.adult());
    expect(file.join()).toMatch(
      /^the first record \(.*\) looks like data, so there is no header.*pass header$/,
    );
    expect(table.rowCount).toBe(500);
    expect(table.labels()[0]).toMatch(/^[<>]=?50K$/);
    expect(of('column 2')).toBe('3 distinct texts, and "?" read as missing');
    expect(table.schema.columns[1].levels).toEqual(['Private', 'Self-emp-inc', 'State-gov']);
    expect(table.column('column 8')).toMatchObject({ kind: 'number' });
    expect(audit(table).find('missing-values')?.columns).toEqual(['column 2', 'column 10']);
    expect(found(table)).toEqual(['missing-values', 'no-negative-inputs']);
    expectSplitHolds(table);
  });

  test('titanic: an id, names, gaps', async () => {
    const { table, roles, of } = await opened(shapes.titanic());
    expect(table.labelName).toBe('Survived');
    expect(roles('id')).toEqual(['PassengerId', 'Name']);
    expect(table.row(0).Name).toMatch(/^Name0, Mrs?\. Ada "Any" \d+$/);
    expect(roles('feature')).toEqual(
      expect.arrayContaining(['Pclass', 'Sex', 'Age', 'SibSp', 'Fare', 'Embarked']),
    );
    expect(of('Age')).toMatch(/numbers, \d+ empty$/);
    expect(found(table)).not.toContain('label-leak');
    expectSplitHolds(table);
  });

  test('mushrooms: categories alone', async () => {
    const { table, of, roles } = await opened(shapes.mushrooms());
    expect(table.labelName).toBe('class');
    expect(roles('feature')).toHaveLength(6);
    expect(of('stalk-root')).toMatch(/^3 distinct texts, and "\?" read as missing/);
    expect(table.schema.columns.every(({ kind }) => kind === 'category')).toBe(true);
    expect(() => found(table)).not.toThrow();
    expectSplitHolds(table);
  });

  test('the breast cancer table: no header and an id', async () => {
    const { table, file, of, roles } = await opened(shapes.wdbc());
    expect(of('column 1')).toMatch(/the first column, without a name, .* hardly come again: role id$/);
    expect(roles('id')).toEqual(['column 1']);
    expect(found(table)).toEqual(['id-column', 'correlated-features', 'no-negative-inputs']);
    const kept = await opened(shapes.wdbc(), { features: ['column 1', 'column 3'] });
    expect(kept.roles('feature')).toEqual(['column 1', 'column 3']);
    expect(file.join()).toMatch(/there is no header/);
    expect(table.rowCount).toBe(300);
    expect(table.labelName).toBe('column 2');
    expect(table.featureNames).toHaveLength(5);
    const named = await opened(shapes.wdbc(), { names: ['id', 'diagnosis', 'r', 'p', 'a', 's', 'c'] });
    expect(named.file).toEqual([]);
    expect(named.roles('id')).toEqual(['id']);
    expect(named.table.labelName).toBe('diagnosis');
    expectSplitHolds(named.table);
  });

  test('AirQuality: decimal commas, −200, separators too many, empty rows', async () => {
    const { table, file, roles, of } = await opened(shapes.airQuality(), {
      missingTexts: ['-200'],
      target: 'C6H6(GT)',
    });
    expect(file.map((note) => note.replace(/"[\d,]+"/, '…'))).toEqual([
      'separated by ";"; to decide otherwise pass delimiter',
      'numbers such as … are read with "," as decimal mark; to decide otherwise pass decimal',
      '2 columns without name and content left out (line 1)',
      '30 rows are wholly empty and left out (line 242); to decide otherwise pass emptyRows',
    ]);
    expect(table.rowCount).toBe(240);
    expect(table.targetName).toBe('C6H6(GT)');
    expect(roles('other')).toEqual(['Date', 'Time']);
    expect(of('Date')).toMatch(/dates or times such as "10\/03\/2004" are kept as text/);
    expect(table.numbers('NMHC(GT)').filter(Number.isNaN).length).toBeGreaterThan(150);
    expect(
      Math.min(...table.numbers('CO(GT)').filter((value) => !Number.isNaN(value))),
    ).toBeGreaterThanOrEqual(0);
    const untold = await opened(shapes.airQuality());
    expect(audit(untold.table).find('sentinel')?.columns).toEqual(
      expect.arrayContaining(['CO(GT)', 'PT08.S1(CO)', 'NMHC(GT)']),
    );
    expect(audit(table).find('sentinel')).toBeUndefined();
    const parts = split(table, { method: 'random', testShare: 0.2, seed: 1 });
    expect(parts.test).toHaveLength(48);
  });

  test('soybean: nineteen classes', async () => {
    const { table } = await opened(shapes.soybean());
    expect(table.labelName).toBe('class');
    expect(new Set(table.labels()).size).toBe(19);
    expect(table.schema.columns[1]).toMatchObject({ name: 'date', kind: 'number', missingTexts: ['?'] });
    expect(found(table).sort()).toEqual(['class-imbalance', 'missing-values', 'no-negative-inputs']);
    expectSplitHolds(table);
  });

  test('the Iraqi table: ids, and "Y " is "Y"', async () => {
    const { table, roles, of } = await opened(shapes.iraqi());
    expect(table.labelName).toBe('CLASS');
    expect(new Set(table.labels())).toEqual(new Set(['N', 'P', 'Y']));
    expect(of('CLASS')).toMatch(/outer spaces do not count, as in "[NPY] "/);
    expect(of('Gender')).toMatch(/"F" and "f" stay apart: if they mean the same, say so in spellings/);
    expect(roles('id')).toEqual(['ID', 'No_Pation']);
    expect(audit(table).find('id-column')?.columns).toEqual(['ID', 'No_Pation']);
    expect(found(table)).toEqual(['class-imbalance', 'id-column', 'no-negative-inputs']);
    expectSplitHolds(table);
  });

  test('an export of a German Excel', async () => {
    const bytes = shapes.germanExcel();
    await expect(openTable(bytes, { name: 'Kunden.csv' })).rejects.toThrow(
      /^Kunden\.csv: no encoding was passed, and the file holds a byte 0xf6, which is not utf-8 text \(line 2\)$/,
    );
    const { table, file, roles } = await opened(bytes, { encoding: 'windows-1252' });
    expect(file[0]).toBe('separated by ";", as line 1 says (line 1); to decide otherwise pass delimiter');
    expect(file[1]).toMatch(/are read with "," as decimal mark and "\." between thousands/);
    expect(table.columnNames).toEqual(['Kunde', 'Größe (cm)', 'Umsatz', 'Rabatt', 'Datum', 'Gruppe']);
    expect(table.labelName).toBe('Gruppe');
    expect(roles('id')).toEqual(['Kunde']);
    expect(Math.max(...table.numbers('Umsatz'))).toBeGreaterThan(1000);
    expect(Number.isNaN(Math.max(...table.numbers('Umsatz')))).toBe(false);
    expect(roles('other')).toEqual(['Datum']);
    expect(found(table)).toEqual(['id-column', 'no-negative-inputs']);
    expectSplitHolds(table);
  });
});
