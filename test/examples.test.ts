// Each folder of examples/ runs as its README says, on the packages as they are published. own-model has tests of its own.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../scripts/chromium.mjs';
import { installPackages } from '../scripts/packages.mjs';

const run = promisify(execFile);
const executablePath = findChromium();
const skips = !executablePath && process.env.CI !== 'true';
if (skips) process.stderr.write('No Chromium found: the examples of pages are SKIPPED.\n');

let folder: string;
let browser: Browser | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-examples-'));
  await installPackages(folder);
  const examples = fileURLToPath(new URL('../examples', import.meta.url));
  for (const name of readdirSync(examples))
    cpSync(join(examples, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  if (executablePath) browser = await chromium.launch({ executablePath, args: chromiumFlags });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const output = async (...args: string[]) => (await run(process.execPath, args, { cwd: folder })).stdout;

it('keras-in-node: the slope of Keras is not lost', async () => {
  const said = await output('keras-in-node/main.mjs');
  const [same, unlike] = [...said.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
  expect(same).toBeGreaterThan(90);
  expect(unlike).toBeLessThan(10);
  expect(said).toContain('left out or computed otherwise: []');
}, 60_000);

it('audit-csv: every fault that the table has is found', async () => {
  const said = await output('audit-csv/main.mjs');
  expect(said).toContain('separated by ";"');
  expect(said).toContain('20 rows');
  expect(said).toMatch(/glucose/);
}, 60_000);

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** A page of the files in a folder, where what is said on the console fails the test. */
async function open(root: string): Promise<{ page: Page; faults: string[] }> {
  if (!browser) throw new Error('no Chromium');
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.context().route('https://example.test/**', (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname === '/' ? '/index.html' : pathname;
    // The page's own folder has no node_modules here: they lie in the folder above.
    const from = file.startsWith('/node_modules/') ? folder : root;
    return route.fulfill({ contentType: types[extname(file)] ?? '', body: readFileSync(join(from, file)) });
  });
  await page.goto('https://example.test/');
  return { page, faults };
}

describe.skipIf(skips)('in Chromium', () => {
  it('core-page: the value follows the slope', async () => {
    const { page, faults } = await open(join(folder, 'core-page'));
    await page.waitForSelector('svg');
    expect(await page.textContent('#value')).toBe('f(-2) = -0.4, f′(-2) = 0.2');
    await page.fill('#slope', '0.05');
    expect(await page.textContent('#value')).toBe('f(-2) = -0.1, f′(-2) = 0.05');
    expect(faults).toEqual([]);
    await page.close();
  }, 60_000);

  it('tfjs-worker: built by Vite, it trains in its worker and keeps the slope', async () => {
    const root = join(folder, 'tfjs-worker');
    await build({ root, logLevel: 'error', configFile: join(root, 'vite.config.js') });
    const { page, faults } = await open(join(root, 'dist'));
    await page.click('#train');
    await page
      .waitForFunction("document.querySelector('#result').textContent", undefined, { timeout: 60_000 })
      .catch((error) => {
        throw new Error(faults.join('; ') || String(error));
      });
    expect(faults).toEqual([]);
    const said = await page.textContent('#result');
    expect(said).toMatch(/slope kept when saved: 0\.05$/);
    expect(Number(/accuracy (\d+)/.exec(said ?? '')?.[1])).toBeGreaterThan(85);
    await page.close();
  }, 120_000);
});
