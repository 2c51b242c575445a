import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';
import { iris } from './_tables.js';

describe.skipIf(!chromiumPath)(`what goes wrong in the page${browserNote}`, { timeout: 180_000 }, () => {
  const visit = visits();
  const bar = () => visit.page.locator('.table-bar');
  const give = (name: string, content: string | Buffer) =>
    bar()
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  const alert = () => visit.page.getByRole('alert').first();
  const embedded = () => bar().getByText('The embedded table: 1009 rows').waitFor();

  it('says that the worker did not load, and tries again', async () => {
    await visit.context.route('**/worker-*.js', (route) => route.abort());
    await visit.goto('#/data');
    await alert().waitFor();
    expect(await alert().innerText()).toMatch(/worker could not be loaded/);
    await visit.context.unroute('**/worker-*.js');
    await alert().getByRole('button', { name: 'Try again' }).click();
    await embedded();
    await visit.page.locator('#audit .findings > li').first().waitFor();
    // What was blocked is said by the browser, and nothing else is.
    expect(visit.complaints.splice(0).filter((one) => !/worker-|ERR_FAILED/.test(one))).toEqual([]);
  });

  it('compares without WebAssembly', async () => {
    const without = 'delete globalThis.WebAssembly;\n';
    const asked: string[] = [];
    await visit.context.route('**/*.js', async (route) => {
      const response = await route.fetch();
      asked.push(route.request().url());
      await route.fulfill({ response, body: without + (await response.text()) });
    });
    await visit.goto('#/compare?f=relu,leaky_relu:0.2&seeds=2&epochs=2');
    expect(await visit.page.evaluate(() => typeof WebAssembly)).toBe('undefined');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer .verdict').waitFor();
    expect(asked.some((url) => /worker-/.test(url))).toBe(true);
  });

  it.each([
    ['no rows', 'a,b,species\n', /no rows|has no row|empty/i],
    ['no bytes', '', /empty/i],
    ['what is no table', Buffer.from([0, 1, 2, 255, 254, 0, 7, 8]), /what\.csv/],
  ])('refuses %s, and keeps the table', async (_, content, says) => {
    await visit.goto('#/data');
    await embedded();
    await give('what.csv', content);
    await alert().waitFor();
    expect(await alert().innerText()).toMatch(says);
    expect(await alert().getByRole('button', { name: 'Try again' }).count()).toBe(1);
    await embedded();
  });

  it.each([
    ['one row', 'a,b,species\n1.5,2.5,x\n'],
    ['one class', `a,b,species\n${Array.from({ length: 20 }, (_, i) => `${i / 3},${i / 7},x`).join('\n')}\n`],
  ])('shows a table of %s, and says why nothing can be compared or trained', async (_, content) => {
    await visit.goto('#/data');
    await embedded();
    await give('small.csv', content);
    await bar().getByText('small.csv: ').waitFor();
    await visit.page.getByLabel('Column to tell or to predict').selectOption('species');
    await bar().getByText('tells species').waitFor();
    await visit.page.locator('header nav').getByText('Compare').click();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await alert().waitFor();
    expect(await alert().innerText()).toMatch(/class|row|constant/i);
    await visit.page.locator('header nav').getByText('Train').click();
    await visit.page.locator('#train').getByRole('alert').waitFor();
    await bar().getByText('small.csv: ').waitFor();
  });

  it('reads UTF-16', async () => {
    await visit.goto('#/data');
    await give(
      'wide.csv',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(iris.replaceAll('setosa', 'sétosa'), 'utf16le')]),
    );
    await bar().getByText('wide.csv: 150 rows').waitFor();
    await visit.page
      .locator('#columns')
      .getByText(/sétosa 50/)
      .waitFor();
  });

  it('runs nothing that stands in a cell', async () => {
    const evil = [
      '<img src=x onerror=alert(1)>',
      '=cmd|calc',
      '<script>alert(1)</script>',
      '"><svg onload=alert(1)>',
    ];
    const cells = evil.map((one) => `"${one.replaceAll('"', '""')}"`);
    const rows = Array.from({ length: 60 }, (_, i) => `${cells[i % 4]},${i / 7},${cells[(i + 1) % 4]}`);
    const asked: string[] = [];
    visit.page.on('dialog', (dialog) => asked.push(dialog.message()));
    await visit.goto('#/data');
    await give('<b>evil</b>.csv', [`"<i>name</i>",${cells[0]},"=1+1"`, ...rows].join('\n'));
    await bar().getByText('<b>evil</b>.csv: 60 rows').waitFor();
    await visit.page
      .locator('#audit')
      .getByText(/Not checked|found nothing/)
      .first()
      .waitFor();
    for (const place of ['Train', 'Compare']) await visit.page.locator('header nav').getByText(place).click();
    expect(await visit.page.locator('main img, main script, main i, main svg[onload]').count()).toBe(0);
    expect(asked).toEqual([]);
  });

  it('reads 100 MB with the page alive, and ends that at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rectify-large-'));
    const path = join(folder, 'large.csv');
    const file = openSync(path, 'w');
    writeSync(file, 'a,b,c,d,kind\n');
    const block = Array.from(
      { length: 20_000 },
      (_, i) => `${i / 7},${i / 11},${i % 97},${(i * 31) % 101},${'xyz'[i % 3]}\n`,
    ).join('');
    for (let written = 0; written < 100e6; written += block.length) writeSync(file, block);
    closeSync(file);
    await visit.goto('#/data');
    await embedded();
    await bar().locator('input[type=file]').setInputFiles(path);
    await bar()
      .getByText(/large\.csv, 10\d\.\d MB, \d+ records/)
      .waitFor();
    await bar().getByRole('button', { name: 'Cancel' }).click();
    await bar().locator('.reading').waitFor({ state: 'detached' });
    await embedded();
    rmSync(folder, { recursive: true });
  });
});
