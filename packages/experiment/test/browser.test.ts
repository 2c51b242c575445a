import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import * as Dataset from '@rectify/dataset';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, defaultClientConditions, type Rollup } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';
import * as Experiment from '../src/index.js';

const executablePath = findChromium();
const absent = executablePath === undefined && process.env.CI !== 'true';

/** A comparison and its records, in Node or in the page. */
async function compared({ sampleDiabetes }: typeof Dataset, { compare }: typeof Experiment) {
  const records: unknown[] = [];
  const comparison = await compare(sampleDiabetes(), {
    ...{ arms: 'relu,gelu,tanh', seeds: 5, epochs: 3 },
    onResult: ({ key, records: some }) => records.push(key, some),
  });
  return JSON.stringify({ comparison, records });
}

/** The first places at which two values of JSON differ. */
function differing(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) ? [] : [`${path}: ${a} in place of ${b}`];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys]
    .flatMap((key) => differing((a as never)[key], (b as never)[key], `${path}/${key}`))
    .slice(0, 20);
}

// A page that forbids eval and WebAssembly, as strict sites do, and one that lets WebAssembly in.
describe.skipIf(absent)(`in Chromium${absent ? ' (skipped: none is installed)' : ''}`, () => {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let address = '';

  beforeAll(async () => {
    const result = (await build({
      configFile: false,
      logLevel: 'silent',
      resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
      build: {
        write: false,
        rollupOptions: { input: fileURLToPath(new URL('_browser-entry.ts', import.meta.url)) },
      },
    })) as Rollup.RollupOutput;
    // The entry, and what it loads when it is needed.
    const scripts = new Map(
      result.output.flatMap((file): [string, string][] =>
        file.type === 'chunk' ? [[`/${file.fileName}`, file.code]] : [],
      ),
    );
    const entry = `/${result.output[0].fileName}`;
    server = createServer((request, response) => {
      const path = request.url ?? '/';
      const script = scripts.get(path);
      const wasm = path === '/wasm' ? " 'wasm-unsafe-eval'" : '';
      response.setHeader('content-security-policy', `default-src 'self'${wasm}; img-src data:`);
      response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
      response.end(
        script ??
          `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${entry}"></script>`,
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags });
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each([
    ['with WebAssembly', '/wasm'],
    ['without', '/plain'],
  ])(
    '%s, records and statistics are those of Node, byte for byte',
    async (_, path) => {
      const page = (await browser?.newPage()) as Page;
      await page.goto(address + path);
      await page.waitForFunction(() => 'experiment' in globalThis);
      const text = await page.evaluate(async () => {
        const { dataset, experiment } = globalThis as unknown as {
          dataset: typeof Dataset;
          experiment: typeof Experiment;
        };
        const records: unknown[] = [];
        const comparison = await experiment.compare(dataset.sampleDiabetes(), {
          ...{ arms: 'relu,gelu,tanh', seeds: 5, epochs: 3 },
          onResult: ({ key, records: some }) => records.push(key, some),
        });
        return JSON.stringify({ comparison, records });
      });
      expect(differing(JSON.parse(text), JSON.parse(await compared(Dataset, Experiment)))).toEqual([]);
      await page.close();
    },
    120_000,
  );
});
