// The bundle in a real Chromium: on the main thread, in a worker, and under a policy that forbids WebAssembly.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformance } from './_conformance.js';

interface Finder {
  findChromium(): string | undefined;
  chromiumFlags: string[];
}
const { findChromium, chromiumFlags }: Finder = await import(
  new URL('../../../scripts/chromium.mjs', import.meta.url).href
);

const executablePath = findChromium();
const skipped = !executablePath && process.env.CI !== 'true';

const program = `
  import { mish, leakyRelu } from './core.js';
  const x = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 9);
  let wasm = true;
  try { new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); } catch { wasm = false; }
  const result = { wasm, mish: Array.from(mish().forward(x)), leaky: Array.from(leakyRelu().forward(x)) };`;

const pages: Record<string, [type: string, body: string]> = {
  '/page.html': [
    'text/html',
    `<!doctype html><meta charset="utf-8"><title>t</title><script type="module" src="page.js"></script>`,
  ],
  '/page.js': ['text/javascript', `${program} window.result = result;`],
  '/worker.js': ['text/javascript', `${program} postMessage(result);`],
  '/conformance.html': ['text/html', '<!doctype html><meta charset="utf-8"><title>t</title>'],
  '/conformance-worker.js': [
    'text/javascript',
    "import { conformance } from './conformance.js'; postMessage(conformance());",
  ],
};

/** A source file of this package and all that it imports, as one module. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    logLevel: 'silent',
    configFile: false,
    resolve: { conditions: ['@rectify/source'] },
    build: {
      write: false,
      lib: { entry: new URL(entry, import.meta.url).pathname, formats: ['es'], fileName: 'out' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const [chunk] = outputs;
  if (chunk?.type !== 'chunk') throw new Error('no bundle');
  return chunk.code;
}

describe.skipIf(skipped)(skipped ? 'in Chromium (skipped: none found)' : 'in Chromium', () => {
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    pages['/core.js'] = ['text/javascript', await bundle('../src/index.ts')];
    pages['/conformance.js'] = ['text/javascript', await bundle('_conformance.ts')];
    server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
      const [type, body] = pages[pathname] ?? [];
      response.writeHead(body === undefined ? 404 : 200, {
        'content-type': type ?? 'text/plain',
        ...(search === '?strict' && { 'content-security-policy': "default-src 'self'" }),
        // Only so is there a SharedArrayBuffer.
        ...(pathname.startsWith('/conformance') && {
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        }),
      });
      response.end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ args: chromiumFlags, ...(executablePath && { executablePath }) });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await new Promise((closed) => server.close(closed));
  });

  interface Result {
    wasm: boolean;
    mish: number[];
    leaky: number[];
  }

  const results = async (path: string, inWorker: boolean): Promise<Result> => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${origin}${path}`);
    // A string, since these types are the page's, not Node's.
    const result = await page.evaluate<Result>(
      inWorker
        ? `new Promise((done, failed) => { const w = new Worker('worker.js', { type: 'module' }); w.onmessage = (e) => done(e.data); w.onerror = failed; })`
        : `new Promise((done) => { const wait = () => window.result ? done(window.result) : setTimeout(wait, 20); wait(); })`,
    );
    await page.close();
    expect(errors).toEqual([]);
    return result;
  };

  it('gives on the main thread, in a worker and without permission for WebAssembly what it gives here', async () => {
    const js = await import('../src/js.js');
    const wasm = await import('../src/wasm.js');
    const x = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 9);
    const leaky = [...js.leakyRelu().forward(x)];
    const main = await results('/page.html', false);
    expect(main).toEqual({ wasm: true, leaky, mish: [...wasm.mish().forward(x)] });
    expect(await results('/page.html', true)).toEqual(main);
    const strict = await results('/page.html?strict', false);
    expect(strict).toEqual({ wasm: false, leaky, mish: [...js.mish().forward(x)] });
  });

  it.each([
    ['on the main thread', `import('/conformance.js').then(({ conformance }) => conformance())`],
    [
      'in a worker',
      `new Promise((done, failed) => { const w = new Worker('/conformance-worker.js', { type: 'module' }); w.onmessage = (e) => done(e.data); w.onerror = failed; })`,
    ],
  ])('gives %s all that runtimes.test.ts asks for', async (_, ask) => {
    const page = await browser.newPage();
    await page.goto(`${origin}/conformance.html`);
    const report = JSON.parse(await page.evaluate<string>(`(${ask}).then(JSON.stringify)`)) as object;
    await page.close();
    expect(report).toEqual(JSON.parse(JSON.stringify(conformance())));
  });
});
