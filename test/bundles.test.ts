// Each package, bundled by the bundlers that users have, runs in a page; and one layer brings no more than it needs.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundlerName, bundlers } from '../scripts/bundlers.mjs';
import { chromiumFlags, findChromium } from '../scripts/chromium.mjs';
import { installPackages } from '../scripts/packages.mjs';

const executablePath = findChromium();
if (!executablePath && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: bundles are made, but SKIPPED as to what they do.\n');

const tfjs = ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu'].map((name) => `@tensorflow/${name}`);
const external = /^@tensorflow\//;
const imports = Object.fromEntries(tfjs.map((name) => [name, `/tfjs/${name}.js`]));
const html = `<script type="importmap">${JSON.stringify({ imports })}</script><script type="module" src="/main.js"></script>`;

let folder: string;
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-bundles-'));
  await installPackages(folder);
  cpSync(fileURLToPath(new URL('bundles', import.meta.url)), join(folder, 'entries'), { recursive: true });
  // TensorFlow.js itself is bundled once; bundlers differ in what they make of our packages.
  await build({
    entryPoints: tfjs.map((name) => ({ in: name, out: name })),
    absWorkingDir: folder,
    outdir: join(folder, 'tfjs'),
    bundle: true,
    splitting: true,
    format: 'esm',
    logLevel: 'error',
  });
  if (executablePath) browser = await chromium.launch({ executablePath, args: chromiumFlags });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a bundle leaves in `globalThis.result` of a page that it is the only script of. */
async function resultOf(outdir: string): Promise<unknown> {
  if (!browser) throw new Error('no Chromium');
  const page = await browser.newPage();
  try {
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.route('https://bundles.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
      const file = join(pathname.startsWith('/tfjs/') ? folder : outdir, pathname);
      return route.fulfill({ contentType: 'text/javascript', body: readFileSync(file, 'utf8') });
    });
    await page.goto('https://bundles.test/');
    await page
      .waitForFunction(() => 'result' in globalThis, undefined, { timeout: 20_000 })
      .catch((error) => {
        throw new Error(faults.join('; ') || String(error));
      });
    return await page.evaluate(() => (globalThis as unknown as { result: unknown }).result);
  } finally {
    await page.close();
  }
}

const refusal = 'source file:///model.keras is the path of a file, and no fi';
const results: Record<string, unknown[]> = {
  layers: [-1, 3],
  'load-keras-model': [-1, 3, refusal],
  'tfjs-layer': [true, 'function', 0.3, 0],
  others: [-1, true, '<svg', 65536, 1009, 'string', 2, 'accuracy'],
};

describe.each(Object.keys(bundlers) as BundlerName[])('%s', (bundler) => {
  it.each(Object.keys(results))(
    'bundles %s, which runs in Chromium',
    async (entry) => {
      const outdir = join(folder, bundler, entry);
      await bundlers[bundler]({ input: join(folder, 'entries', `${entry}.js`), outdir, external });
      if (executablePath || process.env.CI === 'true') expect(await resultOf(outdir)).toEqual(results[entry]);
    },
    120_000,
  );

  // esbuild and Rollup leave the address of a worker as it is.
  it.runIf(bundler === 'vite' || bundler === 'webpack')(
    'finds the workers of replicas',
    async () => {
      const outdir = join(folder, bundler, 'workers');
      await bundlers[bundler]({ input: join(folder, 'entries/workers.js'), outdir, external });
      if (executablePath || process.env.CI === 'true') expect(await resultOf(outdir)).toEqual([2]);
    },
    120_000,
  );
});

/** Bytes of all that an entry brings, minified and compressed, without TensorFlow.js. */
async function weightOf(bundler: BundlerName, entry: string): Promise<number> {
  const outdir = join(folder, `${bundler}-small`, entry);
  await bundlers[bundler]({ input: join(folder, 'entries', `${entry}.js`), outdir, external, minify: true });
  return brotliCompressSync(readFileSync(join(outdir, 'main.js'))).length;
}

// Goals. `layers` of the main door is one object, of which esbuild keeps all; the door /layers is for it.
describe.each(['rollup', 'vite', 'webpack', 'esbuild'] as const)('one layer, by %s', (bundler) => {
  const entry = bundler === 'esbuild' ? 'one-layer-by-door' : 'one-layer';
  it('weighs at most 16 kB beside TensorFlow.js', async () => {
    expect(await weightOf(bundler, entry)).toBeLessThan(16_000);
  }, 60_000);
});
