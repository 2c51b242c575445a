// Takes a picture of the report and of the built web page, light and dark, wide and narrow, to look at what we draw.
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

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });

for (const colorScheme of ['light', 'dark'])
  for (const [size, width] of Object.entries({ wide: 1100, narrow: 380 })) {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const shoot = (name) =>
      page.screenshot({ path: join(folder, `${name}-${colorScheme}-${size}.png`), fullPage: true });
    await page.goto(server.resolvedUrls.local[0]);
    await page.getByText('Exact duplicates').waitFor();
    await page.locator('#train').getByRole('button', { name: 'Train' }).click();
    await page.locator('#train').getByText('Test accuracy').waitFor({ timeout: 120_000 });
    await page.locator('#article').getByRole('button').click();
    await page.locator('#article .verdict').waitFor({ timeout: 120_000 });
    await shoot('page');
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
