import { expect, test } from 'vitest';
import { formatNote, type InferOptions, inferSchema, loadTable } from '../src/index.js';

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
  ['a,b\n1\n', /row 1: the row has 1 cells, the header 2 \(line 2\)$/],
  [
    'a,b\n1,2\n % x\n',
    /header 2 \(line 3\); if lines that begin with "%" are comments, pass comment: "%", or set it in the format of the schema$/,
  ],
  [
    '# x\na,b\n1,2\n',
    /header 1 \(line 2\); if lines that begin with "#" are comments, pass comment: "#", or set it in the format of the schema$/,
  ],
  ['#a,b\n1,2\n1\n', /row 2: the row has 1 cells, the header 2 \(line 3\)$/],
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

const inferred = async (source: string, options: InferOptions = {}) => {
  const { schema, notes, issues } = await inferSchema(source, options);
  const column = (name: string) => schema.columns.find((one) => one.name === name);
  const because = (name: string) => notes.find((note) => note.column === name)?.because ?? '';
  return { schema, notes, issues, column, because };
};
const csv = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

test('one bad cell of many leaves a column of numbers, and is named', async () => {
  const text = csv(
    'a,b,kind',
    range(100).map((i) => `${i === 50 ? '5*' : i * 1.5},${i % 7},${'xy'[i % 2]}`),
  );
  const { column, because, issues, schema } = await inferred(text);
  expect(column('a')).toEqual({ name: 'a', kind: 'number', role: 'feature' });
  expect(because('a')).toMatch(
    /^99 numbers; "5\*" in row 51 \(line 52\) is not a number: correct it, name it in missingTexts/,
  );
  expect(issues).toEqual([{ row: 51, line: 52, column: 'a', value: '5*', reason: 'is not a number' }]);
  await expect(loadTable(text, { schema, name: 'my.csv' })).rejects.toThrow(
    'my.csv: row 51, column "a": "5*" is not a number (line 52)',
  );
  const table = await loadTable(text, { schema, missingTexts: [{ column: 'a', text: '5*' }] });
  expect(table.numbers('a')[50]).toBeNaN();
  const mixed = await inferred(
    csv(
      'a,kind',
      range(20).map((i) => `${i % 3 ? i : `s${i % 4}`},${'xy'[i % 2]}`),
    ),
  );
  expect(mixed.because('a')).toMatch(/13 of them numbers, and 7 such as "s0" \(line 2\) not/);
});

test('spellings of one class are one level, and what may be is said', async () => {
  const text = csv('v,n,kind', ['1,1,Yes', '2,1.0,yes', '3,2,Yes', '4,2.0,"No "', '5,1,No', '6,2,n']);
  const { column, because, schema } = await inferred(text, { label: 'kind' });
  expect(column('kind')).toMatchObject({ levels: ['No', 'Yes', 'n'], spellings: { yes: 'Yes' } });
  expect(because('kind')).toMatch(
    /outer spaces do not count.*"yes" read as "Yes" \(spellings\); "No" and "n" stay apart/,
  );
  expect((await loadTable(text, { schema })).labels()).toEqual(['Yes', 'Yes', 'Yes', 'No', 'No', 'n']);
  const numeric = await inferred(text, { label: 'n' });
  expect(numeric.column('n')).toMatchObject({ levels: ['1', '2'], spellings: { '1.0': '1', '2.0': '2' } });
  const genes = await inferred(csv('gene', ['AA', 'Aa', 'aa', 'AA', 'aa', 'Aa']), { label: 'gene' });
  expect(genes.column('gene')?.levels).toEqual(['AA', 'Aa', 'aa']);
});

test('words for missing are no levels, unless they may well be levels', async () => {
  const text = csv('a,work,kind', [
    '1,office,x',
    '2,?,y',
    '3,NA,x',
    '4,N/A,NA',
    '5,field,y',
    '6,none,x',
    '7,office,y',
    '8,field,null',
  ]);
  const { column, because, schema } = await inferred(text);
  expect(column('work')).toMatchObject({
    levels: ['field', 'none', 'office'],
    missingTexts: ['?', 'NA', 'N/A'],
  });
  expect(because('kind')).toMatch(
    /^2 distinct texts, and "NA", "null" read as missing; 2 rows have no label/,
  );
  const table = await loadTable(text, { schema });
  expect(table.toRows()[3]).toEqual({ a: 4, work: null, kind: null });
  const signs = await inferred(
    csv(
      'a,sign',
      range(6).map((i) => `${i},${'+-'[i % 2]}`),
    ),
  );
  expect(signs.column('sign')).toMatchObject({ role: 'label', levels: ['+', '-'] });
});

test('leading zeros and long whole numbers stay text', async () => {
  const long = ['9007199254740992', '9007199254740993', '12345678901234567890123', '12345678901234567890124'];
  const text = csv(
    'zip,long,v,kind',
    long.map((id, i) => `0${i}123,${id},${i},${'xy'[i % 2]}`),
  );
  const { column, because, schema } = await inferred(text);
  expect(column('zip')?.kind).toBe('category');
  expect(because('zip')).toMatch(
    /whole numbers that begin with 0, such as "00123" \(line 2\), are kept as text/,
  );
  expect(because('long')).toMatch(
    /whole numbers beyond 2⁵³ such as "9007199254740992" \(line 2\) are kept as text/,
  );
  const table = await loadTable(text, { schema });
  expect(new Set(table.toRows().map((row) => row.long)).size).toBe(4);
});

test('ids, the index of pandas, dates and units are recognised, and said', async () => {
  const text = csv(
    ',id,day,at,stamp,price,dose,kind',
    range(30).map(
      (i) =>
        `${i},p${i * 7},2024-02-${String((i % 28) + 1).padStart(2, '0')},${1_700_000_000 + 60 * i},${20240101 + (i % 28)},"$${i}.50",${i / 10} mg,${'xyz'[i % 3]}`,
    ),
  );
  const { column, because, schema } = await inferred(text);
  expect(because('column 1')).toMatch(/counts the rows without a name, as pandas writes its index: role id$/);
  expect([column('column 1')?.role, column('id')?.role]).toEqual(['id', 'id']);
  expect(because('day')).toMatch(/dates or times such as "2024-02-01" are kept as text, and are no feature/);
  expect(because('at')).toMatch(
    /they may be seconds since 1970 \(2023-11-14 to 2023-11-14\), kept as numbers/,
  );
  expect(because('stamp')).toMatch(/they may be days \(20240101 to 20240128\), kept as numbers/);
  // Both run on from row to row, and are measures all the same.
  expect(column('price')).toMatchObject({ kind: 'number', role: 'feature', affixes: ['$'] });
  expect(column('dose')).toMatchObject({ kind: 'number', role: 'feature', affixes: ['mg'], unit: 'mg' });
  expect((await loadTable(text, { schema })).row(3)).toMatchObject({ price: 3.5, dose: 0.3 });
});

test('a label is guessed by name and place, gaps last, and the others are said', async () => {
  const rows = range(40).map((i) => `${'ab'[i % 2]},${i / 7},${'pqr'[i % 3]},${i % 5 ? 'u' : ''}`);
  const guess = await inferred(csv('outcome,x,group,last', rows));
  expect(guess.column('outcome')?.role).toBe('label');
  const unnamed = await inferred(csv('one,x,two,last', rows));
  expect(unnamed.column('two')?.role).toBe('label');
  expect(unnamed.because('two')).toMatch(
    /it is the last such column, so perhaps the label; it could also be "one"/,
  );
  const none = await inferred(
    csv(
      'x,y',
      range(9).map((i) => `${i / 7},${i / 3}`),
    ),
  );
  expect(none.notes.map(formatNote)).toContain(
    'no column looks like a label; to decide otherwise pass label or target',
  );
});

test('roles are given by name, each column one', async () => {
  const text = csv(
    'a,b,c,d,e',
    range(12).map((i) => `${i / 7},${i / 3},p${i % 4},${i},${'xy'[i % 2]}`),
  );
  const { schema } = await inferred(text, {
    target: 'B',
    group: 'c',
    id: ['d'],
    ignore: 'e',
    missingTexts: ['0'],
  });
  expect(schema.columns.map(({ role }) => role)).toEqual(['feature', 'target', 'group', 'id', 'other']);
  const alone = await inferred(text, { label: 'e', features: ['a'] });
  expect(alone.schema.columns.map(({ role }) => role)).toEqual([
    'feature',
    'other',
    'other',
    'other',
    'label',
  ]);
  const many = await inferred(
    csv(
      'a,price',
      range(80).map((i) => `${i},${i * 1.25}`),
    ),
    { label: 'price' },
  );
  expect(many.because('price')).toMatch(/the label you named, with so many numbers that it is a target/);
  // Decimals most of which stand in one row; classes may be numbers, too.
  for (const [cells, role] of [
    [[0.5, 1.25, 2, 3.75, 0.5], 'target'],
    [[0, 0, 0, 0, 0, 0, 0, 2.25, 0, 1.75], 'target'],
    [[1, 2, 3, 4, 5], 'label'],
    [[0.5, 1, 1.5, 0.5, 1, 1.5], 'label'],
  ] as const) {
    const few = await inferred(
      csv(
        'a,price',
        cells.map((cell, i) => `${i},${cell}`),
      ),
      { label: 'price' },
    );
    expect(few.schema.columns[1].role).toBe(role);
  }
  const refused = (options: object) => inferSchema(text, { name: 'my.csv', ...options });
  await expect(refused({ label: 'f' })).rejects.toThrow(
    'my.csv: label must be a column of the file, got "f"',
  );
  await expect(refused({ label: 'a', ignore: 'a' })).rejects.toThrow(
    'my.csv: column "a" must have one role, got label and ignore',
  );
  await expect(refused({ label: 'a', target: 'b' })).rejects.toThrow(
    'label and target must not both be given',
  );
  await expect(refused({ group: 5 })).rejects.toThrow('group must be column names, got 5');
  await expect(refused({ lable: 'a' })).rejects.toThrow(
    'inferSchema has no option "lable"; did you mean "label"?',
  );
});

test('the schema knows how the file is written', async () => {
  const text = '1,5;x\n2,5;y\n4,5;x\n3,5;y\n';
  const { schema } = await inferred(text);
  expect(schema.format).toEqual({ delimiter: ';', decimal: ',', header: false });
  const table = await loadTable(text, { schema: JSON.parse(JSON.stringify(schema)) as typeof schema });
  expect(table.toRows()[1]).toEqual({ 'column 1': 2.5, 'column 2': 'y' });
});
