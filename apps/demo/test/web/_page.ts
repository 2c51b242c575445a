import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { serve } from '../../src/serve/serve.js';
import { launchBrowser } from '../browser.js';
import { builtApp } from './_build.js';

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The address of the app, with its slash. */
  readonly url: string;
  /** Goes to a place and waits until it stands. */
  goto(hash: string): Promise<void>;
  /** Everything that the console, the network and the policy had to complain of. */
  readonly complaints: string[];
}

/**
 * The built app as `rectify serve` serves it, in a real browser: a new context for each test, which fails where the browser's console
 * says anything at all.
 */
export function visits(options: Parameters<Browser['newContext']>[0] = {}): Visit {
  const visit = {} as { -readonly [K in keyof Visit]: Visit[K] };
  const stop = new AbortController();
  let browser: Browser;
  beforeAll(async () => {
    ({ url: visit.url } = await serve({
      port: 0,
      host: '127.0.0.1',
      folder: await builtApp(),
      signal: stop.signal,
    }));
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    stop.abort();
  });
  beforeEach(async () => {
    visit.context = await browser.newContext(options);
    visit.page = await visit.context.newPage();
    visit.page.setDefaultTimeout(30_000); // for machines that do much at once
    visit.complaints = watch(visit.page);
    visit.goto = async (hash) => {
      await visit.page.goto(`${visit.url}${hash}`);
      await standing(visit.page);
    };
  });
  afterEach(async () => {
    await visit.context.close();
    expect(visit.complaints).toEqual([]);
  });
  return visit;
}

/** Waits until the place that the address names is shown. */
export const standing = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.documentElement.dataset.live !== undefined);
  await page.locator('main h1').waitFor();
};

function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Whoever reloads or leaves a page cancels what it still loads: its icon, which comes after all else.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed: ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  return complaints;
}

/** How every line, band and interval of every chart is drawn, as computed. */
export const strokesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.series, .band, .interval path, .interval circle, .bar, .weight')].map(
      (one) => {
        const { stroke, strokeWidth, fill, display, opacity } = getComputedStyle(one);
        return [stroke, strokeWidth, fill, display, opacity, one.getAttribute('d')].join();
      },
    ),
  );

/** Points at every chart and presses its keys; nothing that is drawn changes but the tracer. */
export async function traceEveryChart(page: Page): Promise<void> {
  const before = await strokesOf(page);
  expect(before.length).toBeGreaterThan(0);
  for (const chart of await page.locator('figure.chart > svg').all()) await chart.hover();
  for (const chart of await page.locator('.live-chart').all()) {
    await chart.focus();
    for (const key of ['ArrowRight', 'Shift+ArrowLeft', 'Home', 'End']) {
      await page.keyboard.press(key);
      expect(await strokesOf(page)).toEqual(before);
    }
    await page.keyboard.press('Escape');
  }
}
