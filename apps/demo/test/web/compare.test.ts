import { readFileSync } from 'node:fs';
import { openTable, sampleDiabetes } from '@rectify/dataset';
import { compare } from '@rectify/experiment';
import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';

const flowers = [
  'petal,sepal,colour,species',
  ...Array.from({ length: 90 }, (_, i) => {
    const kind = i % 3;
    return `${(kind * 2 + (i % 7) / 5).toFixed(2)},${(5 + (i % 11) / 10).toFixed(2)},${i % 2 ? 'red' : 'blue'},${['a', 'b', 'c'][kind]}`;
  }),
].join('\n');

describe.skipIf(!chromiumPath)(`a comparison in the page${browserNote}`, { timeout: 180_000 }, () => {
  const visit = visits();

  it('gives the same as the library for the same seeds, to the last bit', async () => {
    await visit.goto('#/compare?f=relu,leaky_relu:0.05&seeds=4&epochs=5&seed=7');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer').waitFor();
    const [download] = await Promise.all([
      visit.page.waitForEvent('download'),
      visit.page.getByRole('button', { name: 'Save as JSON' }).click(),
    ]);
    const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
    const expected = await compare(sampleDiabetes(), {
      ...{ arms: ['relu', 'leaky_relu:0.05'], seeds: 4, epochs: 5, seed: 7 },
    });
    expect(saved.comparison).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(await visit.page.locator('#answer .verdict').innerText()).toBe(expected.verdict.text);
    expect(saved.command).toBe('rectify compare --arms relu,leaky_relu:0.05 --seeds 4 --seed 7 --epochs 5');
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

  it('reloads and compares offline after the first visit', async () => {
    await visit.goto('');
    await visit.page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
    await visit.context.setOffline(true);
    await visit.page.reload();
    await visit.goto('#/compare?f=relu,leaky_relu:0.05&seeds=4&epochs=5');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer .verdict').waitFor();
  });
});
