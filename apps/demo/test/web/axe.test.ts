import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const places = ['#/', '#/tutorial', '#/function', '#/data', '#/train', '#/compare'];
const cases = ['light', 'dark'].flatMap((theme) => [360, 1440].map((width) => [theme, width] as const));

describe.skipIf(!chromiumPath)(`axe finds nothing${browserNote}`, { timeout: 180_000 }, () => {
  // The page's policy lets no script in but its own: axe comes by the side door.
  const visit = visits({ bypassCSP: true });

  it.each(cases)('%s, %i px', async (theme, width) => {
    await visit.page.emulateMedia({ colorScheme: theme as 'light' | 'dark' });
    await visit.page.setViewportSize({ width, height: 900 });
    for (const place of places) {
      await visit.goto(place);
      if (place === '#/data') await visit.page.locator('#audit .findings > li').first().waitFor();
      await visit.page.evaluate(axe);
      const { violations } = await visit.page.evaluate<AxeResults>(
        '(() => axe.run(document, { resultTypes: ["violations"] }))()',
      );
      const said = violations.map(
        ({ id, nodes }) => `${place} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      );
      expect(said).toEqual([]);
    }
  });
});
