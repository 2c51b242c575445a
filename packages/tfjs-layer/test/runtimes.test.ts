// Our kernels, training and Keras models in Deno and Bun as in Node.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimes } from '../../core/test/_runtimes.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const archive = join(packageFolder, 'fixtures/keras/leaky_layers.keras');
const folder = mkdtempSync(join(tmpdir(), 'rectify-runtimes-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  await build({
    logLevel: 'silent',
    configFile: false,
    root: packageFolder,
    resolve: { conditions: ['@rectify/source'] },
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      lib: { entry: 'test/runtimes/program.ts', formats: ['es'], fileName: 'program' },
      rolldownOptions: { external: [/^@tensorflow/, /^node:/, 'fflate'] },
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['@tensorflow', 'fflate'])
    symlinkSync(join(packageFolder, 'node_modules', name), join(folder, 'node_modules', name));
}, 60_000);

interface Result {
  report: Record<string, { replaced: string[]; isSame: boolean; loss: number[]; outputs: number[] }>;
  said: string[];
}

function run(program: string, args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(program, [...args, 'program.js', `${wasmFolder}/`, archive], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Result;
}

let inNode: Result;
it('in Node the kernels give what stock ones do, and nothing is said', () => {
  inNode = run(process.execPath, []);
  expect(inNode.said).toEqual([]);
  expect(Object.keys(inNode.report)).toEqual(['cpu', 'wasm']);
  for (const { replaced, isSame, loss } of Object.values(inNode.report)) {
    expect(replaced.length).toBeGreaterThan(5);
    expect(isSame).toBe(true);
    expect(loss.at(-1)).toBeLessThan(loss[0] as number);
  }
}, 30_000);

describe.each(runtimes.filter(({ name }) => name !== 'node'))('$name', ({ name, program, args }) => {
  it.skipIf(program === undefined)(
    program ? 'gives the same, on cpu and wasm' : `(skipped: ${name} has no program for this machine)`,
    () => expect(run(program as string, args)).toEqual(inNode),
    30_000,
  );
});
