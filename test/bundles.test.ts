// Each package, bundled by the bundlers that users have, runs in a page; and one layer brings no more than it needs.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundlerName, bundlers } from '../scripts/bundlers.mjs';
import { findChromium } from '../scripts/chromium.mjs';
import { bundleTfjs, external, openBrowser, resultOf, results } from '../scripts/consumers/page.mjs';
import { installPackages } from '../scripts/packages.mjs';

const executablePath = findChromium();
if (!executablePath && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: bundles are made, but SKIPPED as to what they do.\n');

let folder: string;
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-bundles-'));
  await installPackages(folder);
  cpSync(fileURLToPath(new URL('bundles', import.meta.url)), join(folder, 'entries'), { recursive: true });
  // TensorFlow.js itself is bundled once; bundlers differ in what they make of our packages.
  await bundleTfjs(folder);
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function resultIn(outdir: string): Promise<unknown> {
  if (!browser) throw new Error('no Chromium');
  return resultOf(browser, { folder, outdir });
}

describe.each(Object.keys(bundlers) as BundlerName[])('%s', (bundler) => {
  it.each(Object.keys(results))(
    'bundles %s, which runs in Chromium',
    async (entry) => {
      const outdir = join(folder, bundler, entry);
      await bundlers[bundler]({ input: join(folder, 'entries', `${entry}.js`), outdir, external });
      if (executablePath || process.env.CI === 'true') expect(await resultIn(outdir)).toEqual(results[entry]);
    },
    120_000,
  );

  // esbuild and Rollup leave the address of a worker as it is.
  it.runIf(bundler === 'vite' || bundler === 'webpack')(
    'finds the workers of replicas',
    async () => {
      const outdir = join(folder, bundler, 'workers');
      await bundlers[bundler]({ input: join(folder, 'entries/workers.js'), outdir, external });
      if (executablePath || process.env.CI === 'true') expect(await resultIn(outdir)).toEqual([2]);
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
