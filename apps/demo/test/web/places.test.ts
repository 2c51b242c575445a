import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { standing, traceEveryChart, visits } from './_page.js';

describe.skipIf(!chromiumPath)(`the places of the page${browserNote}`, { timeout: 120_000 }, () => {
  const visit = visits();
  const stateOf = () => visit.page.locator('main').innerText();

  /** Height of a drawn line at its left end, over that at its right end: a leaky ReLU's slope. */
  const drawnSlope = () =>
    visit.page.evaluate(() => {
      const path = document.querySelector('figure.chart > svg path.series-2');
      const ys = (path?.getAttribute('d')?.match(/-?[\d.]+/g) ?? [])
        .map(Number)
        .filter((_, i) => i % 2 === 1);
      const zero = ys[Math.floor(ys.length / 2)];
      return (ys[0] - zero) / (zero - (ys.at(-1) as number));
    });

  it('moves the curve with the slider, and the link holds it', async () => {
    await visit.goto('');
    expect(await drawnSlope()).toBeCloseTo(0.2, 1);
    await visit.page.locator('#slope').fill('0.8');
    await expect.poll(drawnSlope).toBeCloseTo(0.8, 1);
    expect(visit.page.url()).toMatch(/#\/\?a=0\.8$/);
    await visit.page.reload();
    await standing(visit.page);
    await expect.poll(drawnSlope).toBeCloseTo(0.8, 1);
  });

  it('stands without JavaScript: heading, curve, and the card', async () => {
    const context = await (
      visit.context.browser() as NonNullable<ReturnType<typeof visit.context.browser>>
    ).newContext({
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto(visit.url);
    expect(await page.locator('h1').innerText()).toBe(
      'Leaky ReLU: what it does, and whether your data needs it',
    );
    expect(await page.locator('figure.chart > svg path.series-2').isVisible()).toBe(true);
    const card = await page.locator('.catch').innerText();
    expect(card).toMatch(/61\.96 %[\s\S]*\b0\b[\s\S]*largest change of any weight/);
    await context.close();
  });

  it.each([
    ['#/', 'Start'],
    ['#/?a=0.5', 'Start'],
    ['#/tutorial?step=relu', 'Tutorial'],
    ['#/function?f=relu,leaky_relu:0.2&x=-4.8', 'Function'],
    ['#/function?f=gelu:tanh,elu:2,softplus&on=2&reach=4&y=fit', 'Function'],
    ['#/data?as=pca&row=7&seed=3', 'Data'],
    ['#/data?label=HbA1c&columns=Age:ignore', 'Data'],
    ['#/train?act=relu&net=6-4-2-3&split=random&seed=7', 'Train'],
    ['#/compare?f=relu,elu:2&seeds=5&split=random&sort=-logLoss', 'Compare'],
  ])('%s is the same after a reload, and after Back', async (hash, name) => {
    const still = async () => {
      // All that is asked of a worker is there.
      await visit.page.waitForFunction(
        () => !document.querySelector('main [role=status] progress, main .reading'),
      );
      // Each part asks for itself, and between one question and the next it says nothing.
      if (name === 'Data')
        for (const part of ['#histograms .chart', '#encoded td', '#twins td'])
          await visit.page.locator(part).first().waitFor();
      if (name === 'Train') await visit.page.locator('#train .picture').waitFor();
    };
    await visit.goto(hash);
    await still();
    expect(await visit.page.locator('header [aria-current=page]').innerText()).toBe(name);
    await expect.poll(stateOf).not.toMatch(/(Counting|Encoding|Splitting)…|checking|Loading/);
    const before = await stateOf();
    const values = () =>
      visit.page.evaluate(() =>
        [...document.querySelectorAll<HTMLInputElement>('main input, main select')].map(
          ({ value, checked }) => `${value} ${checked}`,
        ),
      );
    const chosen = await values();
    await visit.page.reload();
    await standing(visit.page);
    await expect.poll(stateOf).toBe(before);
    expect(await values()).toEqual(chosen);
    const other = name === 'Data' ? 'Function' : 'Data';
    await visit.page.locator('header nav a', { hasText: other }).click();
    await visit.page.locator('header [aria-current=page]', { hasText: other }).waitFor();
    await visit.page.goBack();
    await expect.poll(stateOf).toBe(before);
    expect(await values()).toEqual(chosen);
  });

  it('traces by keys and says x, f and f′', async () => {
    await visit.goto('#/function?f=relu,leaky_relu:0.2&x=-4.8');
    const chart = visit.page.locator('.live-chart').first();
    expect(await chart.getAttribute('aria-valuetext')).toBe(
      'x = −4.8: relu: f 0, f′ 0; leaky_relu:0.2: f −0.96, f′ 0.2',
    );
    await chart.focus();
    await visit.page.keyboard.press('ArrowLeft');
    expect(await chart.getAttribute('aria-valuetext')).toContain('x = −5.2: ');
    expect(visit.page.url()).toContain('x=-5.2');
  });

  it('keeps every line while charts are hovered and traced', async () => {
    await visit.goto('#/function?f=relu,leaky_relu:0.2,gelu,elu,softplus');
    await traceEveryChart(visit.page);
    await visit.goto('#/data');
    await visit.page.locator('#histograms .chart').first().waitFor();
    await traceEveryChart(visit.page);
  });

  it('changes a parameter by slider and by number, refuses a wrong one in words, and goes back', async () => {
    await visit.goto('#/function');
    await visit.page.getByLabel('negativeSlope, slider').fill('0.4');
    await expect.poll(() => visit.page.url()).toContain('leaky_relu:0.4');
    await visit.page.getByLabel('Add').selectOption('elu');
    await expect.poll(() => visit.page.url()).toContain('elu');
    const alpha = visit.page.getByRole('spinbutton', { name: 'alpha' });
    await alpha.fill('-1');
    await alpha.press('Enter');
    expect(await visit.page.getByRole('alert').innerText()).toMatch(/alpha.*-1/);
    await alpha.fill('2');
    await alpha.press('Enter');
    await expect.poll(() => visit.page.url()).toContain('elu:2');
    expect(await visit.page.locator('math').textContent()).toContain('2');
    await visit.page.goBack();
    await expect.poll(() => visit.page.url()).not.toContain('elu:2');
  });

  it('says that a link holds something that stands for nothing', async () => {
    await visit.goto('#/function?f=rellu&x=two');
    expect(await visit.page.getByText('The link says').innerText()).toMatch(/f=rellu, x=two/);
    for (const [link, says] of [
      ['#/?a=9', 'a=9'],
      ['#/tutorial?step=9', 'step=9'],
      ['#/data?row=0&as=wat', 'row=0|as=wat, row=0'],
      ['#/train?net=6-99-3&rate=-1', 'net=6-99-3, rate=-1'],
      ['#/compare?f=constructor&seeds=0', 'f=constructor, seeds=0'],
    ]) {
      await visit.goto(link);
      await visit.page.getByText(new RegExp(`The link says .*(${says}),? which stands`)).waitFor();
    }
    await visit.goto('#/nowhere');
    await expect.poll(stateOf).toContain('names no place');
  });

  it('says that a number is out of bounds, and takes none', async () => {
    for (const [link, name, value, says] of [
      ['#/data', /^Row/, '0', 'Row: a whole number from 1 to 1009, got 0.'],
      ['#/data', /^Seed/, '1.5', 'Seed: a whole number from 0 to 4294957295, got 1.5.'],
      ['#/compare', /^Seeds/, '1', 'Seeds: a whole number from 2 to 10000, got 1.'],
      ['#/compare', /^Epochs/, '', 'Epochs: a whole number from 1 to 100000, got nothing.'],
      ['#/function', /^x from/, '0', 'x from −: a number from 0.5 to 100, got 0.'],
    ] as const) {
      await visit.goto(link);
      const field = visit.page.getByRole('spinbutton', { name });
      const before = await field.inputValue();
      await field.fill(value);
      await field.press('Enter');
      expect(await visit.page.getByRole('alert').innerText()).toBe(says);
      expect(await field.inputValue()).toBe(before);
      await field.fill('7');
      await field.press('Enter');
      await expect.poll(() => visit.page.getByRole('alert').count()).toBe(0);
    }
    await visit.goto('#/data?row=99999');
    await visit.page.getByText('The link says row 99999, which the table does not have').waitFor();
  });

  it('lists the keys at "?", and gives the focus back', async () => {
    await visit.goto('');
    await visit.page.locator('header nav a').first().focus();
    await visit.page.keyboard.press('?');
    await visit.page.locator('#keys[open]').waitFor();
    await visit.page.keyboard.press('Escape');
    expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toBe('Start');
  });

  it("replays the tutorial's experiment and gives its counts, on a phone before beside after", async () => {
    await visit.page.setViewportSize({ width: 360, height: 740 });
    await visit.goto('#/tutorial');
    await visit.page.getByRole('button', { name: 'Run the experiment' }).click();
    await visit.page.getByText('answers Normal to everyone').waitFor({ timeout: 60_000 });
    const text = await visit.page.locator('#replay').innerText();
    expect(text.match(/500\/807 = 61\.96 %/g)).toHaveLength(2);
    expect(text.match(/131\/202 = 64\.85 %/g)).toHaveLength(2);
    expect(text).toContain('Normal 1009 of 1009');
    const gradients = await visit.page.locator('#replay .values tbody td:last-child').allInnerTexts();
    expect(gradients).toEqual(['0', '0', '0', '0']);
    const sides = await visit.page
      .locator('#replay .verdict, #replay .before-after th, #replay .before-after td')
      .evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right]),
      );
    expect(sides.length).toBeGreaterThan(8);
    expect(sides.filter(([left, right]) => left < 0 || right > 360)).toEqual([]);
  });

  it.each([
    ['#/', 'h1'],
    ['#/tutorial?step=mend', '#mend .verdict'],
    ['#/function?f=relu,leaky_relu:0.05&x=-4.8', '.values td'],
    ['#/data', '#twins td'],
    ['#/train?split=random', '#train .picture'],
    ['#/compare?f=relu,leaky_relu:0.05&seeds=2&epochs=2', '.table-bar strong'],
  ])('%s hides no column and no control, on the narrowest screen and on a wide one', async (hash, ready) => {
    await visit.page.setViewportSize({ width: 320, height: 700 });
    await visit.goto(hash);
    await visit.page.locator(ready).first().waitFor();
    if (hash.startsWith('#/compare')) {
      await visit.page.getByText('1009 rows').waitFor();
      await visit.page.getByRole('button', { name: 'Compare' }).click();
      await visit.page.locator('#answer').waitFor();
    }
    if (hash === '#/data') await visit.page.locator('#audit .findings > li').first().waitFor();
    for (const summary of await visit.page.locator('main summary').all()) await summary.click();
    const over = () =>
      visit.page.evaluate(() => {
        const { clientWidth: width } = document.documentElement;
        const inner = [...document.querySelectorAll('.scroll, main table, main pre')]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => `${one.tagName} ${one.textContent?.slice(0, 60)}`);
        const outer = [...document.querySelectorAll('main :is(button, input, select, svg, figure, p)')]
          .filter((one) => {
            const { right, left, width: own } = one.getBoundingClientRect();
            const beyond = one.closest('section')?.getBoundingClientRect().right ?? width;
            return own > 0 && (left < 0 || right > beyond + 1);
          })
          .map((one) => `${one.tagName} ${one.textContent?.slice(0, 60)}`);
        return [document.documentElement.scrollWidth - width, ...inner, ...outer];
      });
    expect(await over()).toEqual([0]);
    await visit.page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(over).toEqual([0]);
  });
});
