import { afterEach, describe, expect, test, vi } from 'vitest';
import { inferSchema, loadTable, type TableSchema } from '../src/index.js';
import { RecordCutter } from '../src/read/cut-records.js';
import { BrokenText, Tokeniser } from '../src/read/tokenise.js';

// Work is counted, not timed: the characters that searches go over, and those that are read one by one.

afterEach(() => vi.restoreAllMocks());

/** Characters that were looked at while `run` ran. */
function workOf(run: () => void): number {
  let work = 0;
  const { indexOf, charCodeAt, trim } = String.prototype;
  vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, mark: string, from = 0) {
    const at = indexOf.call(this, mark, from);
    work += (at < 0 ? this.length : at) - Math.min(from, this.length) + 1;
    return at;
  });
  vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, at: number) {
    work++;
    return charCodeAt.call(this, at);
  });
  vi.spyOn(String.prototype, 'trim').mockImplementation(function (this: string) {
    work += this.length;
    return trim.call(this);
  });
  const cut = RecordCutter.prototype.cut;
  vi.spyOn(RecordCutter.prototype, 'cut').mockImplementation(function (this: RecordCutter, text, last) {
    work += text.length;
    return cut.call(this, text, last);
  });
  run();
  vi.restoreAllMocks();
  return work;
}

function tokenise(text: string, pushed = 1000): void {
  const options = { delimiter: ',', comment: '#', maxRecordLength: 2 ** 30, pieceLength: 1024 };
  const tokeniser = new Tokeniser(options, () => {});
  try {
    for (let at = 0; at < text.length; at += pushed) tokeniser.push(text.slice(at, at + pushed));
    tokeniser.end();
  } catch (error) {
    if (!(error instanceof BrokenText)) throw error;
  }
}

describe('the tokeniser works in proportion to the text', () => {
  test.each<[string, (n: number) => string, number?]>([
    ['plain rows', (n) => '1,2,3\n'.repeat(n)],
    ['rows of one cell', (n) => 'x\n'.repeat(n)],
    ['one record', (n) => 'x,'.repeat(n)],
    ['one separator, at the end', (n) => `${'x\n'.repeat(n)}x,y\n`],
    ['quoted cells', (n) => '"1","2"\n'.repeat(n)],
    ['an open quote', (n) => `a\n"${'x\n'.repeat(n)}`],
    ['an open quote in small pieces', (n) => `a\n"${'x\n'.repeat(n)}`, 7],
    ['doubled quotes', (n) => `a\n"${'""'.repeat(n)}"\n`],
    ['stray quotes and spaces', (n) => `"a${'"x'.repeat(n)}${' '.repeat(n)},b\n`],
    ['quotes inside cells', (n) => `${'x"y,'.repeat(n)}\n`],
    ['spaces after a quote', (n) => `${`"a"${' '.repeat(100)}`.repeat(n / 100)}\n`],
    ['one run of spaces after a quote', (n) => `"a"${' '.repeat(n)},b\n`],
    ['comments', (n) => '# "x\n'.repeat(n)],
    ['blank lines', (n) => '\n'.repeat(n)],
  ])('%s', (_, text, pushed) => {
    const [one, two, four] = [4096, 8192, 16_384].map((n) => workOf(() => tokenise(text(n), pushed)));
    // Pieces are joined until they are as long as what is unfinished, so that a step of doubling may fall on either side.
    expect(four / one).toBeLessThan(4 * 1.6);
    expect(two / one).toBeLessThan(2 * 1.6);
  });
});

describe('what took minutes is quick', () => {
  const schema: TableSchema = { columns: [{ name: 'a', kind: 'number', role: 'feature' }] };
  const long = 9_999;

  test('4 MB of long cells that are no numbers, in lenient mode', async () => {
    const text = `a\n${`${'1'.repeat(long)}x\n`.repeat(400)}5\n`;
    const table = await loadTable(text, { schema, mode: 'lenient', maxIssues: 5 });
    expect(table.rowCount).toBe(1);
  }, 10_000);

  test('a cell of 200 KB is refused where it stands', async () => {
    const text = `a\n5\n${'1'.repeat(200_000)}x\n`;
    for (const read of [
      () => inferSchema(text, { name: 'my.csv' }),
      () => loadTable(text, { schema, name: 'my.csv' }),
    ])
      await expect(read()).rejects.toThrow(
        /^my\.csv: row 2, column "a": "1+…" has 200001 characters; limits\.cellLength is 10000 \(line 3\)$/,
      );
    await expect(inferSchema(text, { limits: { cellLength: 300_000 } })).resolves.toBeDefined();
  }, 10_000);
});

test('limits are honoured by whole records, too', async () => {
  const text = `a,b\n1,2\n${'x'.repeat(600)},${'y'.repeat(600)}\n1,2\n`;
  const limits = { recordLength: 1000 };
  await expect(inferSchema(text, { limits })).rejects.toThrow(
    /begins a record of more than 1000 characters.*\(line 3\)/,
  );
  const header = `${'a'.repeat(11)},b\n1,2\n`;
  await expect(inferSchema(header, { limits: { cellLength: 10 } })).rejects.toThrow(
    'is too long for a header (line 1)',
  );
  await expect(inferSchema('a,b\n1,2\n', { limits: { columns: 1 } })).rejects.toThrow(
    'limits.columns is 1 (line 1)',
  );
});
