import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleDiabetes } from '@rectify/dataset';
import type { Browser, Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { percent } from '../src/report/format.js';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { mendedExperiment } from '../src/tutorial/mended.js';
import { browserNote, chromiumPath, launchBrowser } from './browser.js';
import { hasRealTable, realTableNote, realTablePath } from './real-table.js';

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));

describe.skipIf(!chromiumPath)(`the web page, built, in Chromium${browserNote}`, { timeout: 240_000 }, () => {
  let outDir: string;
  let server: PreviewServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    outDir = mkdtempSync(join(tmpdir(), 'rectify-web-'));
    await build({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
    server = await preview({ configFile, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
    browser = await launchBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page = await browser.newPage();
    complaints = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
    await page.goto(server.resolvedUrls?.local[0] as string);
    await page.getByText('Exact duplicates').waitFor();
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  /** The drawn line of Leaky ReLU: its height at the left end over its height at the right end is the slope. */
  const drawnSlope = () =>
    page.evaluate(() => {
      const path = document.querySelector('#curves figure > svg path.series-2');
      const leaky =
        path
          ?.getAttribute('d')
          ?.match(/-?[\d.]+/g)
          ?.map(Number) ?? [];
      const ys = leaky.filter((_, i) => i % 2 === 1);
      const zero = ys[Math.round(ys.length / 2)];
      return (ys[0] - zero) / (zero - (ys.at(-1) as number));
    });

  it('moves the curve with the slider', async () => {
    expect(await drawnSlope()).toBeCloseTo(0.2, 1);
    await page.locator('#slope').fill('0.8');
    await expect.poll(drawnSlope).toBeCloseTo(0.8, 1);
    expect(await page.locator('output[for=slope]').innerText()).toBe('0.80');
    await page.getByRole('button', { name: '0.09' }).click();
    await expect.poll(drawnSlope).toBeCloseTo(0.09, 1);
  });

  it('trains to the accuracy that the command gives for that seed, and can be cancelled before', async () => {
    const section = page.locator('#train');
    await section.getByRole('button', { name: 'Train' }).click();
    await section.getByText(/epoch \d+ of 100/).waitFor();
    await section.getByRole('button', { name: 'Cancel' }).click();
    await section.getByRole('button', { name: 'Train' }).waitFor();
    expect(await section.getByText('Test accuracy').count()).toBe(0);

    await section.getByRole('spinbutton').fill('5');
    await section.getByRole('button', { name: 'Train' }).click();
    await section.getByText('Test accuracy').waitFor({ timeout: 120_000 });
    await useReproducibleBackend();
    const { testAccuracy, trainAccuracy, testLogLoss } = await mendedExperiment(sampleDiabetes(), {
      seed: 5,
      split: 'random',
    });
    const text = await section.innerText();
    expect(text).toContain(`${percent(testAccuracy)} of 202 rows`);
    expect(text).toContain(`${percent(trainAccuracy)} of 807 rows`);
    expect(text).toContain(`${testLogLoss.toFixed(4)} nats`);
  });

  it("runs the tutorial's experiment and gives its counts", async () => {
    const section = page.locator('#article');
    await section.getByRole('button').click();
    await section.getByText('answers Normal to everyone').waitFor({ timeout: 120_000 });
    const text = await section.innerText();
    expect(text.match(/500\/807 = 61\.96 %/g)).toHaveLength(2);
    expect(text.match(/131\/202 = 64\.85 %/g)).toHaveLength(2);
    expect(text).toContain('Normal 1009, Type1 0');
  });

  it('refuses a bad seed in words', async () => {
    const section = page.locator('#train');
    await section.getByRole('spinbutton').fill('-3');
    await section.getByRole('button', { name: 'Train' }).click();
    await section.getByRole('alert').waitFor();
    expect(await section.getByRole('alert').innerText()).toContain('seed must be an integer');
  });

  const csv = (text: string) => ({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  it('gives a bad CSV its message and keeps the table', async () => {
    const section = page.locator('#table');
    await section
      .locator('input[type=file]')
      .setInputFiles(
        csv('Age,BS Fast,BS pp,Plasma R,Plasma F,HbA1c,Type,Class\n50,<b>x</b>,8.1,11.9,7.9,63,Type1,1\n'),
      );
    const message = await section.getByRole('alert').innerText();
    expect(message).toMatch(/mine\.csv.*row 1.*BS Fast.*<b>x<\/b>/);
    expect(await section.innerText()).toContain('The embedded table');
    await section.locator('input[type=file]').setInputFiles(csv(''));
    await expect.poll(() => section.getByRole('alert').innerText()).toMatch(/mine\.csv.*empty/i);
  });

  it('keeps the file that was chosen last, and takes a drop anywhere', async () => {
    const rows = sampleDiabetes().toRows().slice(0, 200);
    const names = Object.keys(rows[0]);
    const line = (row: (typeof rows)[number]) => `${names.map((name) => row[name]).join(',')}\n`;
    await page.evaluate(
      ([header, body]) => {
        const drop = (name: string, text: string) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
          document.body.dispatchEvent(
            new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }),
          );
        };
        drop('slow.csv', header + body.repeat(3000));
        drop('quick.csv', header + body);
      },
      [`${names.join(',')}\n`, rows.map(line).join('')],
    );
    await page.getByText('quick.csv').waitFor();
    // Time enough for the slow one, were it still read.
    await page.waitForTimeout(4000);
    expect(await page.locator('#table dd').first().innerText()).toBe('200');
    expect(await page.getByText('slow.csv').count()).toBe(0);
  });

  it('takes a CSV that is dropped on it', async () => {
    const rows = sampleDiabetes().toRows().slice(0, 300);
    const names = Object.keys(rows[0]);
    const text = [names, ...rows.map((row) => names.map((name) => row[name]))]
      .map((r) => r.join(','))
      .join('\n');
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'dropped.csv', { type: 'text/csv' }));
      return transfer;
    }, text);
    await page.locator('#table').dispatchEvent('drop', { dataTransfer: data });
    await page.getByText('dropped.csv').waitFor();
    expect(await page.locator('#table dd').first().innerText()).toBe('300');
    await page.getByRole('button', { name: 'Back to the embedded table' }).click();
    await expect.poll(() => page.locator('#table dd').first().innerText()).toBe('1009');
  });

  it.skipIf(!hasRealTable)(`takes the real table${realTableNote}`, async () => {
    await page.locator('input[type=file]').setInputFiles(realTablePath);
    await page.getByText('Diabetestype.csv').waitFor();
    const text = await page.locator('#table').innerText();
    expect(text).toContain('386');
    expect(text).toContain('Normal 631, Type1 173, Type2 205');
  });

  it('fits a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
