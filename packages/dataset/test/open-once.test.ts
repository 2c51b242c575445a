import { describe, expect, test } from 'vitest';
import { inferSchema, loadTable, type OpenOptions, openTable, type Table } from '../src/index.js';
import { openAgain } from '../src/read/open.js';
import { type DrawInteger, randomIntegers } from '../src/split/random.js';

/** Cells of one kind each, of which a drawn column has one, two or three kinds. */
const cells: readonly ((draw: DrawInteger) => string)[] = [
  (draw) => String(draw(-9, 99)),
  (draw) => (draw(0, 1e6) / 1000).toFixed(draw(0, 3)),
  (draw) => String(draw(0, 1e9) * 1e6),
  (draw) => `${draw(0, 9)}e${draw(0, 400)}`,
  (draw) => `0${draw(0, 99)}`,
  (draw) => `9007199254740993${draw(0, 9)}`,
  (draw) => `2024-0${draw(1, 9)}-1${draw(0, 9)}`,
  (draw) => `${draw(1, 9)} mg`,
  (draw) => `name ${draw(0, 1000)}`,
  (draw) => ['x', 'y', 'Yes', 'yes', '-0', '+1', '1.0', '1', '__proto__', '"a ""b"""'][draw(0, 9)],
  (draw) => ['', '', ' ', 'NA', '?', '-', 'none', ' 7 '][draw(0, 7)],
];

function drawnTable(draw: DrawInteger): string {
  const kinds = Array.from({ length: draw(1, 4) }, () =>
    Array.from({ length: draw(1, 3) }, () => cells[draw(0, cells.length - 1)]),
  );
  const rows = draw(0, 40) === 0 ? 9000 : draw(1, 80);
  // The later kinds come late, and seldom.
  const cell = (kind: (typeof kinds)[0], row: number) =>
    kind[row > rows / 2 && draw(0, 9) === 0 ? draw(0, kind.length - 1) : 0](draw);
  const ends = draw(0, 5) === 0 ? ',' : '';
  const lines = Array.from(
    { length: rows },
    (_, row) => kinds.map((kind) => cell(kind, row)).join(',') + ends,
  );
  return [kinds.map((_, at) => `c${at}`).join(',') + ends, ...lines].join('\n');
}

const drawnOptions = (draw: DrawInteger): OpenOptions => ({
  maxLevels: [2, 5, 50][draw(0, 2)],
  mode: draw(0, 1) === 0 ? 'lenient' : 'strict',
  ...(draw(0, 3) === 0 && { emptyRows: 'keep' }),
  ...(draw(0, 3) === 0 && { label: 'c0' }),
  ...(draw(0, 5) === 0 && { missingTexts: ['1', 'x'] }),
  ...(draw(0, 7) === 0 && { decimal: ',' }),
});

const content = ({ schema, rowCount, notes, columnNames, ...rest }: Table, table: Table) => ({
  ...{ schema, rowCount, notes, rest },
  columns: columnNames.map((name) => table.column(name)),
});
const outcome = (opened: Promise<{ table: Table; issues: readonly unknown[] }>) =>
  opened.then(
    ({ table, issues }) => ({ ...content(table, table), issues }),
    (error: Error) => error.message,
  );

/** The two steps that `openTable` takes in one. */
async function inTwoSteps(text: string, { mode = 'strict', ...options }: OpenOptions) {
  const { schema } = await inferSchema(text, options);
  const { label: _, maxLevels: __, ...reading } = options;
  const issues: unknown[] = [];
  const onDropped = (dropped: { issues: readonly unknown[] }) => issues.push(...dropped.issues);
  return { table: await loadTable(text, { ...reading, schema, mode, onDropped }), issues };
}

describe('a table is opened as if it were inferred and then loaded', () => {
  test.each([1, 2, 3, 4])('drawn tables of every kind of column, seed %i', async (seed) => {
    const draw = randomIntegers(seed);
    for (let i = 0; i < 250; i++) {
      const text = drawnTable(draw);
      const options = drawnOptions(draw);
      const [once, twice] = [
        await outcome(openTable(text, options)),
        await outcome(inTwoSteps(text, options)),
      ];
      expect(once, `seed ${seed}, table ${i}: ${JSON.stringify(options)}\n${text.slice(0, 500)}`).toEqual(
        twice,
      );
    }
  });
});

test.each([
  '|,1.234\n1 234,1.234\n|,1\n',
  '2024;1;2024,\n1.234;\t;1.234\n1 234;1,2341,5; \n1;a;0\n2;1.52024;1,234#\n12;1.234;  \n',
])('where the schema makes the file be read in another way than before it was known: %j', async (text) => {
  expect(await outcome(openTable(text))).toEqual(await outcome(inTwoSteps(text, {})));
});

describe('how often it is read', () => {
  const rows = 20_000;
  const lines = (cells: (row: number) => string) =>
    ['id,x,few,text,zip', ...Array.from({ length: rows }, (_, row) => cells(row))].join('\n');
  const x = (row: number) => (row % 100 === 0 ? NaN : row / 8);
  const text = (row: number) => (row > 10_000 && row % 100 === 0 ? String(row) : `name ${row}`);
  const plain = (row: number) => `${row},${x(row) || 'NA'},${'xyz'[row % 3]},${text(row)},0${row % 1000}`;

  /** The table, how often all its bytes were asked for, and the shares that were told of the progress. */
  async function watched(text: string, options: OpenOptions = {}) {
    const bytes = new TextEncoder().encode(text);
    let given = 0;
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += 4096) {
        given += Math.min(4096, bytes.length - at);
        yield bytes.subarray(at, at + 4096);
      }
    }
    const shares: number[] = [];
    const { table } = await openAgain(() => chunks(), {
      ...{ total: bytes.length, ...options },
      onProgress: ({ read, total = 0 }) => shares.push(read / total),
    });
    return { table, times: given / bytes.length, shares };
  }

  test('once, where every column shows soon what it is', async () => {
    const { table, times, shares } = await watched(lines(plain));
    expect(table.rowCount).toBe(rows);
    const numbers = Array.from({ length: rows }, (_, row) => x(row));
    expect(table.numbers('x')).toEqual(Float64Array.from(numbers));
    expect(table.toRows().map((row) => row.text)).toEqual(numbers.map((_, row) => text(row)));
    // The beginning is looked at before and after.
    expect(times).toBeLessThan(1.5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(shares[Math.floor(shares.length / 2)]).toBeCloseTo(0.5, 1);
  });

  test('twice, where a text comes late among numbers, and the progress says so', async () => {
    const late = lines((row) => (row === rows - 10 ? `${row},late,x,name,00` : plain(row)));
    const { table, times, shares } = await watched(late, { mode: 'lenient' });
    expect(table.rowCount).toBe(rows - 1);
    expect(times).toBeGreaterThan(1.9);
    expect(shares.at(-1)).toBe(1);
  });
});
