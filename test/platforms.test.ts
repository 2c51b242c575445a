// What docs/platforms.md says: the packages as they are published, in each runtime, and by `require`. Jest and other
// versions of Node are tried by `npm run test:release`. The browsers are in the
// tests of each package and in bundles.test.ts; what is too large to install here is tried by `node scripts/try-bundlers.mjs`.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimes } from '../packages/core/test/_runtimes.js';
import { installPackages } from '../scripts/packages.mjs';

const run = promisify(execFile);
const entry = (name: string) => readFileSync(new URL(`bundles/${name}.js`, import.meta.url), 'utf8');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-platforms-'));
  await installPackages(folder);
  const print = `\nconsole.log(JSON.stringify(globalThis.result));\nif (globalThis.Deno) globalThis.Deno.exit(0);\n`;
  for (const name of ['others', 'layers', 'workers'])
    writeFileSync(join(folder, `${name}.mjs`), entry(name) + print);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const result = async (program: string, args: readonly string[]) => {
  const { stdout } = await run(program, args, { cwd: folder });
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as unknown;
};

describe.each(runtimes)('$name', ({ name, program, args }) => {
  const before = name === 'deno' ? ['run', '--quiet', '--allow-all', '--node-modules-dir=manual'] : args;
  it.skipIf(program === undefined).each([
    ['others', [-1, true, '<svg', 65536, 1009, 'string', 2, 'accuracy']],
    ['layers', [-1, 3]],
    ['workers', [2]],
  ])(
    'runs %s as published',
    async (file, expected) => {
      expect(await result(program as string, [...before, `${file}.mjs`])).toEqual(expected);
    },
    60_000,
  );
});

it('CommonJS takes every package by require', async () => {
  const doors = [
    'core',
    'core/js',
    'core/wasm',
    'core/plot',
    'dataset',
    'dataset/node',
    'experiment',
    'replicas',
  ];
  writeFileSync(
    join(folder, 'require.cjs'),
    `require('@tensorflow/tfjs-backend-cpu');
const loaded = ${JSON.stringify([...doors, 'replicas/workers', 'tfjs-layer', 'tfjs-layer/layers'])}.map((door) => require('@rectify/' + door));
console.log(JSON.stringify(loaded.map((door) => Object.keys(door).length > 0)));
`,
  );
  const loaded = (await result(process.execPath, ['require.cjs'])) as boolean[];
  expect(loaded.length).toBe(11);
  expect(loaded).not.toContain(false);
}, 60_000);
