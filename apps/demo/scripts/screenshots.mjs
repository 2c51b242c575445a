// Takes a picture of each place of the built web app, and of the report, light and dark, wide and narrow, to look at what we draw.
// Usage, after a build: node scripts/screenshots.mjs FOLDER [REPORT.html]; FOLDER is made.
// The README's picture, docs/report.png, is FOLDER/readme.png of the embedded table's report.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';

const [folder, report] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node scripts/screenshots.mjs FOLDER [REPORT.html]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

/** What is done in a place before its picture is taken. */
const press = (name, until) => async (page) => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.locator(until).first().waitFor({ timeout: 240_000 });
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
  data: ['#/data', (page) => page.locator('#audit .findings > li').first().waitFor()],
  train: ['#/train', press('Train', '#train table')],
  compare: ['#/compare?seeds=8&epochs=40', press('Compare', '#answer')],
};

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });

for (const colorScheme of ['light', 'dark'])
  for (const [size, width] of Object.entries({ wide: 1100, narrow: 360 })) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    page.setDefaultTimeout(240_000);
    const shoot = (name) =>
      page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size}.png`), fullPage: true });
    for (const [name, [hash, act]] of Object.entries(places)) {
      await page.goto(`${server.resolvedUrls.local[0]}${hash}`);
      await page.waitForFunction(() => document.documentElement.dataset.live !== undefined);
      await act?.(page);
      await shoot(name);
    }
    if (report) {
      await page.goto(pathToFileURL(resolve(report)).href);
      await shoot('report');
      if (colorScheme === 'light' && size === 'wide') {
        const article = await page.locator('section').nth(2).boundingBox();
        const clip = { x: 0, y: 0, width, height: article.y + article.height + 20 };
        await page.screenshot({ path: join(folder, 'readme.png'), fullPage: true, clip });
      }
    }
    await page.close();
  }

await browser.close();
await server.close();
