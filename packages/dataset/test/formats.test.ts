import { describe, expect, test } from 'vitest';
import {
  formatNote,
  inferSchema,
  type LoadOptions,
  loadTable,
  type TableSchema,
  type TableSource,
} from '../src/index.js';
import { smallSchema } from './_tables.js';

const rows = [
  { a: 1, b: 2.5, class: 'no' },
  { a: -3, b: 0, class: 'yes' },
];
const small = (source: TableSource, options: Partial<LoadOptions> = {}) =>
  loadTable(source, { schema: smallSchema, ...options });
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('one table in many formats', () => {
  test.each<[string, TableSource, string[]]>([
    ['commas', 'a,b,class\n1,2.5,no\n-3,0,yes\n', []],
    [
      'semicolons',
      'a;b;class\n1;2.5;no\n-3;0;yes\n',
      ['separated by ";"; to decide otherwise pass delimiter'],
    ],
    [
      'tabs',
      'a\tb\tclass\n1\t2.5\tno\n-3\t0\tyes\n',
      ['separated by tabs; to decide otherwise pass delimiter'],
    ],
    ['bars', 'a|b|class\n1|2.5|no\n-3|0|yes\n', ['separated by "|"; to decide otherwise pass delimiter']],
    [
      'semicolons and decimal commas',
      'a;b;class\n1;2,5;no\n-3;0;yes\n',
      [
        'separated by ";"; to decide otherwise pass delimiter',
        'numbers such as "2,5" are read with "," as decimal mark; to decide otherwise pass decimal',
      ],
    ],
    [
      'decimal commas in quotes between commas',
      'a,b,class\n1,"2,50",no\n-3,0,yes\n',
      ['numbers such as "2,50" are read with "," as decimal mark; to decide otherwise pass decimal'],
    ],
    [
      'a line sep=;',
      'sep=;\r\na;b;class\r\n1;2.5;no\r\n-3;0;yes\r\n',
      ['separated by ";", as line 1 says (line 1); to decide otherwise pass delimiter'],
    ],
    ['separators at the end of every line', 'a,b,class,,\n1,2.5,no,,\n-3,0,yes,,\n', []],
    [
      'separators at the end of rows alone',
      'a,b,class\n1,2.5,no,\n-3,0,yes,,\n',
      ['2 rows end in separators after the last column (line 2)'],
    ],
    ['separators at the end of the header alone', 'a,b,class,\n1,2.5,no\n-3,0,yes\n', []],
    [
      'rows without content',
      'a,b,class\n1,2.5,no\n,,\n-3,0,yes\n, ,\n,,,\n',
      ['3 rows are wholly empty and left out (line 3); to decide otherwise pass emptyRows'],
    ],
    [
      'no header, columns in the order of the schema',
      '1,2.5,no\n-3,0,yes\n',
      [
        'the first record ("1", "2.5", "no") looks like data, so there is no header and it is a row (line 1); to decide otherwise pass header',
      ],
    ],
    [
      'names written otherwise',
      'A (mg),B,Class\n1,2.5,no\n-3,0,yes\n',
      ['"A (mg)" of the file is read as "a" (line 1); to decide otherwise pass schema'],
    ],
  ])('%s', async (_, source, notes) => {
    const table = await small(source);
    expect(table.toRows()).toEqual(rows);
    expect(table.notes.map(formatNote)).toEqual(notes);
    expect(table.takeRows([0]).drop(['a']).notes).toEqual(table.notes);
  });

  test.each<[string, TableSource, Partial<LoadOptions>]>([
    ['a separator', 'a:b:class\n1:2.5:no\n-3:0:yes\n', { delimiter: ':' }],
    ['a decimal mark', 'a;b;class\n1,0;2,5;no\n-3;0,0;yes\n', { delimiter: ';', decimal: ',' }],
    ['a thousands mark', 'a,b,class\n1,2.5,no\n-3,0,yes\n', { thousands: ',' }],
    ['comments', '# made by hand\na,b,class\n1,2.5,no\n# an "open quote\n-3,0,yes\n#', { comment: '#' }],
    ['an encoding', latin1('a,b,class\n1,2.5,no\n-3,0,yes\n'), { encoding: 'windows-1252' }],
    ['no header', '1,2.5,no\n-3,0,yes\n', { header: false }],
    ['no header, and names', 'no,2.5,1\nyes,0,-3\n', { header: false, names: ['class', 'b', 'a'] }],
    ['names alone', 'no,2.5,1\nyes,0,-3\n', { names: ['class', 'b', 'a'] }],
    [
      'names in place of the header',
      'x,y,z\nno,2.5,1\nyes,0,-3\n',
      { header: true, names: ['class', 'b', 'a'] },
    ],
  ])('%s, given: nothing is said', async (_, source, options) => {
    const table = await small(source, options);
    expect(table.toRows()).toEqual(rows);
    expect(table.notes.filter(({ option }) => option !== 'delimiter')).toEqual([]);
  });

  test('lines are counted between comments, and after sep=', async () => {
    const source = 'sep=;\n# one\na;b;class\n# two\n1;2;no\n\n"x";2;no\n';
    await expect(small(source, { comment: '#', name: 'my.csv' })).rejects.toThrow(
      'my.csv: row 2, column "a": "x" is not a number (line 7)',
    );
  });

  test('rows without content are kept where that is asked for', async () => {
    const schema: TableSchema = { columns: smallSchema.columns.map(({ missing: _, ...column }) => column) };
    const table = await small('a,b,class\n,,\n1,2,no\n', { schema, emptyRows: 'keep' });
    expect(table.row(0)).toEqual({ a: null, b: null, class: null });
    expect(table.notes).toEqual([]);
  });

  test('in a table of one column an empty cell in quotes is a row, and a blank line is none', async () => {
    const schema: TableSchema = { columns: [{ name: 'a', kind: 'number', role: 'feature' }] };
    const table = await loadTable('a\n1\n""\n\n3\n', { schema });
    expect(table.toRows()).toEqual([{ a: 1 }, { a: null }, { a: 3 }]);
  });
});

describe('numbers', () => {
  const numbers = async (cells: readonly string[], options: Partial<LoadOptions> = {}) => {
    const schema: TableSchema = {
      columns: [
        { name: 'x', kind: 'number', role: 'feature' },
        { name: 'y', kind: 'category', role: 'other' },
      ],
    };
    const source = `x\ty\n${cells.map((cell) => `${cell}\tz\n`).join('')}`;
    const table = await loadTable(source, { schema, delimiter: '\t', ...options });
    return { values: [...table.numbers('x')], notes: table.notes.map(({ because }) => because) };
  };

  test.each<[string, string[], number[], string]>([
    [
      '1.234,5 and the like',
      ['1.234,5', '12', '0,25'],
      [1234.5, 12, 0.25],
      '"," as decimal mark and "." between thousands',
    ],
    [
      '1,234.5 and the like',
      ['1,234.5', '12', '0.25'],
      [1234.5, 12, 0.25],
      '"." as decimal mark and "," between thousands',
    ],
    [
      '1 234,5 and the like',
      ['1 234,5', '1\u00a0234\u202f567', '0,25'],
      [1234.5, 1234567, 0.25],
      '"," as decimal mark and " " between thousands',
    ],
    [
      "1'234.5 and the like",
      ["1'234.5", "1'234'567", '0.25'],
      [1234.5, 1234567, 0.25],
      '"." as decimal mark and "\'" between thousands',
    ],
    ['two groups leave no doubt', ['1,234,567', '12'], [1234567, 12], '"," between thousands'],
    ['nor do more digits than a group has', ['0,1234', '12'], [0.1234, 12], '"," as decimal mark'],
  ])('%s', async (_, cells, values, said) => {
    const found = await numbers(cells);
    expect(found.values).toEqual(values);
    expect(found.notes.join()).toContain(said);
  });

  test('a cell that may be two numbers is neither, unless it is told', async () => {
    await expect(numbers(['1,234', '2,500'])).rejects.toThrow(
      '"1,234" is not a number: the decimal mark is "." (line 2)',
    );
    expect((await numbers(['1,234', '2,500'], { decimal: ',' })).values).toEqual([1.234, 2.5]);
    expect((await numbers(['1,234', '2,500'], { thousands: ',' })).values).toEqual([1234, 2500]);
    await expect(numbers(['1,234,567'], { thousands: null })).rejects.toThrow(
      '"1,234,567" is not a number: no thousands mark is read',
    );
    const { notes } = await inferSchema('x\tk\n1,234\ta\n2,500\tb\n', { delimiter: '\t' });
    expect(formatNote(notes[0])).toBe(
      'numbers such as "1,234" are not read, since their marks may be taken in two ways; to decide otherwise pass decimal or thousands',
    );
  });

  test('groups are of three digits, after one to three', async () => {
    for (const cell of ['1.23', '1234.567', '.234', '0.234', '1..234', '1.234.56', '1.234e2'])
      await expect(numbers([cell], { decimal: ',', thousands: '.' })).rejects.toThrow('is not a number');
    expect(
      (
        await numbers(['1.234.567', '-1.234', '1234', '1.234,'], {
          decimal: ',',
          thousands: '.',
        })
      ).values,
    ).toEqual([1234567, -1234, 1234, 1234]);
  });

  test('texts beside a number only where the schema says so', async () => {
    const column = { name: 'x', kind: 'number', role: 'feature' } as const;
    const source = 'x\n5.4 mmol/L\n"6 mmol/L"\n7\n-8mmol/L\nmmol/L 9\n';
    await expect(loadTable(source, { schema: { columns: [column] }, name: 'f' })).rejects.toThrow(
      'f: row 1, column "x": "5.4 mmol/L" is not a number',
    );
    const schema: TableSchema = { columns: [{ ...column, affixes: ['mmol/L', '%', '€', '$'] }] };
    const load = async (text: string, options = {}) => [
      ...(await loadTable(text, { schema, ...options })).numbers('x'),
    ];
    expect(await load(source)).toEqual([5.4, 6, 7, -8, 9]);
    expect(await load('x\n12 %\n12.5%\n')).toEqual([12, 12.5]);
    expect(await load('x\n"$1,200.50"\n-$3\n$ 4\n', { thousands: ',' })).toEqual([1200.5, -3, 4]);
    expect(await load('x\n1.200,50 €\n3 €\n', { delimiter: ';' })).toEqual([1200.5, 3]);
    for (const cell of ['%', '5 % %', '5 mg', '5 mmol', '$-$5'])
      await expect(load(`x\n${cell}\n`)).rejects.toThrow('is not a number');
  });
});

describe('texts that mean missing', () => {
  const load = async (
    missingTexts: string[],
    options: Partial<LoadOptions> = {},
    text = 'x,y,k\n0,110,a\n94,0,b\n999,121,a\n-999,97,b\n 999,130,a\n"999",1,b\n999.0,2,a\n9.99e2,3,b\n+999,4,a\n998,5,b\n',
  ) => {
    const schema: TableSchema = {
      columns: [
        { name: 'x', kind: 'number', role: 'feature', missingTexts },
        { name: 'y', kind: 'number', role: 'feature' },
        { name: 'k', kind: 'category', role: 'label' },
      ],
    };
    return [...(await loadTable(text, { schema, ...options })).numbers('x')];
  };

  test('that are numbers stand for the value, in every form', async () => {
    const some = [0, 94, NaN, -999, NaN, NaN, NaN, NaN, NaN, 998];
    for (const text of ['999', ' 999', '999.0', '+999', '9.99e2']) expect(await load([text])).toEqual(some);
    expect(await load(['999', '-999', '0'])).toEqual([NaN, 94, NaN, NaN, NaN, NaN, NaN, NaN, NaN, 998]);
  });

  test('with a bad row in lenient mode, too', async () => {
    const text = 'x,y,k\n0,1,a\n999,bad,b\n999,2,a\n 999,3,b\n5,4,a\n';
    expect(await load(['999'], { mode: 'lenient' }, text)).toEqual([0, NaN, NaN, 5]);
  });

  test('in files with decimal commas, as the file writes them or as programs do', async () => {
    const text = 'x;y;k\n-200,0;1;a\n-200;2;b\n-2,5;3;a\n';
    for (const one of ['-200', '-200.0', '-200,0'])
      expect(await load([one], {}, text)).toEqual([NaN, NaN, -2.5]);
  });

  test('are given for all features, or for a column', async () => {
    const text = 'x,y,k\n0,0,0\n9,9,9\n';
    const schema = (await inferSchema(text, { label: 'k', header: true })).schema;
    const all = await loadTable(text, { schema, missingTexts: ['0'] });
    expect(all.toRows()).toEqual([
      { x: null, y: null, k: '0' },
      { x: 9, y: 9, k: '9' },
    ]);
    const one = await loadTable(text, { schema, missingTexts: [{ column: 'Y', text: '9.0' }] });
    expect(one.toRows()).toEqual([
      { x: 0, y: 0, k: '0' },
      { x: 9, y: null, k: '9' },
    ]);
    await expect(
      loadTable(text, { schema, missingTexts: [{ column: 'why', text: '9' }], name: 'my.csv' }),
    ).rejects.toThrow('my.csv: missingTexts must be a column of the file, got "why"');
    const inferred = await inferSchema(text, { label: 'k', header: true, missingTexts: ['0'] });
    expect(inferred.schema.columns.map(({ missingTexts }) => missingTexts)).toEqual([
      ['0'],
      ['0'],
      undefined,
    ]);
  });

  test('are no fault of a column that may have none missing, only a reason', async () => {
    const schema: TableSchema = {
      columns: [{ name: 'x', kind: 'number', role: 'feature', missing: 'error', missingTexts: ['0'] }],
    };
    await expect(loadTable('x\n1\n0\n', { schema })).rejects.toThrow(
      '"0" means missing, and the column may not be (line 3)',
    );
  });
});

test.each<[object, string]>([
  [{ delimeter: ';' }, 'loadTable has no option "delimeter"; did you mean "delimiter"?'],
  [{ limits: { columnns: 5 } }, 'limits has no option "columnns"; did you mean "columns"?'],
  [{ delimiter: ';;' }, 'delimiter must be one character'],
  [{ delimiter: '😀' }, 'delimiter must be one character'],
  [{ decimal: ';' }, 'decimal must be one of ., ,, got ";"'],
  [{ thousands: '.', decimal: '.' }, 'thousands must be another mark than decimal'],
  [
    { encoding: 'utf-nine' },
    'encoding must be a label of the Encoding Standard, such as "windows-1252", got "utf-nine"',
  ],
  [{ comment: '' }, 'comment must be a text such as "#"'],
  [{ header: 'no' }, 'header must be true or false, got "no"'],
  [{ names: ['a', ''] }, 'names[1] must not be empty'],
  [{ names: ['a', 'b'] }, 'the first record has 3 columns, and names has 2'],
  [{ missingTexts: '0' }, 'missingTexts must be a list, got "0"'],
  [{ emptyRows: 'drop' }, 'emptyRows must be one of skip, keep, got "drop"'],
  [{ name: 5 }, 'name must be text, got 5'],
])('options %j are refused by name', async (options, message) => {
  await expect(small('1,2,no\n', options as Partial<LoadOptions>)).rejects.toThrow(message);
});

describe('another table is named as such, with what to do', () => {
  test('by a schema', async () => {
    await expect(small('x,y,z\n1,2,3\n', { name: 'my\u001b[2J.csv' })).rejects.toThrow(
      'my\\u{1b}[2J.csv: this is another table than the schema\'s: the header has "x", "y", "z", and not "a", "b", "class" (line 1); pass the schema that inferSchema proposes for this file',
    );
  });

  test('without a schema, and for a path', async () => {
    await expect(loadTable('a,b\n1,2\n', undefined as unknown as LoadOptions)).rejects.toThrow(
      /what inferSchema\(source\) proposes/,
    );
    await expect(small('data/my.csv')).rejects.toThrow(
      /never a path: to read the file "data\/my\.csv" use loadTableFile/,
    );
    await expect(inferSchema('https://example.org/my.csv')).rejects.toThrow(
      /pass new URL\("https:\/\/example/,
    );
  });

  test('in another unit', async () => {
    const schema: TableSchema = {
      columns: [{ name: 'HbA1c', kind: 'number', role: 'feature', unit: 'mmol/mol' }],
    };
    expect((await loadTable('hba1c [mmol / mol]\n42\n', { schema })).rowCount).toBe(1);
    const both: TableSchema = {
      columns: [...schema.columns, { name: 'Age', kind: 'number', role: 'feature' }],
    };
    await expect(loadTable('HbA1c (%),Age\n6,50\n', { schema: both })).rejects.toThrow(
      /^column "HbA1c": "HbA1c \(%\)" is in "%", and the schema has "mmol\/mol" \(line 1\)$/,
    );
  });
});
