import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';
import type * as Dataset from '../src/index.js';
import { audit, loadTable, sampleDiabetes, shuffled, split } from '../src/index.js';
import { smallSchema } from './_tables.js';

const executablePath = findChromium();
const absent = executablePath === undefined && process.env.CI !== 'true';

// The whole package in a page that forbids eval, as strict sites do.
describe.skipIf(absent)(`in Chromium${absent ? ' (skipped: none is installed)' : ''}`, () => {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const result = (await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        rollupOptions: { input: fileURLToPath(new URL('_browser-entry.ts', import.meta.url)) },
      },
    })) as Rollup.RollupOutput;
    const script = result.output[0].code;
    server = createServer((request, response) => {
      const isScript = request.url === '/dataset.js';
      response.setHeader('content-security-policy', "default-src 'self'; img-src data:");
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript
          ? script
          : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/dataset.js"></script>',
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags });
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'dataset' in globalThis);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test('a seed gives what it gives in Node', async () => {
    const there = await page.evaluate(() => {
      const { audit, sampleDiabetes, shuffled, split } = (
        globalThis as unknown as { dataset: typeof Dataset }
      ).dataset;
      const table = sampleDiabetes({ seed: 3 });
      const parts = split(table, { method: 'stratified-grouped', seed: 7 });
      return {
        shuffled: [...shuffled(30, 5)],
        rows: table.toRows(),
        test: [...parts.test],
        findings: audit(table, { split: parts }).findings.map(({ id, count }) => [id, count]),
      };
    });
    const table = sampleDiabetes({ seed: 3 });
    const parts = split(table, { method: 'stratified-grouped', seed: 7 });
    expect(there).toEqual({
      shuffled: [...shuffled(30, 5)],
      rows: table.toRows(),
      test: [...parts.test],
      findings: audit(table, { split: parts }).findings.map(({ id, count }) => [id, count]),
    });
  });

  test('a dropped File loads, or names the cell', async () => {
    const load = (text: string) =>
      page.evaluate(
        async ([text, schema]) => {
          const { loadTable } = (globalThis as unknown as { dataset: typeof Dataset }).dataset;
          const file = new File([text], 'my.csv');
          return loadTable(file, { schema, name: file.name }).then(
            (table) => table.toRows(),
            (error: Error) => error.message,
          );
        },
        [text, smallSchema] as const,
      );
    const good = '\uFEFFa,b,class\r\n1,"2.5",no\r\n,3,yes';
    expect(await load(good)).toEqual((await loadTable(good, { schema: smallSchema })).toRows());
    expect(await load('a,b,class\n1,abc,no\n')).toBe(
      'my.csv: row 1, column "b": "abc" is not a number (line 2)',
    );
    expect(complaints).toEqual([]);
  });
});
