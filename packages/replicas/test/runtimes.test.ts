// The same bits in Node, Deno, Bun and Chromium, on WebAssembly and JS; and the workers of each kind.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions, defaultServerConditions } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { runtimes } from '../../core/test/_runtimes.js';

const root = new URL('..', import.meta.url).pathname;
let folder: string;
/** What Node makes on WebAssembly. */
let truth: string;

/** 800 steps of networks with several functions; what comes out as text. */
const program = (workers: string): string => `
  import { activation } from '@rectify/core/js';
  import { trainSync } from '${root}src/index.ts';
  ${workers ? `import { createWorkers } from '${root}src/${workers}';` : ''}
  const n = 40;
  const features = { data: Float32Array.from({ length: 4 * n }, (_, i) => ((i * 7919) % 101) / 50 - 1), shape: [n, 4] };
  const options = {
    features,
    labels: Int32Array.from({ length: n }, (_, row) => (features.data[4 * row] > 0 ? 2 : row % 2)),
    output: { activation: 'softmax', loss: 'cross_entropy', units: 3 },
    arms: ['relu', 'gelu', 'tanh', 'mish', 'elu', 'softplus'].map((name) => ({ hidden: [{ units: 5, activation: activation(name) }] })),
    seeds: 3,
    initializer: 'he_normal',
    schedule: 'cosine',
    epochs: 200,
    batchSize: 10,
    testRows: [0, 5],
  };
  const texts = (trained) => [trained.columns.weights.values, trained.columns.testLosses.values].map((values) => [...new Uint32Array(values.buffer)].join());
  const results = ['wasm', 'js'].map((runner) => texts(trainSync({ ...options, runner })).join());
  ${
    workers
      ? `const pool = createWorkers({ threads: 2 });
  let last;
  results.push(texts(await pool.train(options, { onProgress: (progress) => { last = progress; } })).join());
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('stopped')), 50);
  const begun = performance.now();
  const reason = await pool.train({ ...options, epochs: 100000 }, { signal: stop.signal }).catch(({ message }) => message);
  const took = performance.now() - begun;
  await pool.close();
  globalThis.workers = { reason, done: last.done, total: last.total };`
      : ''
  }
  globalThis.results = results;`;

async function bundle(name: string, code: string, page: boolean): Promise<void> {
  const entry = join(folder, `${name}-entry.js`);
  writeFileSync(entry, code);
  const conditions = ['@rectify/source', ...(page ? defaultClientConditions : defaultServerConditions)];
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve: { conditions },
    ssr: { noExternal: true, external: ['piscina'], resolve: { conditions, externalConditions: conditions } },
    worker: { format: 'es' },
    build: {
      ...(page ? {} : { ssr: true }),
      outDir: join(folder, name),
      modulePreload: false,
      target: 'es2022',
      rollupOptions: {
        input: { main: entry, ...(!page && { 'node-worker': `${root}src/workers/node-worker.ts` }) },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  });
  if (!page) copyFileSync(`${root}src/workers/node-worker.cts`, join(folder, name, 'node-worker.cjs'));
}

beforeAll(async () => {
  folder = mkdtempSync(join(root, 'node_modules/.runtimes-'));
  await bundle('plain', `${program('')}\nconsole.log(JSON.stringify(results));`, false);
  [truth] = JSON.parse(run(process.execPath, [], 'plain/main.js'));
  await bundle(
    'threads',
    `${program('workers.ts')}\nconsole.log(JSON.stringify([results, workers]));`,
    false,
  );
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: readonly string[], file: string): string => {
  const { status, stdout, stderr } = spawnSync(program, [...args, join(folder, file)], {
    encoding: 'utf8',
    cwd: root,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
};

it.each(runtimes.filter(({ program }) => program !== undefined))('$name', ({ program = '', args }) => {
  const results: string[] = JSON.parse(run(program, args, 'plain/main.js'));
  expect(results).toEqual([truth, truth]);
});

it('threads of Node: the same bits, progress to the end, stopped by a signal', () => {
  const [results, workers] = JSON.parse(run(process.execPath, [], 'threads/main.js'));
  expect(results).toEqual([truth, truth, truth]);
  expect(workers).toEqual({ reason: 'stopped', done: 3600, total: 3600 });
}, 120_000);

// Ended in the middle of it, a pool now and then took the whole process with it: see src/workers/node-worker.cts.
it('threads of Node may be ended while they load', async () => {
  const pools = `import { createWorkers } from '${root}src/workers.ts';
    for (let after = 10; after < 130; after += 2) {
      const pool = createWorkers({ threads: 8 });
      await new Promise((resolve) => setTimeout(resolve, after));
      await pool.close();
    }`;
  await bundle('ended', pools, false);
  expect(() => run(process.execPath, [], 'ended/main.js')).not.toThrow();
}, 120_000);

it.skipIf(!findChromium())(
  'Chromium, and its workers',
  async () => {
    await bundle('page', program('workers-web.ts'), true);
    const server = createServer((request, response) => {
      const name = request.url === '/' ? '' : (request.url ?? '');
      response.setHeader('content-type', name ? 'text/javascript' : 'text/html');
      try {
        response.end(
          name
            ? readFileSync(join(folder, 'page', name))
            : '<!doctype html><script type="module" src="/main.js"></script>',
        );
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
      await page.waitForFunction('globalThis.results', undefined, { timeout: 60_000 });
      expect(errors).toEqual([]);
      expect(await page.evaluate('globalThis.results')).toEqual([truth, truth, truth]);
      expect(await page.evaluate('globalThis.workers')).toEqual({
        reason: 'stopped',
        done: 3600,
        total: 3600,
      });
    } finally {
      await browser.close();
      server.close();
    }
  },
  120_000,
);
