// Takes a picture of each place of the built web app, and of the report, light and dark, on a phone, a screen and a wall, to look at what we
// draw. Usage, after a build: node scripts/screenshots.mjs FOLDER [REPORT.html]; FOLDER is made.
// node scripts/screenshots.mjs --readme makes the pictures of the README, docs/*.png, and the report that one of them shows.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';

const [folder, report] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node scripts/screenshots.mjs FOLDER [REPORT.html], or --readme');
  process.exit(2);
}

/** What is done in a place before its picture is taken. */
const press = (name, until) => async (page) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.locator(until).first().waitFor({ timeout: 240_000 });
};
/** Trains to an epoch and pauses there. */
const trained = (epoch) => async (page) => {
  await page.locator('#train .picture').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(
    (least) => Number(/Epoch (\d+)/.exec(document.body.textContent)?.[1]) >= least,
    epoch,
  );
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('paused').waitFor();
};
const places = {
  start: ['#/'],
  replay: ['#/tutorial', press('Run the experiment', '#replay .verdict')],
  mend: [
    '#/tutorial?step=mend&mend=loss,outputs,scaling',
    (page) => page.locator('#mend .verdict').waitFor(),
  ],
  relu: ['#/tutorial?step=relu', press('Compare the two', '#relu .verdict')],
  function: ['#/function?f=relu,leaky_relu:0.2,gelu&x=-4.8'],
  data: [
    '#/data?as=standardised',
    async (page) => {
      await page.locator('#audit .findings > li').first().waitFor();
      await page.locator('#histograms .chart').first().waitFor();
    },
  ],
  train: ['#/train?act=relu&split=random', trained(40)],
  compare: ['#/compare?seeds=8&epochs=40', press('Compare', '#answer')],
};

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });

const open = async (page, name) => {
  const [hash, act] = places[name];
  await page.goto(`${server.resolvedUrls.local[0]}${hash}`);
  await page.waitForFunction(() => document.documentElement.dataset.live !== undefined);
  await act?.(page);
  await page.mouse.move(0, 0);
};

const sizes = { phone: 360, small: 320, screen: 1440, wall: 3840 };

async function everything() {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'])
    for (const [size, width] of Object.entries(sizes)) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      page.setDefaultTimeout(240_000);
      const shoot = (name) =>
        page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size}.png`), fullPage: true });
      for (const name of Object.keys(places)) {
        await open(page, name);
        await shoot(name);
      }
      if (report) {
        await page.goto(pathToFileURL(resolve(report)).href);
        await shoot('report');
      }
      await page.close();
    }
}

/** The upper part of a page, as far as this element reaches. */
async function upTo(page, selector, path) {
  const { y, height } = await page.locator(selector).first().boundingBox();
  const { width } = page.viewportSize();
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: y + height } });
}

async function readme() {
  const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1040, height: 900 } });
  page.setDefaultTimeout(240_000);
  await open(page, 'start');
  await upTo(page, 'main > section:nth-of-type(2)', join(docs, 'web-start.png'));
  await open(page, 'train');
  await upTo(page, '#train .live-chart', join(docs, 'web-train.png'));
  const made = mkdtempSync(join(tmpdir(), 'rectify-pictures-'));
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  spawnSync(process.execPath, [cli, '--report', made], { stdio: 'inherit' });
  await page.goto(pathToFileURL(join(made, 'report.html')).href);
  await upTo(page, 'main > section:nth-of-type(1)', join(docs, 'report.png'));
  rmSync(made, { recursive: true });
}

await (folder === '--readme' ? readme() : everything());
await browser.close();
await server.close();
