// What docs/platforms.md says: the packages as they are published, in each runtime, by `require`, and under Jest. The browsers are in the
// tests of each package and in bundles.test.ts; what is too large to install here is tried by `node scripts/try-bundlers.mjs`.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

it('under Jest, set up as docs/platforms.md says', async () => {
  const page = readFileSync(new URL('../docs/platforms.md', import.meta.url), 'utf8');
  const config = /```js\n(.*?jest.*?)```/s.exec(page)?.[1] as string;
  writeFileSync(join(folder, 'jest.config.mjs'), config);
  writeFileSync(
    join(folder, 'some.test.mjs'),
    `import '@tensorflow/tfjs-backend-cpu';
import { leakyRelu } from '@rectify/core';
import { sampleDiabetes, summarize } from '@rectify/dataset';
import { layers, loadKerasModel } from '@rectify/tfjs-layer';

test('all is there', async () => {
  expect(leakyRelu({ negativeSlope: 0.5 })(-2)).toBe(-1);
  expect(summarize(sampleDiabetes()).rows).toBe(1009);
  expect(layers.leakyReLU().negativeSlope).toBe(0.3);
  await expect(loadKerasModel('absent.keras')).rejects.toThrow('absent.keras could not be read');
});
`,
  );
  const jest = createRequire(fileURLToPath(import.meta.url)).resolve('jest/bin/jest');
  const { stderr } = await run(process.execPath, ['--experimental-vm-modules', jest, '--watchman=false'], {
    cwd: folder,
  });
  expect(stderr).toContain('1 passed');
}, 120_000);
