// Runs a file of this folder in a page of headless Chromium.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { findChromium } from '../../../scripts/chromium.mjs';

/** What the file puts into `globalThis.measured`; `skipped` says why there is none. */
export async function inChromium<T>(file: string): Promise<{ measured: T } | { skipped: string }> {
  const executablePath = findChromium();
  if (!executablePath) return { skipped: 'no Chromium is installed' };
  const { entry, scripts } = await bundle(file);
  const server = createServer(({ url }, response) => {
    const script = scripts.get(url ?? '');
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? `<!doctype html><script type="module" src="${entry}"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
    const { port } = server.address() as { port: number };
    await page.goto(`http://127.0.0.1:${port}/`);
    await Promise.race([
      failed,
      page.waitForFunction('globalThis.measured', undefined, { timeout: MOST_SECONDS * 1000 }),
    ]);
    return { measured: (await page.evaluate('globalThis.measured')) as T };
  } finally {
    await browser.close();
    server.close();
  }
}

/** A page trains some times, less than half a second each where nothing is wrong. */
const MOST_SECONDS = 60;

/** The page's scripts by their paths: what is loaded on demand has files of its own. */
async function bundle(file: string): Promise<{ entry: string; scripts: ReadonlyMap<string, string> }> {
  const result = await build({
    root: process.env.REPLICAS_ROOT ?? '.',
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: { input: `${process.env.REPLICAS_ROOT}/bench/${file}` },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!('output' in first)) throw new Error('vite watches where it was to build');
  const scripts = new Map<string, string>();
  for (const file of first.output) if ('code' in file) scripts.set(`/${file.fileName}`, file.code);
  return { entry: `/${first.output[0].fileName}`, scripts };
}
