import { describe, expect, test } from 'vitest';
import { diabetesSchema, formatNote, loadTable, type TableError, type TableSource } from '../src/index.js';
import { smallSchema } from './_tables.js';

const small = (text: TableSource, options = {}) =>
  loadTable(text, { schema: smallSchema, name: 'my.csv', ...options });
const failure = async (text: TableSource, options = {}): Promise<TableError> =>
  small(text, options).then(
    () => expect.fail('the table loaded'),
    (error) => {
      expect(error).toMatchObject({
        name: 'TableError',
        message: expect.stringMatching(/^my\.csv: [^\p{Cc}]+$/u),
      });
      return error as TableError;
    },
  );
const rows = [
  { a: 1, b: 2.5, class: 'no' },
  { a: -3, b: 0, class: 'yes' },
];

describe('every spelling of one table loads alike', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test.each<[string, TableSource]>([
    ['plain text', 'a,b,class\n1,2.5,no\n-3,0,yes\n'],
    ['no final newline', 'a,b,class\n1,2.5,no\n-3,0,yes'],
    ['CRLF', 'a,b,class\r\n1,2.5,no\r\n-3,0,yes\r\n'],
    ['CR', 'a,b,class\r1,2.5,no\r-3,0,yes\r'],
    ['LF and CRLF mixed', 'a,b,class\r\n1,2.5,no\n-3,0,yes\r\n'],
    ['byte order mark in a string', '\uFEFFa,b,class\n1,2.5,no\n-3,0,yes\n'],
    ['byte order mark in bytes', bytes('\uFEFFa,b,class\n1,2.5,no\n-3,0,yes\n')],
    ['quoted cells', '"a","b","class"\r\n"1","2.5","no"\r\n"-3","0","yes"\r\n'],
    ['spaces and case in the header', ' A , b,CLASS \n1,2.5,no\n-3,0,yes\n'],
    ['spaces around cells', 'a,b,class\n 1 ,2.50, no\n-3 , 0,yes \n'],
    ['another order', 'class,b,a\nno,2.5,1\nyes,0,-3\n'],
    ['blank lines', 'a,b,class\n\n1,2.5,no\n\r\n-3,0,yes\n\n'],
    ['other notations of the numbers', 'a,b,class\n+1,25e-1,no\n-3.,.0,yes\n'],
    ['a Blob', new Blob(['a,b,class\n1,2.5,no\n', '-3,0,yes\n'])],
  ])('%s', async (_, source) => {
    expect((await small(source)).toRows()).toEqual(rows);
  });
});

test('an empty cell is missing, and counted', async () => {
  const table = await small('a,b,class\n1,,no\n,,yes\n');
  expect(table.toRows()).toEqual([
    { a: 1, b: null, class: 'no' },
    { a: null, b: null, class: 'yes' },
  ]);
  expect(table.describe().columns.map(({ missing }) => missing)).toEqual([1, 2, 0]);
});

describe('a fault is one line that names the place', () => {
  test.each([
    [
      'a word among numbers',
      'a,b,class\n1,2,no\n3,abc,no\n',
      'row 2, column "b": "abc" is not a number (line 3)',
    ],
    [
      'an unknown label',
      'a,b,class\n1,2,maybe\n',
      'row 1, column "class": "maybe" is not one of "no", "yes" (line 2)',
    ],
    [
      'a label in other case',
      'a,b,class\n1,2,No\n',
      'row 1, column "class": "No" is not one of "no", "yes" (line 2)',
    ],
    [
      'an empty label',
      'a,b,class\n1,2,\n',
      'row 1, column "class": "" is empty, and the column may not be (line 2)',
    ],
    ['too few cells', 'a,b,class\n1,2\n', 'row 1: the row has 2 cells, the header 3 (line 2)'],
    ['too many cells', 'a,b,class\n1,2,no,4\n', 'row 1: the row has 4 cells, the header 3 (line 2)'],
    [
      'a comment that is not said to be one',
      'a,b,class\n# no row\n1,2,no\n',
      'row 1: the row has 1 cells, the header 3 (line 2); if lines that begin with "#" are comments, pass comment: "#"',
    ],
    [
      'a comment above the header',
      '// by a device\na,b,class\n1,2,no\n',
      'not "a", "b", "class" (line 1); if lines that begin with "//" are comments, pass comment: "//"',
    ],
    [
      'a missing column',
      'a,class\n1,no\n',
      'column "b": missing from the header, which has "a", "class" (line 1)',
    ],
    ['a column twice', 'a,b,A,class\n1,2,3,no\n', '"A" stands in the header twice (line 1)'],
    ['a column too many', 'a,b,id,class\n1,2,3,no\n', '"id" is a column that the schema does not name'],
    ['an empty file', '', 'the file is empty'],
    ['blank lines only', '\n \n', 'the file is empty'],
    ['a header only', 'a,b,class\n', 'the file has a header and no rows'],
    ['an open quote', 'a,b,class\n1,2,no\n"3,4,no\n', 'a quoted cell is not closed (line 3)'],
    ['text after a quoted cell', 'a,b,class\n"1"x,2,no\n', 'a quoted cell goes on after its closing quote'],
    [
      'a NUL',
      'a,b,class\n1,2,no\n1,\0,no\n',
      'the file holds a NUL character: it is binary, not CSV (line 3)',
    ],
    ['a bare CR among LF', 'a,b,class\n1,2,no\r3,4,no\n', 'the line ends are mixed (line 2)'],
    ['hexadecimal', 'a,b,class\n0x10,2,no\n', 'row 1, column "a": "0x10" is not a number'],
    ['Infinity', 'a,b,class\nInfinity,2,no\n', '"Infinity" is not a number'],
    ['NaN', 'a,b,class\nNaN,2,no\n', '"NaN" is not a number'],
    ['overflow', 'a,b,class\n1e999,2,no\n', '"1e999" is too large for a number'],
    ['grouping', 'a,b,class\n"1,000",2,no\n', '"1,000" is not a number'],
    ['another decimal mark', 'a,b,class\n"1,05",2.5,no\n', '"1,05" is not a number: the decimal mark is "."'],
    ['control characters', 'a,b,class\n"\u001b[31m\nx",2,no\n', '"\\u{1b}[31m\\nx" is not a number (line 2)'],
    ['a long cell', `a,b,class\n${'x'.repeat(500)},2,no\n`, `"${'x'.repeat(59)}…" is not a number`],
  ])('%s', async (_, text, message) => {
    expect((await failure(text)).message).toContain(message);
  });

  test('bytes that are not UTF-8, with their line', async () => {
    const error = await failure(
      new Uint8Array([...new TextEncoder().encode('a,b,class\n1,2,no\n'), 0x31, 0xff, 0x0a]),
    );
    expect(error.message).toContain('the file holds a byte 0xff, which is not utf-8 text (line 3)');
  });

  test('at whatever byte, with its line, in pieces or whole', async () => {
    const good = new TextEncoder().encode('a,b,class\n1,2,no\n3,4,yes\n5,6,no\n');
    for (let at = 0; at < good.length; at++) {
      const bad = Uint8Array.from([...good.slice(0, at), 0xc3, 0x28, ...good.slice(at)]);
      const line = good.slice(0, at).filter((byte) => byte === 10).length + 1;
      for (const source of [bad, new Blob([bad])]) {
        expect((await failure(source)).message).toMatch(
          new RegExp(`a byte 0x28, which is not utf-8 text \\(line ${line}\\)$`),
        );
      }
    }
  });

  test('UTF-16 loads by its byte order mark, which is said, or when its encoding is given', async () => {
    const text = '\uFEFFa,b,class\n1,2.5,no\n-3,0,yes\n';
    const utf16 = new Uint8Array(Uint16Array.from(text, (mark) => mark.charCodeAt(0)).buffer);
    const table = await small(utf16);
    expect(table.toRows()).toEqual(rows);
    expect(table.notes.map(formatNote)).toEqual([
      'the text is UTF-16, as its byte order mark says; to decide otherwise pass encoding',
    ]);
    const given = await small(utf16, { encoding: 'utf-16le' });
    expect(given.toRows()).toEqual(rows);
    expect(given.notes).toEqual([]);
  });

  test('faults are data too, and further ones are counted', async () => {
    const error = await failure('a,b,class\nx,1,no\n1,y,z\n');
    expect(error.message).toBe('my.csv: row 1, column "a": "x" is not a number (line 2) (and 2 more)');
    expect(error.issues).toEqual([
      { row: 1, line: 2, column: 'a', value: 'x', reason: 'is not a number' },
      { row: 2, line: 3, column: 'b', value: 'y', reason: 'is not a number' },
      { row: 2, line: 3, column: 'class', value: 'z', reason: 'is not one of "no", "yes"' },
    ]);
  });

  test('a bad cell is told before the broken text below it', async () => {
    const error = await failure('a,b,class\nx,1,no\n1,1,no\n"2,1,no\n');
    expect(error.message).toBe('my.csv: row 1, column "a": "x" is not a number (line 2) (and 1 more)');
    expect(error.issues[1]).toEqual({ line: 4, reason: 'a quoted cell is not closed' });
  });

  test('strict stops at the first maxIssues', async () => {
    const error = await failure(`a,b,class\n${'x,1,no\n'.repeat(50)}`, { maxIssues: 10 });
    expect(error.issues).toHaveLength(10);
    expect(error.message).toMatch(/\(and 9 more; reading stopped there\)$/);
  });

  test('lines count line breaks inside quoted cells', async () => {
    const schema = {
      columns: [...smallSchema.columns, { name: 'note', kind: 'category', role: 'other' } as const],
    };
    const text = 'a,b,class,note\n1,2,no,"two\nlines"\n1,x,no,\n';
    expect((await failure(text, { schema })).message).toContain(
      'row 2, column "b": "x" is not a number (line 4)',
    );
  });
});

test('the diabetes table may lack Class, but no other column', async () => {
  const text = 'Age,BS Fast,BS pp,Plasma R,Plasma F,HbA1c,Type\n50,6.1,8.2,11.3,7.4,60,Type1\n';
  const table = await loadTable(text, { schema: diabetesSchema });
  expect(table.columnNames).toEqual(['Age', 'BS Fast', 'BS pp', 'Plasma R', 'Plasma F', 'HbA1c', 'Type']);
  await expect(loadTable(text.replace('HbA1c', 'Class'), { schema: diabetesSchema })).rejects.toThrow(
    /column "HbA1c": missing/,
  );
});

test.each([
  [{ schema: undefined }, TypeError],
  [{ mode: 'loose' }, RangeError],
  [{ maxIssues: 0 }, RangeError],
  [{ delimiter: '"' }, RangeError],
  [{ limits: { size: -1 } }, RangeError],
])('options %j are refused', async (options, wrong) => {
  await expect(small('a', options)).rejects.toBeInstanceOf(wrong);
});

test('a source of another kind is refused', async () => {
  await expect(small(5 as unknown as string)).rejects.toThrow(/source must be a string, Uint8Array.*got 5/);
});
