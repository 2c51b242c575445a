// Parameters survive the ways of saving that only a browser has; those of Node are in saving.test.ts.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Download } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { openPage } from '../scripts/browser.mjs';
import type { Checks, Look } from './saving/entry.js';

const chromium = findChromium();
if (!chromium && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: saving in a browser is NOT TESTED.\n');

type Page = NonNullable<Awaited<ReturnType<typeof openPage>>>;
let opened: Page;

describe.skipIf(!chromium && process.env.CI !== 'true')('in Chromium, parameters and predictions', () => {
  let made: Look;
  beforeAll(async () => {
    opened = (await openPage(fileURLToPath(new URL('saving/entry.ts', import.meta.url)))) as Page;
    made = (await call('make')) as Look;
    expect(made.parameters.length).toBeGreaterThanOrEqual(20);
  }, 60_000);
  afterAll(() => opened?.close());

  const call = <Name extends keyof Checks>(name: Name, ...args: Parameters<Checks[Name]>) =>
    opened.page.evaluate(
      ([name, args]) =>
        (globalThis as unknown as { checks: Record<string, (...args: unknown[]) => unknown> }).checks[name]?.(
          ...args,
        ),
      [name, args] as const,
    );

  it.each(['localstorage://model', 'indexeddb://model'])('survive %s, twice over', async (url) => {
    for (let time = 0; time < 2; time++) expect(await call('through', url)).toEqual(made);
  });

  it('survive a download and the choice of its files, twice over', async () => {
    for (let time = 0; time < 2; time++) {
      const downloads: Download[] = [];
      opened.page.on('download', (download) => downloads.push(download));
      await call('download');
      await expect.poll(() => downloads.length).toBe(2);
      opened.page.removeAllListeners('download');
      const files = await Promise.all(
        downloads.map(async (file): Promise<[string, string]> => {
          const bytes = await readFile(await file.path());
          return [file.suggestedFilename(), bytes.toString('base64')];
        }),
      );
      files.sort(); // the topology, model.json, before model.weights.bin
      expect(files.map(([name]) => name)).toEqual(['model.json', 'model.weights.bin']);
      expect(await call('fromFiles', files)).toEqual(made);
    }
  });
});
