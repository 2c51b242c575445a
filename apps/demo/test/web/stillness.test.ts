import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';

/** Pixels that rounding may make. */
const rounding = 2;
/** Share of the window times share of the way, summed: what changes in a line of text makes less. */
const mostShift = 0.01;

/** Notes from now on what moves without the reader's doing, and every control and heading that moves at all. */
const watchMoves = (page: Page) =>
  page.evaluate((least) => {
    const seen = { shift: 0, sources: [] as string[], moves: [] as string[] };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        seen.shift += entry.value;
        for (const { node } of entry.sources) seen.sources.push(node?.textContent?.slice(0, 60) ?? '');
      }
    }).observe({ type: 'layout-shift' });
    const places = new Map<Element, DOMRect>();
    setInterval(() => {
      const controls = 'h1, h2, h3, button, input, select, summary, figure, .live-chart, .picture, table';
      for (const one of document.querySelectorAll(`main :is(${controls}), .next a`)) {
        const now = one.getBoundingClientRect();
        const before = places.get(one);
        places.set(one, now);
        if (before === undefined || one.closest('.next')) continue;
        const keys = ['x', 'y', 'width', 'height'] as const;
        if (keys.some((key) => Math.abs(before[key] - now[key]) > least))
          seen.moves.push(
            `${one.tagName} ${one.textContent?.slice(0, 40)}: ${keys.map((key) => `${Math.round(before[key])}→${Math.round(now[key])}`).join(' ')}`,
          );
      }
    }, 100);
  }, rounding);

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

describe.skipIf(!chromiumPath)(`nothing jumps${browserNote}`, { timeout: 240_000 }, () => {
  const visit = visits();

  it.each(
    [360, 1440].flatMap(
      (width) =>
        [
          [
            width,
            'a network',
            '#/train?act=leaky_relu:0.2&split=random&epochs=25',
            '#train .picture',
            press('Run'),
            'done',
          ],
          [
            width,
            'a comparison',
            '#/compare?f=relu,elu&seeds=4&epochs=10',
            '.table-bar strong',
            press('Compare'),
            'The verdict',
          ],
          [
            width,
            'the replay',
            '#/tutorial',
            '#replay button',
            press('Run the experiment'),
            'Why: the gradient is 0',
          ],
          [
            width,
            'a mistake that is mended',
            '#/tutorial?step=mend',
            '#mend .verdict',
            (page: Page) => page.getByLabel('Outputs').check(),
            'What each switch changes',
          ],
        ] as const,
    ),
  )('%i px: %s', async (width, _, hash, ready, start, end) => {
    await visit.page.setViewportSize({ width, height: 900 });
    await visit.goto(hash);
    await visit.page.locator(ready).first().waitFor();
    if (hash.startsWith('#/compare')) await visit.page.getByText('1009 rows').waitFor();
    await visit.page.mouse.move(0, 0);
    await watchMoves(visit.page);
    await start(visit.page);
    await visit.page.getByText(end, { exact: true }).first().waitFor();
    await visit.page.waitForTimeout(300);
    const seen = await visit.page.evaluate(
      () => (window as unknown as { seen: { shift: number; sources: string[]; moves: string[] } }).seen,
    );
    expect(seen.moves).toEqual([]);
    expect(seen.shift, seen.sources.join('\n')).toBeLessThan(mostShift);
  });
});
