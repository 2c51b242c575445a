import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const places = ['#/', '#/tutorial', '#/function', '#/data', '#/train', '#/compare'];

describe.skipIf(!chromiumPath)(`axe finds nothing${browserNote}`, { timeout: 240_000 }, () => {
  // The page's policy lets no script in but its own: axe comes by the side door.
  const visit = visits({ bypassCSP: true });

  const run = async (options: string) => {
    const { violations } = await visit.page.evaluate<AxeResults>(`axe.run(document, ${options})`);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  };
  /** Looks at the page as it is on a phone and on a screen, in light and in dark; what is dark differs in colours alone. */
  const look = async (where: string) => {
    const said: string[] = [];
    for (const width of [360, 1440]) {
      await visit.page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await visit.page.emulateMedia({ colorScheme });
        const rules = colorScheme === 'dark' ? ', runOnly: ["color-contrast"]' : '';
        const found = await run(`{ resultTypes: ["violations"]${rules} }`);
        said.push(...found.map((one) => `${where}, ${width} px, ${colorScheme}: ${one}`));
      }
    }
    expect(said).toEqual([]);
  };

  it.each(places)('%s before, during and cancelled', async (place) => {
    await visit.goto(place);
    if (place === '#/data') await visit.page.locator('#audit .findings > li').first().waitFor();
    if (place === '#/train') await visit.page.locator('#train .picture').waitFor();
    if (place === '#/compare') await visit.page.getByText('1009 rows').waitFor();
    await visit.page.evaluate(axe);
    await look(place);
    const button = visit.page.locator('main .job button').first();
    if ((await button.count()) === 0) return;
    await button.click();
    await expect.poll(() => button.innerText()).toBe('Cancel');
    await look(`${place} during`);
    await button.click();
    await look(`${place} cancelled`);
  });

  it.each([
    ['replay', 'Run the experiment'],
    ['mend', undefined],
    ['relu', 'Compare the two'],
  ])('the tutorial when %s has its results', async (step, button) => {
    await visit.goto(`#/tutorial?step=${step}`);
    if (button) await visit.page.getByRole('button', { name: button }).click();
    await visit.page.locator(`#${step} .verdict`).waitFor({ timeout: 120_000 });
    await visit.page.evaluate(axe);
    await look(`#/tutorial ${step} after`);
  });

  it('the rows that a finding is about', async () => {
    await visit.goto('#/data');
    await visit.page.locator('#audit details').first().click();
    await visit.page.locator('#audit summary').filter({ hasText: 'rows' }).first().click();
    await visit.page.locator('#audit table').first().waitFor();
    await visit.page.evaluate(axe);
    await look('#/data rows');
  });

  it('a verdict, and a network that broke off', async () => {
    await visit.goto('#/compare?f=relu,elu&seeds=2&epochs=2');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer').waitFor();
    await visit.page.getByText('Every difference', { exact: true }).first().click();
    await visit.page.evaluate(axe);
    await look('#/compare after');
    await visit.goto('#/train?act=relu&prepare=raw&opt=sgd&rate=1e30&epochs=1');
    await visit.page.locator('#train .picture').waitFor();
    await visit.page.getByRole('button', { name: 'Run', exact: true }).click();
    await visit.page.getByText('no numbers any more').waitFor();
    await look('#/train after');
  });
});
