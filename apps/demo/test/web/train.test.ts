import { readFileSync } from 'node:fs';
import { sampleDiabetes } from '@rectify/dataset';
import type { Download } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/live/exports.js';
import { LiveNetwork } from '../../src/live/live-network.js';
import { planLive } from '../../src/live/plan.js';
import { percent } from '../../src/report/format.js';
import { useReproducibleBackend } from '../../src/tutorial/backend.js';
import { browserNote, chromiumPath } from '../browser.js';
import { traceEveryChart, visits } from './_page.js';

describe.skipIf(!chromiumPath)(
  `a network that is watched in the page${browserNote}`,
  { timeout: 120_000 },
  () => {
    const visit = visits();
    const section = () => visit.page.locator('#train');
    const press = (name: string) => section().getByRole('button', { name, exact: true }).click();
    const epoch = async () =>
      Number((await section().locator('.epoch').innerText()).match(/Epoch (\d+)/)?.[1]);
    const scores = () => section().locator('dl').innerText();
    const widths = () =>
      visit.page.evaluate(() =>
        [...document.querySelectorAll('path.weight')].map((p) => p.getAttribute('stroke-width')),
      );

    it('runs, pauses, goes on, resets to the same weights, and ends as the library does for that seed', async () => {
      await visit.goto('#/train?act=relu&net=6-4-2-3&split=random&seed=5&epochs=4');
      await section().locator('.picture').waitFor();
      const [start, weights] = [await scores(), await widths()];
      expect(weights).toHaveLength(6 * 4 + 4 * 2 + 2 * 3);
      await press('Step');
      await expect.poll(epoch).toBe(1);
      await traceEveryChart(visit.page);
      expect(await widths()).not.toEqual(weights);
      await press('Go on');
      await expect.poll(epoch).toBe(4);
      const end = await scores();
      await press('Reset');
      await expect.poll(epoch).toBe(0);
      expect(await scores()).toBe(start);
      expect(await widths()).toEqual(weights);
      await press('Run');
      await expect.poll(epoch).toBe(4);
      expect(await scores()).toBe(end);

      await useReproducibleBackend();
      const plan = planLive(sampleDiabetes(), {
        ...{ activation: 'relu', hidden: [4, 2], split: 'random', seed: 5, prepare: 'standardised' },
        ...{ optimizer: 'adam', rate: 0.001 },
      });
      const network = new LiveNetwork(plan);
      for (let i = 0; i < 4; i++) await network.train();
      const { trainScore, testScore } = network.frame().curves;
      expect(end).toContain(`${percent(trainScore.at(-1) as number)} of 807 rows`);
      expect(end).toContain(`${percent(testScore.at(-1) as number)} of 202 rows`);
      expect(end.match(/Leak: 202 of 202 test rows have a twin/g)).toHaveLength(2);
      const [download] = await Promise.all([
        visit.page.waitForEvent('download'),
        visit.page.getByRole('button', { name: 'Save as code' }).click(),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toBe(codeOf(network));
      network.dispose();
    });

    it('is cancelled with its curves, by the button that ran it, and begins anew', async () => {
      await visit.goto('#/train?epochs=5000');
      await section().locator('.picture').waitFor();
      await press('Run');
      await expect.poll(epoch).toBeGreaterThan(1);
      await press('Pause');
      await section().getByRole('button', { name: 'Go on' }).waitFor();
      const paused = await epoch();
      await press('Go on');
      await expect.poll(epoch).toBeGreaterThan(paused);
      await press('Cancel');
      await section().getByText('cancelled').waitFor();
      expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toBe('Run');
      expect(
        await section().locator('.live-chart figure > svg path.series').first().getAttribute('d'),
      ).toMatch(/L/);
      const ended = await epoch();
      await press('Run');
      await expect.poll(epoch).toBeLessThan(ended);
      await press('Cancel');
    });

    it('shows each unit by focus, marks what is dead, and says why weights do not move or are NaN', async () => {
      await visit.goto('#/train?act=relu&prepare=raw&opt=sgd&rate=1');
      await section().locator('.picture').waitFor();
      await press('Step');
      await expect.poll(epoch).toBe(1);
      await press('Step');
      await section()
        .getByText(/every unit of the hidden layer is dead/)
        .waitFor();
      expect(await section().locator('.unit.dead').count()).toBe(3);
      expect(await section().locator('.troubles').innerText()).toMatch(/To try: leaky_relu/);
      const card = section().locator('.unit-card');
      await section().getByRole('button', { name: 'h2, dead' }).focus();
      expect(await card.innerText()).toMatch(
        /Unit h2 dead[\s\S]*·Age[\s\S]*h2 = relu\(z\)[\s\S]*100\.0 % below 0/,
      );
      await section().getByRole('button', { name: 'Type1' }).hover();
      expect(await card.innerText()).toMatch(/Output Type1[\s\S]*·h1[\s\S]*softmax/);
      await visit.goto('#/train?act=relu&prepare=raw&opt=sgd&rate=1e30');
      await press('Run');
      await section()
        .getByText(/no numbers any more/)
        .waitFor();
      expect(await section().locator('.troubles').innerText()).toMatch(/standardised features[\s\S]*Adam/);
    });

    it('saves tfjs’s files and Keras’s topology', async () => {
      await visit.goto('#/train?net=6-2-3');
      await section().locator('.picture').waitFor();
      const saved: Download[] = [];
      visit.page.on('download', (download) => saved.push(download));
      await visit.page.getByRole('button', { name: 'Save as tfjs files' }).click();
      await visit.page.getByRole('button', { name: 'Save as Keras topology' }).click();
      await expect
        .poll(() => saved.map((one) => one.suggestedFilename()).sort())
        .toEqual([...['keras.json', 'model.json', 'weights.bin']]);
    });
  },
);
