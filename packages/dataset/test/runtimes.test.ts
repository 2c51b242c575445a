// The same tables, findings, splits and components in Deno and Bun as in Node, of a bundle as a user makes one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runtimes } from '../../core/test/_runtimes.js';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
let truth: string;

const program = `
  import { auditAsync, fitPca, fitStandardScaler, openTable, sampleDiabetes, split } from '${root}src/index.ts';
  import { openTableFile } from '${root}src/node.ts';
  const table = sampleDiabetes({ seed: 3 });
  const parts = split(table, { method: 'stratified-grouped', seed: 7 });
  const { findings, skipped } = await auditAsync(table, { split: parts });
  const scaled = fitStandardScaler(table.toMatrix()).transform(table.toMatrix());
  const text = 'age;dose;kind\\n31;1,5;a\\n48;0,5;b\\n52;;a\\n';
  const opened = [
    await openTable(text),
    await openTable(new TextEncoder().encode(text)),
    await openTable(new Blob([text])),
    await openTableFile(process.argv.at(-1)),
  ];
  const wrong = await openTable('a,kind\\n1,x\\n2\\n', { name: 'my.csv' }).catch(({ message }) => message);
  const stop = new AbortController();
  const stopped = await auditAsync(table, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
    .catch(({ message }) => message);
  console.log(JSON.stringify({
    findings, skipped, wrong, stopped,
    test: [...parts.test],
    components: fitPca(scaled).components,
    opened: opened.map((one) => [one.table.toRows(), one.notes]),
  }));`;

const run = (name: string, args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(
    name,
    [...args, join(folder, 'main.js'), join(folder, 'my.csv')],
    { encoding: 'utf8', cwd: folder },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
};

beforeAll(async () => {
  folder = mkdtempSync(join(root, 'node_modules/.runtimes-'));
  writeFileSync(join(folder, 'entry.js'), program);
  writeFileSync(join(folder, 'my.csv'), 'age;dose;kind\n31;1,5;a\n48;0,5;b\n52;;a\n');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, resolve: { conditions: ['@rectify/source', ...defaultServerConditions] } },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      rollupOptions: { input: join(folder, 'entry.js'), output: { entryFileNames: 'main.js' } },
    },
  });
  truth = run(process.execPath, []);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(runtimes.filter(({ program }) => program !== undefined))('$name', ({ program = '', args }) => {
  const there = JSON.parse(run(program, args));
  expect(there).toEqual(JSON.parse(truth));
  expect(there.wrong).toBe('my.csv: row 2: the row has 1 cells, the header 2 (line 3)');
  expect(there.stopped).toBe('enough');
  expect(there.opened).toHaveLength(4);
});
