import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';
import type { Seen } from './browser/entry.js';

const executablePath = findChromium();
if (!executablePath && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: the tests on WebGL are SKIPPED.\n');

/** float32 programs after one another, on a software GPU whose exp and tanh are a little coarser than the cpu's. */
const TOLERANCE = 2e-5;
const ORIGIN = 'http://rectify.test/';

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rollupOptions: {
        input: fileURLToPath(new URL('browser/entry.ts', import.meta.url)),
        output: { format: 'es' },
      },
    },
  });
  const [{ output }] = [built].flat() as {
    output: { type: string; code?: string; isEntry?: boolean }[];
  }[] as [{ output: { type: string; code?: string; isEntry?: boolean }[] }];
  return output.find(({ isEntry }) => isEntry)?.code as string;
}

async function look(): Promise<Seen> {
  const code = await bundle();
  const browser = await chromium.launch({
    executablePath: executablePath as string,
    args: [
      ...chromiumFlags.filter((flag: string) => flag !== '--disable-gpu'),
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  });
  try {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}**`, (route) => {
      const script = route.request().url().endsWith('.js');
      return route.fulfill(
        script
          ? { contentType: 'text/javascript', body: code }
          : {
              contentType: 'text/html',
              body: '<!doctype html><script type="module" src="/entry.js"></script>',
            },
      );
    });
    await page.goto(ORIGIN);
    await page.waitForFunction(() => 'look' in globalThis);
    return await page.evaluate(() => (globalThis as unknown as { look(): Promise<Seen> }).look());
  } finally {
    await browser.close();
  }
}

describe.skipIf(!executablePath && process.env.CI !== 'true')('in Chromium on WebGL', () => {
  it('the functions equal core, ±∞ is right, and parameters survive localStorage and IndexedDB', async () => {
    const seen = await look();
    expect(seen.backend).toBe('webgl');
    for (const [name, errors] of Object.entries(seen.errors))
      for (const error of errors) expect(error, name).toBeLessThan(TOLERANCE);
    expect(seen.leakyEdges).toEqual(['-Infinity', 'Infinity', 'NaN', '-1']);
    expect(seen.stockEdges[1], 'tfjs’s own program at ∞').toBe('NaN');
    expect(seen.slopes).toEqual({
      'localstorage://model': { negativeSlope: 0.07 },
      'indexeddb://model': { negativeSlope: 0.07 },
    });
    expect(seen.leaked).toBe(0);
  }, 120_000);
});
