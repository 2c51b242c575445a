import { expect, test } from 'vitest';
import { formatNote, inferSchema, loadTable } from '../src/index.js';

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
    {
      column: 'kind',
      because: '2 distinct texts; it has the name of a label, so perhaps the label; it could also be "flag"',
      option: 'label',
    },
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

test('columns without a name, and of one name, are named and said', async () => {
  const { schema, notes } = await inferSchema('a,,A,a,\n1,2,x,3,\n2,2,y,3,\n');
  expect(schema.columns.map(({ name }) => name)).toEqual(['a', 'column 2', 'A 2', 'a 3']);
  expect(notes.slice(0, 3).map(formatNote)).toEqual([
    '1 column without a name: named "column 2" (line 1); to decide otherwise pass names',
    '2 columns of a name that stands before: named "A 2", "a 3" (line 1); to decide otherwise pass names',
    '1 column without name and content left out (line 1)',
  ]);
});
