import { describe, expect, it } from 'vitest';
import { browserNote, chromiumPath } from '../browser.js';
import { visits } from './_page.js';
import { houses, iris, mixed } from './_tables.js';

describe.skipIf(!chromiumPath)(`from the tutorial to a verdict${browserNote}`, { timeout: 180_000 }, () => {
  const visit = visits();
  const key = (name: string) => visit.page.keyboard.press(name);
  const focused = () =>
    visit.page.evaluate(() => {
      const one = document.activeElement as HTMLElement;
      return `${one.tagName} ${one.id} ${one.getAttribute('aria-label') ?? one.textContent}`;
    });
  /** Presses Tab until what has the focus is this. */
  const tabTo = async (what: RegExp) => {
    for (let i = 0; i < 120; i++) {
      if (what.test(await focused())) return;
      await key('Tab');
    }
    throw new Error(`Tab leads to no ${what}`);
  };
  const upload = (name: string, text: string) =>
    visit.page
      .locator('.table-bar input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  it('needs no mouse, and the focus never falls to the body', async () => {
    visit.page.on('filechooser', (chooser) =>
      chooser.setFiles({ name: 'iris.csv', mimeType: 'text/csv', buffer: Buffer.from(iris) }),
    );
    await visit.goto('#/tutorial');
    await tabTo(/Run the experiment/);
    await visit.page.evaluate(() => {
      const fallen: string[] = [];
      Object.assign(window, { fallen });
      let last = '';
      const look = () => {
        const now = document.activeElement;
        if (now === document.body) fallen.push(`after ${last} at ${location.hash}`);
        else last = now?.textContent?.slice(0, 40) ?? '';
        requestAnimationFrame(look);
      };
      look();
    });
    await key('Enter');
    await visit.page
      .locator('#replay')
      .getByText(/epoch \d+ of 100/)
      .waitFor();
    await key('Enter'); // the same button cancels
    await visit.page.locator('#replay').getByText('Cancelled.').waitFor();
    for (const step of ['2. Mend it', '3. ReLU']) {
      await tabTo(new RegExp(`^A .*Next: ${step}`));
      await key('Enter');
      await visit.page.locator('.steps [aria-current=step]', { hasText: step }).waitFor();
      await expect.poll(focused).toMatch(/^H1/);
    }
    for (const place of ['Function', 'Data']) {
      await tabTo(new RegExp(`^A .*Next: ${place}`));
      await key('Enter');
      await visit.page.locator('header [aria-current=page]', { hasText: place }).waitFor();
      await expect.poll(focused).toMatch(/^H1/);
    }
    await tabTo(/^INPUT/);
    await key('Enter');
    await visit.page.getByText('iris.csv: 150 rows').waitFor();
    await tabTo(/^SELECT label/);
    await key('p'); // a column whose name begins with it
    await visit.page
      .locator('.table-bar')
      .getByText(/petal_/)
      .waitFor();
    await tabTo(/^SELECT label/);
    await key('End');
    await visit.page.getByText(/tells species/).waitFor();
    for (const place of ['Train', 'Compare']) {
      await tabTo(new RegExp(`^A .*Next: ${place}`));
      await key('Enter');
      await visit.page.locator('header [aria-current=page]', { hasText: place }).waitFor();
      await expect.poll(focused).toMatch(/^H1/);
    }
    await tabTo(/^INPUT .*/);
    for (const [label, value] of [
      ['Seeds', '3'],
      ['Epochs', '3'],
    ]) {
      const field = visit.page.getByLabel(label, { exact: true });
      for (let i = 0; i < 20 && !(await field.evaluate((one) => one === document.activeElement)); i++)
        await key('Tab');
      await key('Control+A');
      await visit.page.keyboard.type(value);
      await key('Enter');
    }
    await tabTo(/^BUTTON {2}Compare/);
    await key('Enter');
    await visit.page.locator('#answer .verdict').waitFor();
    expect(await visit.page.evaluate(() => (window as unknown as { fallen: string[] }).fallen)).toEqual([]);
  });

  it.each([
    ['iris.csv', iris, undefined, 'tells species'],
    ['mixed.csv', mixed, undefined, 'tells kind'],
    ['houses.csv', houses, 'price', 'predicts price'],
  ])('gives a verdict on %s', async (name, text, label, says) => {
    await visit.goto('#/compare?f=relu,leaky_relu:0.2&seeds=3&epochs=3');
    await upload(name, text);
    await visit.page.getByText(`${name}: `).waitFor();
    // Numbers alone do not say which of them is the answer.
    if (label) await visit.page.getByLabel('Column to tell or to predict').selectOption(label);
    await visit.page.locator('.table-bar').getByText(says).waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    const verdict = await visit.page.locator('#answer .verdict').innerText();
    expect(verdict).toMatch(/relu/);
    // A table so small shows no difference, and the verdict says that this is not the same as none.
    expect(verdict).toMatch(/Not shown|cannot tell|no practically relevant|better|worse/);
  });

  it('shows its verdict, and what was before beside what is after, on a phone', async () => {
    await visit.page.setViewportSize({ width: 360, height: 740 });
    const outside = (selector: string) =>
      visit.page.evaluate((of) => {
        const boxes = [...document.querySelectorAll(of)].map((one) => one.getBoundingClientRect());
        return boxes.length === 0 ? ['none'] : boxes.filter(({ left, right }) => left < 0 || right > 360);
      }, selector);
    await visit.goto('#/data');
    await visit.page.locator('#encoded td').first().waitFor();
    expect(await outside('#encoded th, #encoded td, #columns tbody th, #columns td')).toEqual([]);
    await visit.goto('#/compare?f=relu,leaky_relu:0.2&seeds=3&epochs=3');
    await visit.page.getByText('1009 rows').waitFor();
    await visit.page.getByRole('button', { name: 'Compare' }).click();
    await visit.page.locator('#answer .verdict').waitFor();
    expect(await outside('#answer .verdict, #answer table.stack tbody th, #answer table.stack td')).toEqual(
      [],
    );
  });
});
