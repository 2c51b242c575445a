// The README's examples run as a user's file would: bundled, in a Node of their own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(root, 'node_modules/.readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examples = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, code]) => code,
);

it('has three examples', () => expect(examples).toHaveLength(3));

it.each(examples.map((code, i) => [i, code] as const))('example %i', (i, code) => {
  const file = join(folder, `example${i}.ts`);
  writeFileSync(file, `${code}\nif (trained.length === 0) throw new Error('nothing was trained');\n`);
  const path = join('node_modules', basename(folder), `example${i}.ts`);
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', path], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});
