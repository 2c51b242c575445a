// The package as it is published, in Node, Deno and Bun, on the main thread and in a worker: the same results everywhere.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformance } from './_conformance.js';
import { runtimes } from './_runtimes.js';

const packageFolder = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'rectify-runtimes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
  import { isMainThread, parentPort, Worker } from 'node:worker_threads';
  import { conformance } from './conformance.js';
  if (!isMainThread) parentPort.postMessage(conformance());
  else if (process.argv.includes('worker')) {
    const worker = new Worker(new URL(import.meta.url));
    worker.on('error', (error) => { console.error(error); process.exit(1); });
    worker.on('message', (report) => { console.log(JSON.stringify(report)); process.exit(0); });
  } else console.log(JSON.stringify(conformance()));`;

beforeAll(async () => {
  const installed = join(folder, 'node_modules', '@rectify', 'core');
  mkdirSync(installed, { recursive: true });
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [
    tsc,
    '-p',
    join(packageFolder, 'tsconfig.build.json'),
    '--noCheck',
    '--outDir',
    join(installed, 'dist'),
  ]);
  copyFileSync(join(packageFolder, 'package.json'), join(installed, 'package.json'));
  await build({
    logLevel: 'silent',
    configFile: false,
    root: packageFolder,
    build: {
      outDir: folder,
      emptyOutDir: false,
      lib: { entry: 'test/_conformance.ts', formats: ['es'], fileName: 'conformance' },
      rolldownOptions: { external: /^@rectify\/core/ },
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'program.js'), program);
}, 60_000);

const expected = JSON.parse(JSON.stringify(conformance())) as object;

it('here nothing is beyond its tolerance', () => {
  expect(expected).toMatchObject({ beyondTolerance: { js: [], wasm: [] } });
});

describe.each(runtimes)('$name', ({ name, program: path, args }) => {
  const skipped = path === undefined;
  it.skipIf(skipped).each(['on the main thread', 'in a worker'])(
    skipped ? `%s (skipped: ${name} has no program for this machine)` : '%s',
    (where) => {
      const run = spawnSync(
        path ?? '',
        [...args, 'program.js', ...(where === 'in a worker' ? ['worker'] : [])],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      expect(run.status, run.stderr).toBe(0);
      expect(JSON.parse(run.stdout)).toEqual(expected);
    },
  );
});
