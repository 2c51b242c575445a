import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type DroppedRows,
  diabetesSchema,
  type LoadProgress,
  loadTable,
  sampleDiabetes,
  summarize,
  type TableSource,
} from '../src/index.js';
import { onRealTable, realTableText, smallSchema } from './_tables.js';

const text = 'a,b,class\n1,2.5,no\n-3,0,"yes"\n';
const bytes = new TextEncoder().encode(text);
const rows = [
  { a: 1, b: 2.5, class: 'no' },
  { a: -3, b: 0, class: 'yes' },
];
/** A stream whose chunks have `size` bytes, and what became of it. */
function stream(data: Uint8Array, size: number) {
  const seen = { cancelled: undefined as unknown, pulled: 0 };
  let at = 0;
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      seen.pulled++;
      if (at >= data.length) controller.close();
      else controller.enqueue(data.subarray(at, at + size));
      at += size;
    },
    cancel(reason) {
      seen.cancelled = reason ?? 'no reason';
    },
  });
  return { source, seen };
}

const server = createServer((request, response) => {
  if (request.url === '/gone.csv') response.writeHead(404).end('gone');
  else response.writeHead(200, { 'content-type': 'text/csv', 'content-length': bytes.length }).end(bytes);
});
let base = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('every source gives the same table', () => {
  test.each<[string, () => TableSource]>([
    ['string', () => text],
    ['Uint8Array', () => bytes],
    ['Blob', () => new Blob([bytes])],
    ['File', () => new File([bytes], 'my.csv')],
    ['ReadableStream', () => stream(bytes, 9).source],
    ['ReadableStream of single bytes', () => stream(bytes, 1).source],
    ['Node stream', () => Readable.from([bytes.slice(0, 7), bytes.slice(7)])],
    ['URL', () => new URL('/my.csv', base)],
  ])('%s', async (_, source) => {
    expect((await loadTable(source(), { schema: smallSchema })).toRows()).toEqual(rows);
  });

  test('cut at every byte, multi-byte characters and CRLF included', async () => {
    const schema = {
      columns: [...smallSchema.columns, { name: 'näme', kind: 'category', role: 'other' } as const],
    };
    const odd = new TextEncoder().encode('\uFEFFa,b,class,näme\r\n1,2,no,"€\r\n""𝄞"""\r\n3,4,yes,ß\r\n');
    const whole = (await loadTable(odd, { schema })).toRows();
    expect(whole[0]).toEqual({ a: 1, b: 2, class: 'no', näme: '€\r\n"𝄞"' });
    for (let at = 1; at < odd.length; at++) {
      const { source } = stream(odd, at);
      expect((await loadTable(source, { schema })).toRows()).toEqual(whole);
    }
  });
});

test('a URL that fails says so', async () => {
  await expect(loadTable(new URL('/gone.csv', base), { schema: smallSchema })).rejects.toThrow(
    /gone\.csv: the server answered 404/,
  );
  const closed = new URL('http://127.0.0.1:1/my.csv');
  await expect(loadTable(closed, { schema: smallSchema })).rejects.toThrow(
    /my\.csv: cannot be fetched: .*\S/,
  );
});

test('a stream that breaks rejects with its own error', async () => {
  const source = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error('the cable')) });
  await expect(loadTable(source, { schema: smallSchema })).rejects.toThrow('the cable');
});

test('a stream of text is refused by name', async () => {
  const source = Readable.from([text]) as unknown as AsyncIterable<Uint8Array>;
  await expect(loadTable(source, { schema: smallSchema })).rejects.toThrow(
    /Uint8Array chunks, got "a,b,class/,
  );
});

const many = new TextEncoder().encode(`a,b,class\n${'1,2,no\n'.repeat(200_000)}`);

test('a signal stops a stream, which is cancelled', async () => {
  const { source, seen } = stream(many, 10_000);
  const stop = new AbortController();
  const onProgress = ({ read }: LoadProgress) => read > 100_000 && stop.abort(new Error('enough'));
  await expect(loadTable(source, { schema: smallSchema, signal: stop.signal, onProgress })).rejects.toThrow(
    'enough',
  );
  expect(seen.cancelled).toBeDefined();
  expect(seen.pulled).toBeLessThan(20);
});

test('a signal stops a stream that gives nothing', async () => {
  const source = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
  const loading = loadTable(source, { schema: smallSchema, signal: AbortSignal.timeout(20) });
  await expect(loading).rejects.toThrow(/timeout/);
});

test('a signal stops a Node stream that gives nothing, and destroys it', async () => {
  const source = new Readable({ read: () => {} });
  const loading = loadTable(source, { schema: smallSchema, signal: AbortSignal.timeout(20) });
  await expect(loading).rejects.toThrow(/timeout/);
});

test('a fault ends a Node stream', async () => {
  const source = Readable.from(Array.from({ length: 100 }, () => new TextEncoder().encode('a\0')));
  await expect(loadTable(source, { schema: smallSchema })).rejects.toThrow(/NUL/);
  expect(source.destroyed).toBe(true);
});

test('a signal stops a long string, which leaves room for its timer', async () => {
  const long = `a,b,class\n${'1,2,no\n'.repeat(3_000_000)}`;
  const loading = loadTable(long, { schema: smallSchema, signal: AbortSignal.timeout(1) });
  await expect(loading).rejects.toThrow(/timeout/);
});

test('a fault stops the stream too', async () => {
  const { source, seen } = stream(
    new TextEncoder().encode(`a,b,class\nx,2,no\n${'1,2,no\n'.repeat(100_000)}`),
    1000,
  );
  await expect(loadTable(source, { schema: smallSchema, maxIssues: 1 })).rejects.toThrow(
    /"x" is not a number/,
  );
  expect(seen.cancelled).toBeDefined();
});

test('progress ends at the whole', async () => {
  const seen: LoadProgress[] = [];
  await loadTable(many, { schema: smallSchema, onProgress: (progress) => seen.push(progress) });
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.at(-1)).toMatchObject({ read: many.length, total: many.length });
  expect(seen.map(({ read }) => read)).toEqual(seen.map(({ read }) => read).sort((a, b) => a - b));
});

describe('limits', () => {
  test.each([
    ['size', `a,b,class\n1,2,no\n`, { size: 10 }, /my\.csv: the file is longer than limits\.size, 10$/],
    [
      'columns',
      'a,b,class\n1,2,no\n',
      { columns: 2 },
      /the header has 3 columns; limits\.columns is 2 \(line 1\)/,
    ],
    ['cellLength', `a,b,class\n1,2,no\n${'1'.repeat(10)},2,no\n`, { cellLength: 10 }, undefined],
    [
      'cellLength',
      `a,b,class\n1,2,no\n${'x'.repeat(11)},2,no\n`,
      { cellLength: 10 },
      /row 2, column "a": "x+" has 11 characters; limits\.cellLength is 10 \(line 3\)/,
    ],
    [
      'recordLength',
      `a,b,class\n1,2,no\n"${'x'.repeat(200_000)}`,
      { recordLength: 1000 },
      /begins a record of more than 1000 characters: an unclosed quote/,
    ],
  ])('%s', async (_, source, limits, message) => {
    const loading = loadTable(source, { schema: smallSchema, name: 'my.csv', limits });
    if (message) await expect(loading).rejects.toThrow(message);
    else await expect(loading).resolves.toBeDefined();
  });

  test('an open quote at the start of a large stream ends at recordLength, not at the end of memory', async () => {
    const { source, seen } = stream(
      new TextEncoder().encode(`a,b,class\n"${'1,2,no\n'.repeat(1_000_000)}`),
      1000,
    );
    await expect(loadTable(source, { schema: smallSchema })).rejects.toThrow(
      /""1,2,no\\n.*begins a record of more than 1048576 characters.*\(line 2\)/,
    );
    expect(seen.pulled).toBeLessThan(3000);
  });
});

describe('lenient', () => {
  test('keeps the good rows and tells which it dropped', async () => {
    const dropped: DroppedRows[] = [];
    const source = 'a,b,class\n1,2,no\nx,y,no\n3,4\n5,6,yes\n7,8,maybe\n';
    const table = await loadTable(source, {
      schema: smallSchema,
      mode: 'lenient',
      onDropped: (some) => dropped.push(some),
    });
    expect(table.toRows().map(({ a }) => a)).toEqual([1, 5]);
    expect(dropped).toHaveLength(1);
    expect(dropped[0]).toMatchObject({ rows: [2, 3, 5], count: 4 });
    expect(dropped[0]?.issues.map(({ row, column }) => [row, column])).toEqual([
      [2, 'a'],
      [2, 'b'],
      [3, undefined],
      [5, 'class'],
    ]);
  });

  test('is silent about a good table, and does not save a broken one', async () => {
    const onDropped = () => expect.fail('nothing was dropped');
    expect((await loadTable(text, { schema: smallSchema, mode: 'lenient', onDropped })).rowCount).toBe(2);
    await expect(loadTable('a,b,class\n"1,2,no\n', { schema: smallSchema, mode: 'lenient' })).rejects.toThrow(
      /not closed/,
    );
    await expect(loadTable('a,b\n1,2\n', { schema: smallSchema, mode: 'lenient' })).rejects.toThrow(
      /"class": missing/,
    );
    await expect(
      loadTable('a,b,class\nx,2,no\n', { schema: smallSchema, mode: 'lenient' }),
    ).resolves.toMatchObject({ rowCount: 0 });
  });
});

/** The variant of the table with empty cells, CRLF and no final newline: 58 in BS pp and 80 in Plasma F. */
const variant = (csv: string) => {
  const lines = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  lines.slice(1).forEach((cells, i) => {
    if (i % 17 === 0 && i < 58 * 17) cells[2] = '';
    if (i % 12 === 5 && i < 80 * 12) cells[4] = '';
  });
  return lines.map((cells) => cells.join()).join('\r\n');
};
const sampleText = () => {
  const table = sampleDiabetes();
  return [table.columnNames, ...table.toRows().map((row) => Object.values(row))]
    .map((cells) => cells.join())
    .join('\n');
};

const tables: [string, string][] = [['embedded', sampleText()]];
if (realTableText) tables.push(['real', realTableText]);

test.each(tables)(
  `the %s table with empty cells, CRLF and no final newline${onRealTable}`,
  async (_, csv) => {
    const table = await loadTable(variant(csv), { schema: diabetesSchema });
    expect(
      table
        .describe()
        .columns.map(({ column, missing }) => [column, missing])
        .filter(([, missing]) => missing),
    ).toEqual([
      ['BS pp', 58],
      ['Plasma F', 80],
    ]);
    expect(summarize(table)).toMatchObject({ rows: 1009, missing: 138 });
  },
);
