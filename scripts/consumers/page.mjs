// Runs what was bundled in a page of its own, and gives what it leaves in `globalThis.result`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../chromium.mjs';

const tfjs = ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu'].map((name) => `@tensorflow/${name}`);
const refusal = 'source file:///model.keras is the path of a file, and no fi';

/** What bundles leave out, since `bundleTfjs` makes it once for all. */
export const external = /^@tensorflow\//;

/** What the entries of test/bundles leave. */
export const results = {
  layers: [-1, 3],
  'load-keras-model': [-1, 3, refusal],
  'tfjs-layer': [true, 'function', 0.3, 0],
  others: [-1, true, '<svg', 65536, 1009, 'string', 2, 'accuracy'],
};

/** TensorFlow.js, bundled into the folder `tfjs` of a folder that has it installed. */
export const bundleTfjs = (folder) =>
  build({
    entryPoints: tfjs.map((name) => ({ in: name, out: name })),
    absWorkingDir: folder,
    outdir: join(folder, 'tfjs'),
    bundle: true,
    splitting: true,
    format: 'esm',
    logLevel: 'error',
  });

/** A headless Chromium, or undefined where none is installed. */
export async function openBrowser() {
  const executablePath = findChromium();
  return executablePath && chromium.launch({ executablePath, args: chromiumFlags });
}

/**
 * What `main.js` of `outdir` leaves, as the only script of a page. Bare names are found by an import map: TensorFlow.js's in the folder
 * `tfjs` of `folder`, and those of `imports`, whose addresses lie in `folder`.
 */
export async function resultOf(browser, { folder, outdir, imports = {} }) {
  const page = await browser.newPage();
  try {
    const faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const map = {
      imports: { ...Object.fromEntries(tfjs.map((name) => [name, `/tfjs/${name}.js`])), ...imports },
    };
    const html = `<script type="importmap">${JSON.stringify(map)}</script><script type="module" src="/main.js"></script>`;
    await page.route('https://bundles.test/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
      const file = join(/^\/(?:tfjs|node_modules)\//.test(pathname) ? folder : outdir, pathname);
      return route.fulfill({ contentType: 'text/javascript', body: readFileSync(file, 'utf8') });
    });
    await page.goto('https://bundles.test/');
    await page
      .waitForFunction(() => 'result' in globalThis, undefined, { timeout: 20_000 })
      .catch((error) => {
        throw new Error(faults.join('; ') || String(error));
      });
    return await page.evaluate(() => globalThis.result);
  } finally {
    await page.close();
  }
}
