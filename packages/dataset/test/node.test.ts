import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { summarize } from '../src/index.js';
import { loadTableFile } from '../src/node.js';
import { onRealTable, realTablePath } from './_tables.js';

const folder = mkdtempSync(join(tmpdir(), 'rectify-dataset-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('reads a file, and tells how far it is', async () => {
  const path = join(folder, 'some.csv');
  const text = 'Age,BS Fast,BS pp,Plasma R,Plasma F,HbA1c,Type\n50,6.1,8.2,11.3,7.4,60,Type1\n';
  writeFileSync(path, text);
  const seen: unknown[] = [];
  const table = await loadTableFile(path, { onProgress: (progress) => seen.push(progress) });
  expect(table.rowCount).toBe(1);
  expect(seen.at(-1)).toMatchObject({ read: text.length, total: text.length });
});

test.each([
  ['a missing file', 'none.csv', /none\.csv: there is no file "none.csv"$/],
  ['a path through a file', 'some.csv/x.csv', /: there is no file "x.csv"$/],
  ['a name that no file can have', 'x'.repeat(5000), /: cannot be read: ENAMETOOLONG/],
  ['a directory', '', /: this is a directory, not a CSV file$/],
])('%s is a TableError with the path', async (_, name, message) => {
  const error = await loadTableFile(join(folder, name)).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: 'TableError', message: expect.stringMatching(message) });
  expect((error as Error).message.startsWith(folder)).toBe(true);
  expect((error as Error).message).not.toMatch(/\n/);
});

const root = process.getuid?.() === 0;
test.skipIf(root || process.platform === 'win32')(
  `a file that may not be read${root ? ' (skipped: root may read all)' : ''}`,
  async () => {
    const path = join(folder, 'locked.csv');
    writeFileSync(path, 'a', { mode: 0o000 });
    await expect(loadTableFile(path)).rejects.toThrow(/locked\.csv: the file may not be read$/);
  },
);

test('an aborted signal rejects with its reason', async () => {
  const path = join(folder, 'some.csv');
  await expect(loadTableFile(path, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
    'enough',
  );
});

test.skipIf(realTablePath === undefined)(`the real table${onRealTable}`, async () => {
  expect(summarize(await loadTableFile(realTablePath as string))).toMatchObject({
    rows: 1009,
    exactDuplicates: 386,
    panels: 21,
  });
});
