import { sampleDiabetes } from '@rectify/dataset';
import { describe, expect, it } from 'vitest';
import { percent } from '../../src/report/format.js';
import { browserNote, chromiumPath } from '../browser.js';
import { hasRealTable, realTableNote, realTablePath } from '../real-table.js';
import { visits } from './_page.js';

const rows = sampleDiabetes().toRows();
const names = Object.keys(rows[0]);
const csvOf = (count: number) =>
  [names, ...rows.slice(0, count).map((row) => names.map((name) => row[name]))]
    .map((row) => row.join(','))
    .join('\n');
const csv = (text: string, name = 'mine.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

describe.skipIf(!chromiumPath)(`a table in the page${browserNote}`, { timeout: 120_000 }, () => {
  const visit = visits();
  const barText = () => visit.page.locator('.table-bar').innerText();

  it('shows the embedded table at once, its figures and what would mislead', async () => {
    await visit.goto('#/data');
    await expect.poll(barText).toContain('The embedded table: 1009 rows, 8 columns');
    await visit.page.getByText('Exact duplicates').waitFor();
    expect(await visit.page.locator('#columns').innerText()).toContain('386');
    await visit.page.locator('#audit .findings > li').first().waitFor();
  });

  it('shows how the features lie, what becomes of a row, each finding’s rows, and the twins of a split', async () => {
    await visit.goto('#/data');
    const histograms = visit.page.locator('#histograms');
    await histograms.getByText('Age: 0.0 % below 0').waitFor();
    await histograms.getByLabel('standardised:', { exact: false }).check();
    // The mean and deviation of the column itself.
    const ages = rows.map(({ Age }) => Number(Age));
    const mean = ages.reduce((a, b) => a + b, 0) / ages.length;
    const below = percent(ages.filter((age) => age < mean).length / ages.length, 1);
    await histograms.getByText(`Age: ${below} below 0`).waitFor();
    await histograms.getByLabel('PCA:', { exact: false }).check();
    await histograms.getByText(/component 6: \d+\.\d % below 0/).waitFor();
    expect(visit.page.url()).toContain('as=pca');
    expect(await visit.page.locator('#encoded td').first().innerText()).toBe(String(rows[0].Age));
    await visit.page.locator('#encoded input').fill('3');
    await visit.page.locator('#encoded input').press('Enter');
    await expect.poll(() => visit.page.locator('#encoded td').first().innerText()).toBe(String(rows[2].Age));
    const finding = visit.page.locator('.findings > li', { hasText: 'exact-duplicates' });
    await finding.locator('summary', { hasText: '386 rows' }).click();
    await finding.locator('tbody tr').nth(19).waitFor();
    await finding.getByRole('button', { name: 'Show more' }).click();
    await finding.locator('tbody tr').nth(119).waitFor();
    await visit.page.locator('#twins').getByText('202 of 202 test rows').waitFor();
    const pair = await visit.page.locator('#twins tbody tr').allInnerTexts();
    const labs = (row: string) => row.split('\t').slice(3, 7).join();
    expect(labs(pair[0])).toBe(labs(pair[1]));
  });

  it('takes a column for something else, of the embedded table too, and Back takes that back', async () => {
    await visit.goto('#/data');
    const age = visit.page.getByLabel('Age is taken as');
    await age.selectOption('category');
    await expect.poll(() => age.locator('option').first().innerText()).toBe('feature, category');
    await visit.page.getByLabel('Column to tell or to predict').selectOption('HbA1c');
    await expect.poll(barText).toContain('predicts HbA1c');
    await visit.page.goBack();
    await expect.poll(barText).toContain('tells Type');
    expect(await age.inputValue()).toBe('category');
  });

  it('gives a bad CSV its message and keeps the table', async () => {
    await visit.goto('#/data');
    await expect.poll(barText).toContain('1009 rows');
    const file = visit.page.locator('.table-bar input[type=file]');
    await file.setInputFiles(
      csv('Age,BS Fast,BS pp,Plasma R,Plasma F,HbA1c,Type,Class\n50,<b>x</b>,8.1,11.9,7.9,63,Type1,1\n'),
    );
    const alert = visit.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/mine\.csv.*row 1.*BS Fast.*<b>x<\/b>/);
    expect(await barText()).toContain('The embedded table: 1009 rows');
    await file.setInputFiles(csv(''));
    await expect.poll(() => alert.innerText()).toMatch(/mine\.csv.*empty/i);
  });

  it('opens what is dropped anywhere, keeps what was chosen last, and goes back', async () => {
    await visit.goto('#/function');
    await visit.page.evaluate(
      ([slow, quick]) => {
        const drop = (name: string, text: string) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
          document.body.dispatchEvent(
            new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }),
          );
        };
        drop('slow.csv', slow + slow.slice(slow.indexOf('\n')).repeat(500));
        drop('quick.csv', quick);
      },
      [csvOf(1009), csvOf(200)],
    );
    await expect.poll(barText).toContain('quick.csv: 200 rows');
    expect(visit.page.url()).toMatch(/#\/data\?table=quick\.csv&sha256=[0-9a-f]{64}$/);
    await visit.page.waitForTimeout(1500); // time enough for the slow one, were it still read
    expect(await barText()).toContain('quick.csv');
    await visit.page.getByRole('button', { name: 'Back to the embedded table' }).click();
    await expect.poll(barText).toContain('1009 rows');
    await visit.page.goBack();
    await expect.poll(barText).toContain('quick.csv: 200 rows');
  });

  it.each(['drop', 'paste'] as const)(
    'opens the first of several files by %s, and says which it did not',
    async (how) => {
      await visit.goto('#/');
      const give = (files: Record<string, string>) =>
        visit.page.evaluate(
          ([type, some]) => {
            const data = new DataTransfer();
            for (const [name, text] of Object.entries(some)) data.items.add(new File([text], name));
            const all = { bubbles: true, cancelable: true };
            const event =
              type === 'drop'
                ? new DragEvent(type, { ...all, dataTransfer: data })
                : new ClipboardEvent(type, { ...all, clipboardData: data });
            document.body.dispatchEvent(event);
          },
          [how, files] as const,
        );
      const said = visit.page.getByRole('status').filter({ hasText: 'one table is open at a time' });
      await give({ 'a.csv': csvOf(50), 'b.csv': csvOf(60) });
      await expect.poll(barText).toContain('a.csv: 50 rows');
      const were = how === 'drop' ? 'dropped' : 'pasted';
      expect(await said.innerText()).toBe(
        `2 files were ${were}, and one table is open at a time: a.csv is taken, b.csv is not.`,
      );
      await give({ '1.csv': csvOf(10), '2.csv': '', '3.csv': '', '4.csv': '', '5.csv': '', '6.csv': '' });
      await expect
        .poll(() => said.innerText())
        .toMatch(/1\.csv is taken, 2\.csv, 3\.csv, 4\.csv, 5\.csv, 1 more are not\.$/);
      await give({ 'c.csv': csvOf(70) });
      await expect.poll(barText).toContain('c.csv: 70 rows');
      expect(await said.count()).toBe(0);
    },
  );

  it('says of a folder that it is none to be read', async () => {
    await visit.goto('#/data');
    await expect.poll(barText).toContain('1009 rows');
    const devtools = await visit.context.newCDPSession(visit.page);
    const data = { items: [], files: [import.meta.dirname], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    const alert = visit.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('web: cannot be read: it is a folder, or was moved or changed');
    expect(await barText()).toContain('The embedded table: 1009 rows');
  });

  it('opens a table that is pasted', async () => {
    await visit.goto('#/');
    await visit.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }),
      );
    }, csvOf(50));
    await expect.poll(barText).toContain('pasted.csv: 50 rows');
  });

  it('says what is wrong with a link, and no longer once another is followed', async () => {
    await visit.goto('#/data?columns=nope:ignore');
    await visit.page.getByText('there is no column "nope"').waitFor();
    await visit.goto('#/data?table=theirs.csv');
    const note = visit.page.getByText('This link is about theirs.csv');
    await note.waitFor();
    expect(await note.innerText()).toMatch(/to see what the link shows\.$/);
    expect(await visit.page.getByRole('alert').count()).toBe(0);
  });

  it('asks for a private table that a link names', async () => {
    const sha256 = 'ab'.repeat(32);
    await visit.goto(`#/data?table=mine.csv&sha256=${sha256}`);
    const text = await barText();
    expect(text).toContain('mine.csv');
    expect(text).toContain(sha256);
  });

  it.skipIf(!hasRealTable)(`takes the real table${realTableNote}`, async () => {
    await visit.goto('#/data');
    await visit.page.locator('.table-bar input[type=file]').setInputFiles(realTablePath);
    await expect.poll(barText).toContain('Diabetestype.csv');
    await visit.page.getByText('Exact duplicates').waitFor();
    const text = await visit.page.locator('#columns').innerText();
    expect(text).toContain('386');
    expect(text).toContain('Normal 631, Type1 173, Type2 205');
  });
});
