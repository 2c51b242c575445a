import { expect, test } from 'vitest';
import { inferSchema, loadTable } from '../src/index.js';

const text = 'id,x,y,kind,flag\nk1,1.5,2,red,0\nk2,NA,-3e2,blue,1\nk3,,4,red,1\n';

test('proposes a schema with its reasons, and loads by it', async () => {
  const { schema, notes } = await inferSchema(text, { maxLevels: 2 });
  expect(schema).toEqual({
    columns: [
      { name: 'id', kind: 'category', role: 'other' },
      { name: 'x', kind: 'number', role: 'feature', missingTexts: ['NA'] },
      { name: 'y', kind: 'number', role: 'feature' },
      { name: 'kind', kind: 'category', role: 'label', levels: ['blue', 'red'] },
      { name: 'flag', kind: 'number', role: 'feature' },
    ],
  });
  expect(notes).toEqual([
    { column: 'id', because: 'more than 2 distinct texts' },
    {
      column: 'x',
      because:
        '1 numbers, 1 empty, and "NA" read as missing; so few values may be a code or a leak rather than a measure',
    },
    { column: 'y', because: '3 numbers' },
    { column: 'kind', because: '2 distinct texts and the last such column, so perhaps the label' },
    { column: 'flag', because: '3 numbers; so few values may be a code or a leak rather than a measure' },
  ]);
  const table = await loadTable(text, { schema });
  expect(table.toRows()[1]).toEqual({ id: 'k2', x: null, y: -300, kind: 'blue', flag: 1 });
});

test('takes the label that is named, numbers too', async () => {
  const { schema } = await inferSchema(text, { label: ' FLAG ' });
  expect(schema.columns[4]).toEqual({ name: 'flag', kind: 'category', role: 'label', levels: ['0', '1'] });
  await expect(inferSchema(text, { label: 'no' })).rejects.toThrow(
    'label must be a column of the file, got "no"',
  );
});

test.each([
  ['', /my\.csv: the file is empty/],
  ['a,b\n', /a header and no rows/],
  ['a,b\n1\n', /row 1: the row has 1 cells, the header 2 \(line 2\)/],
  ['a,"b\n1,2\n', /not closed/],
])('%j is no table', async (source, message) => {
  await expect(inferSchema(source, { name: 'my.csv' })).rejects.toThrow(message);
});

test('a header without a name, or with one twice, is refused', async () => {
  await expect(inferSchema('a,\n1,2\n')).rejects.toThrow(/a name cannot be empty/);
  await expect(inferSchema('a,A\n1,2\n')).rejects.toThrow(/"A" is named twice/);
});
