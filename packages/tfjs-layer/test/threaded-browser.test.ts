import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';
import type { SeenThreads } from './browser/threaded-entry.js';

const executablePath = findChromium();
const binaries = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
/** A page is isolated only at a trustworthy address. */
const ORIGIN = 'https://rectify.test/';
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

async function look(): Promise<SeenThreads> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rollupOptions: {
        input: fileURLToPath(new URL('browser/threaded-entry.ts', import.meta.url)),
        output: { format: 'es' },
      },
    },
  });
  const [{ output }] = [built].flat() as unknown as [{ output: { code?: string; isEntry?: boolean }[] }];
  const code = output.find(({ isEntry }) => isEntry)?.code as string;
  const browser = await chromium.launch({ executablePath: executablePath as string, args: chromiumFlags });
  try {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path.startsWith('/wasm/'))
        return route.fulfill({
          headers,
          contentType: 'application/wasm',
          body: readFileSync(join(binaries, path.slice('/wasm/'.length))),
        });
      return path === '/entry.js'
        ? route.fulfill({ headers, contentType: 'text/javascript', body: code })
        : route.fulfill({
            headers,
            contentType: 'text/html',
            body: '<!doctype html><script type="module" src="/entry.js"></script>',
          });
    });
    await page.goto(ORIGIN);
    await page.waitForFunction(() => 'lookAtThreads' in globalThis);
    return await page.evaluate(() =>
      (globalThis as unknown as { lookAtThreads(): Promise<SeenThreads> }).lookAtThreads(),
    );
  } finally {
    await browser.close();
  }
}

describe.skipIf(!executablePath && process.env.CI !== 'true')('in an isolated page in Chromium', () => {
  it('tfjs’s kernels serve in the threaded build, and the console says so once; our layers are right', async () => {
    const seen = await look();
    expect(seen.isolated).toBe(true);
    expect(seen.threads).toBe(true);
    expect(seen.leaky).toEqual([-0.5, -0.5, -0.5]);
    expect(seen.dense).toEqual([3, 3, -1.5, -1.5]);
    expect(seen.denseGradient).toEqual([2, 2, 1, 1]);
    expect(seen.warnings.filter((text) => text.includes('@rectify'))).toHaveLength(1);
  }, 120_000);
});
