// The default comparison on the embedded table, in the page and in Node, both warm.
import { availableParallelism } from 'node:os';
import { sampleDiabetes } from '@rectify/dataset';
import { compare } from '@rectify/experiment';
import { createWorkers } from '@rectify/replicas/workers';

const inPage = async (page) => {
  const started = performance.now();
  await page.locator('#compare .job button').first().click();
  await page.locator('#compare .job progress').waitFor();
  await page.locator('#answer .verdict').waitFor({ timeout: 240_000 });
  return (performance.now() - started) / 1000;
};

export async function comparisonTimes(browser, { url }) {
  const page = await browser.newPage();
  await page.goto(`${url}#/compare`);
  await page.getByText('1009 rows').waitFor();
  await inPage(page);
  const workers = createWorkers();
  const inNode = async () => {
    const started = performance.now();
    await compare(sampleDiabetes(), { train: workers.train });
    return (performance.now() - started) / 1000;
  };
  await inNode();
  // In turn, so that whatever else the machine does falls on both.
  let [best, page0] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < 3; i++) {
    page0 = Math.min(page0, await inPage(page));
    best = Math.min(best, await inNode());
  }
  await workers.close();
  await page.close();
  return {
    [`default comparison in the page, s (${availableParallelism()} cores)`]: [page0, null],
    'the same as a multiple of the command’s time': [page0 / best, 1.5],
  };
}
