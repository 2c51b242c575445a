import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';

/** What of these patterns is parted by the end of a line in tables, captions and lists of figures. */
const parted = (page: Page, pattern: RegExp) =>
  page.evaluate((source) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      const holder = text.parentElement?.closest('main :is(td, th, dd, figcaption)');
      if (!holder?.checkVisibility()) continue;
      for (const { 0: match, index } of text.data.matchAll(new RegExp(source, 'gu'))) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + match.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
          found.push(match);
      }
    }
    return found;
  }, pattern.source);

const compared = async (page: Page) => {
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.locator('#answer').waitFor();
};

describe.skipIf(!chromiumPath)(`how it looks${browserNote}`, { timeout: 120_000 }, () => {
  const visit = visits();

  it('parts no figure from its unit, and no word, at 320 px', async () => {
    await visit.page.setViewportSize({ width: 320, height: 800 });
    const figures = /[\d.]+ (?:%|nats)|± [\d.]+ (?:%|nats)|[p{L}|]+/;
    await visit.goto('#/tutorial');
    await visit.page.getByRole('button', { name: 'Run the experiment' }).click();
    await visit.page.locator('#replay .verdict').waitFor();
    expect(await parted(visit.page, figures)).toEqual([]);
    await visit.goto('#/function?f=relu,leaky_relu:0.25,gelu&x=-4.8');
    expect(await parted(visit.page, figures)).toEqual([]);
    await visit.goto('#/compare?f=relu,leaky_relu:0.2&seeds=2&epochs=10');
    await compared(visit.page);
    expect(await parted(visit.page, figures)).toEqual([]);
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await visit.goto('#/function?f=relu,leaky_relu:0.25,gelu&x=-4.8');
    const within = await visit.page.locator('table.values').evaluate((table) => {
      const room = (table.closest('section') as HTMLElement).getBoundingClientRect();
      return table.getBoundingClientRect().right <= room.right - 16;
    });
    expect(within).toBe(true);
  });

  it('hides no column behind a scroll bar, from a phone to a desk', async () => {
    for (const hash of ['#/data', '#/train?net=6-4-4-3&split=random', '#/compare?seeds=2&epochs=5']) {
      await visit.goto(hash);
      if (hash.startsWith('#/compare')) await compared(visit.page);
      else
        await visit.page
          .locator(hash === '#/data' ? '#twins tbody tr' : '#train .layers')
          .first()
          .waitFor();
      for (const width of [320, 360, 720, 840, 1024, 1100]) {
        await visit.page.setViewportSize({ width, height: 900 });
        const hidden = await visit.page
          .locator('main .scroll')
          .evaluateAll((all) =>
            all
              .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
              .map((one) => one.ariaLabel),
          );
        expect(hidden, `${hash} at ${width}`).toEqual([]);
      }
    }
  });

  it('draws boxes and buttons of choice as large as the text, on a wall too', async () => {
    await visit.page.setViewportSize({ width: 3840, height: 2160 });
    for (const hash of ['#/data?as=raw', '#/function', '#/tutorial?step=mend']) {
      await visit.goto(hash);
      const choices = visit.page.locator('main :is([type=radio], [type=checkbox])');
      await choices.first().waitFor();
      const shares = await choices.evaluateAll((all) =>
        all.map(
          (one) =>
            one.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(document.body).fontSize),
        ),
      );
      for (const share of shares) expect(share).toBeGreaterThanOrEqual(1);
    }
  });

  it('says which unit a column, a histogram and a loss have, and traces whole epochs', async () => {
    await visit.goto('#/data?as=raw');
    const bar = visit.page.locator('#columns th[scope=row]', { hasText: 'BS Fast' });
    expect(await bar.innerText()).toMatch(/^BS Fast\s+mmol\/L$/);
    await visit.page.locator('#histograms .chart').first().waitFor();
    expect(await visit.page.locator('#histograms').innerText()).toContain('BS Fast, mmol/L');
    await visit.goto('#/compare?f=relu,leaky_relu:0.2&seeds=2&epochs=30');
    await compared(visit.page);
    const chart = visit.page.locator('.live-chart');
    await chart.hover();
    const said = () => chart.getAttribute('aria-valuetext');
    expect(await said()).toMatch(/^epoch = \d+, log loss, nats: relu [\d.]+, leaky_relu:0\.2 [\d.]+$/);
    const epoch = async () => Number(/\d+/.exec((await said()) ?? '')?.[0]);
    const before = await epoch();
    await chart.focus();
    await visit.page.keyboard.press('ArrowRight');
    expect(await epoch()).toBe(before + 1);
    const saturated = visit.page.locator('td[data-name="saturated units"]').first();
    expect(await saturated.innerText()).toBe('0 of 6');
  });

  it('tells long names apart that begin alike, and says figures with the digits that count', async () => {
    const names = Array.from({ length: 6 }, (_, i) => `measurement_number_${i}`);
    const rows = Array.from({ length: 60 }, (_, i) => [
      ...names.map((_, k) => (i * (k + 3)) % 17),
      20_000 + 137 * ((i * 7) % 60),
    ]);
    const text = [[...names, 'price'], ...rows].map((row) => row.join(',')).join('\n');
    await visit.goto('#/data');
    const file = visit.page.locator('.table-bar input[type=file]');
    await file.setInputFiles({ name: 'houses.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await visit.page.getByText('houses.csv: 60 rows').waitFor();
    await visit.page.getByLabel('Column to tell or to predict').selectOption('price');
    await visit.page.getByText('predicts price').waitFor();
    await visit.page.getByRole('link', { name: 'Train', exact: true }).click();
    await visit.page.locator('#train .picture').waitFor();
    const drawn = await visit.page.locator('.picture text', { hasText: '…' }).allTextContents();
    expect(new Set(drawn).size).toBe(names.length);
    await visit.page.getByRole('link', { name: 'Compare', exact: true }).click();
    await visit.page.getByLabel('Seeds').fill('2');
    await visit.page.getByLabel('Seeds').press('Enter');
    await compared(visit.page);
    expect(await visit.page.locator('td[data-name=RMSE]').first().innerText()).toMatch(/^\d{4,5}(?:\.\d)?\s/);
  });

  it('prints what there is to read, and within the paper', async () => {
    // A4 less its margins.
    await visit.page.setViewportSize({ width: 718, height: 1000 });
    for (const hash of ['#/function', '#/data', '#/train', '#/compare?seeds=2&epochs=10']) {
      await visit.page.emulateMedia({ media: 'screen' });
      await visit.goto(hash);
      if (hash.startsWith('#/compare')) await compared(visit.page);
      await visit.page.emulateMedia({ media: 'print' });
      expect(await visit.page.evaluate(() => document.documentElement.scrollWidth), hash).toBe(718);
      const buttons = await visit.page.locator('main :is(button, .button):visible').allInnerTexts();
      expect(
        buttons.filter((text) => !/^(?:arm|[a-zA-Z1' ]+)$/.test(text) || /copy|save|add/i.test(text)),
        hash,
      ).toEqual([]);
    }
  });
});
