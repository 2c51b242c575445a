import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTable } from '@rectify/dataset';
import { compare } from '@rectify/experiment';
import type { Download } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { rectify } from '../_command.js';
import { browserNote, chromiumPath } from '../browser.js';
import { traceEveryChart, visits } from './_page.js';

const flowers = [
  'petal,sepal,colour,species',
  ...Array.from({ length: 90 }, (_, i) => {
    const kind = i % 3;
    return `${(kind * 2 + (i % 7) / 5).toFixed(2)},${(5 + (i % 11) / 10).toFixed(2)},${i % 2 ? 'red' : 'blue'},${['a', 'b', 'c'][kind]}`;
  }),
].join('\n');

describe.skipIf(!chromiumPath)(`a comparison in the page${browserNote}`, { timeout: 180_000 }, () => {
  const visit = visits();

  it('gives the same report as the command for the same seeds, to the last bit', async () => {
    await visit.goto('#/compare?f=relu,leaky_relu:0.05&seeds=4&epochs=5&seed=7');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer').waitFor();
    const [download] = await Promise.all([
      visit.page.waitForEvent('download'),
      visit.page.getByRole('button', { name: 'Save report.json' }).click(),
    ]);
    const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
    expect(saved.command).toBe('rectify compare --arms relu,leaky_relu:0.05 --seeds 4 --seed 7 --epochs 5');
    expect(await visit.page.locator('#answer .command').innerText()).toBe(saved.command);
    const folder = mkdtempSync(join(tmpdir(), 'rectify-page-'));
    const words = saved.command.split(' ').slice(1);
    const { stdout } = await rectify([...words, '--json', '--report', folder]);
    rmSync(folder, { recursive: true });
    const own = JSON.parse(stdout);
    delete own.versions.node; // a page has none
    expect({ ...saved, times: null }).toEqual({ ...own, times: null });
    expect(await visit.page.locator('#answer .verdict').innerText()).toBe(own.comparison.verdict.text);
  });

  it('still has its answer for a reader who comes back, and none for another question', async () => {
    await visit.goto('#/compare?f=relu,elu&seeds=2&epochs=2');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    const verdict = await visit.page.locator('#answer .verdict').innerText();
    await visit.page.locator('header nav a', { hasText: 'Data' }).click();
    await visit.page.locator('#columns').waitFor();
    await visit.page.goBack();
    expect(await visit.page.locator('#answer .verdict').innerText()).toBe(verdict);
    await visit.page.getByLabel('Seeds', { exact: true }).fill('3');
    await visit.page.getByLabel('Seeds', { exact: true }).press('Enter');
    await visit.page.locator('#answer').waitFor({ state: 'detached' });
  });

  it('puts the arms in order, and gives its charts as SVG and its arms as CSV', async () => {
    await visit.goto('#/compare?f=relu,leaky_relu:0.05,tanh&seeds=3&epochs=4');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    const table = visit.page.locator('#answer table').first();
    await table.getByRole('button', { name: 'log loss' }).click();
    const losses = async () =>
      (await table.locator('td[data-name="log loss"]').allInnerTexts()).map((text) =>
        Number.parseFloat(text),
      );
    const sorted = (await losses()).sort((a, b) => a - b);
    await expect.poll(losses).toEqual(sorted);
    await table.getByRole('button', { name: 'log loss' }).click();
    await expect.poll(losses).toEqual(sorted.toReversed());
    expect(await table.locator('[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    expect(visit.page.url()).toContain('sort=-logLoss');
    expect(await table.innerText()).toMatch(/dead units[\s\S]*logistic regression/);
    await traceEveryChart(visit.page);
    const saved: Download[] = [];
    visit.page.on('download', (one) => saved.push(one));
    await visit.page.getByRole('button', { name: 'Save charts as SVG' }).click();
    await visit.page.getByRole('button', { name: 'Save as CSV' }).click();
    await expect.poll(() => saved.length).toBe(3);
    const [differences, curves, arms] = await Promise.all(
      saved.map(async (one) => readFileSync(await one.path(), 'utf8')),
    );
    for (const svg of [differences, curves]) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(svg).not.toMatch(/var\(|light-dark|NaN/);
      const blank = await visit.context.newPage();
      const errors = await blank.evaluate(
        (text) =>
          new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('parsererror').length,
        svg,
      );
      await blank.close();
      expect(errors).toBe(0);
    }
    expect(arms.split('\n')[0]).toMatch(/^arm,accuracy,/);
    expect(arms.trim().split('\n')).toHaveLength(4);
  });

  it('says by a schema what no option of the command says', async () => {
    await visit.goto('#/compare?f=relu,tanh&seeds=2&epochs=1&columns=Age:category');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer').waitFor();
    const command = await visit.page.locator('#answer .command').innerText();
    expect(command).toBe(
      'rectify compare embedded.csv --schema schema.json --arms relu,tanh --seeds 2 --epochs 1',
    );
    const folder = mkdtempSync(join(tmpdir(), 'rectify-page-'));
    for (const name of ['schema.json', 'embedded.csv']) {
      const [download] = await Promise.all([
        visit.page.waitForEvent('download'),
        visit.page.getByRole('button', { name: `Save ${name}` }).click(),
      ]);
      await download.saveAs(join(folder, name));
    }
    const said = command
      .split(' ')
      .slice(1)
      .map((word) => (/\.(csv|json)$/.test(word) ? join(folder, word) : word));
    const { stdout } = await rectify([...said, '--json', '--report', join(folder, 'report')]);
    rmSync(folder, { recursive: true });
    expect(JSON.parse(stdout).comparison.verdict.text).toBe(
      await visit.page.locator('#answer .verdict').innerText(),
    );
  });

  it('answers for a table of one’s own, with text in it, by its label', async () => {
    await visit.goto('#/compare?f=relu,leaky_relu:0.2&seeds=4&epochs=5');
    await visit.page
      .locator('.table-bar input[type=file]')
      .setInputFiles({ name: 'flowers.csv', mimeType: 'text/csv', buffer: Buffer.from(flowers) });
    await visit.page.getByText('flowers.csv: 90 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer').waitFor();
    const { table } = await openTable(flowers, { label: 'species' });
    const { verdict } = await compare(table, { arms: ['relu', 'leaky_relu:0.2'], seeds: 4, epochs: 5 });
    expect(await visit.page.locator('#answer .verdict').innerText()).toBe(verdict.text);
  });

  it('reloads, trains and compares offline after the first visit', async () => {
    await visit.goto('');
    await visit.page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
    await visit.context.setOffline(true);
    await visit.page.reload();
    await visit.goto('#/train');
    await visit.page.locator('#train .picture').waitFor();
    await visit.page.getByRole('button', { name: 'Step' }).click();
    await visit.page.getByText('Epoch 1 of 100').waitFor();
    await visit.goto('#/compare?f=relu,leaky_relu:0.05&seeds=4&epochs=5');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer .verdict').waitFor();
  });
});
