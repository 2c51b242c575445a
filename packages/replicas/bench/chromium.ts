// The first case in headless Chromium: the same work in a page, warm.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { findChromium } from '../../../scripts/chromium.mjs';

export interface InPage {
  ours?: { wall: number };
  hash?: string;
  skipped?: string;
}

export async function inChromium(): Promise<InPage> {
  const executablePath = findChromium();
  if (!executablePath) return { skipped: 'no Chromium is installed' };
  const code = await bundle();
  const server = createServer((request, response) => {
    const script = request.url === '/page.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? code : '<!doctype html><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const { port } = server.address() as { port: number };
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction('globalThis.measured', undefined, { timeout: 600_000 });
    const { wall, weights } = (await page.evaluate('globalThis.measured')) as {
      wall: number;
      weights: number[];
    };
    return { ours: { wall }, hash: createHash('sha256').update(Uint8Array.from(weights)).digest('hex') };
  } finally {
    await browser.close();
    server.close();
  }
}

async function bundle(): Promise<string> {
  const result = await build({
    root: process.env.REPLICAS_ROOT ?? '.',
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: `${process.env.REPLICAS_ROOT}/bench/page.ts` },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!('output' in first)) throw new Error('vite watches where it was to build');
  return first.output[0].code;
}
