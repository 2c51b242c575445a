// A CSV of 100 MB: how fast it is read, whether the page lives meanwhile, how soon it is cancelled.
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function largeFile(path) {
  const file = openSync(path, 'w');
  writeSync(file, 'a,b,c,d,kind\n');
  for (let block = 0, written = 0; written < 100e6; block++) {
    const text = Array.from({ length: 20_000 }, (_, i) => {
      const row = 20_000 * block + i;
      return `${(row / 7).toFixed(3)},${(row % 977) / 8},${row % 97},${(row * 31) % 101},${'xyz'[row % 3]}\n`;
    }).join('');
    written += writeSync(file, text);
  }
  closeSync(file);
}

export async function largeTable(browser, { url }) {
  const folder = mkdtempSync(join(tmpdir(), 'rectify-bench-'));
  const path = join(folder, 'large.csv');
  largeFile(path);
  const page = await browser.newPage();
  await page.goto(`${url}#/data`);
  await page.getByText('The embedded table: 1009 rows').waitFor();
  const give = () => page.locator('.table-bar input[type=file]').setInputFiles(path);
  await page.evaluate(() => {
    window.gap = 0;
    let last = performance.now();
    setInterval(() => {
      window.gap = Math.max(window.gap, performance.now() - last);
      last = performance.now();
    }, 10);
  });
  const started = performance.now();
  await give();
  await page.getByText(/large\.csv: \d+ rows/).waitFor({ timeout: 120_000 });
  const seconds = (performance.now() - started) / 1000;
  const gap = await page.evaluate(() => window.gap);
  await page.getByRole('button', { name: 'Back to the embedded table' }).click();
  await page.getByText('The embedded table: 1009 rows').waitFor();
  await give();
  await page.getByText(/large\.csv, .* records/).waitFor();
  const cancelled = await page.evaluate(async () => {
    const start = performance.now();
    [...document.querySelectorAll('.reading button')].at(-1).click();
    while (document.querySelector('.reading')) await new Promise((resolve) => setTimeout(resolve, 5));
    return (performance.now() - start) / 1000;
  });
  await page.close();
  const megabytes = statSync(path).size / 1e6;
  rmSync(folder, { recursive: true });
  return {
    'a CSV of 100 MB read, MB/s': [megabytes / seconds, 20, 'at least'],
    'longest time without an answer of the page meanwhile, ms': [gap, null],
    'cancelled within, s': [cancelled, 0.2],
  };
}
