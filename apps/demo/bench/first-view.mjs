// What a visitor waits for: bytes, processor time and time until the curve can be read.
import { median } from '../../../scripts/measure.mjs';

const runs = 5;

/** One visit in a browser that has nothing of it. */
async function visit(browser, url, slow) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  if (slow) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await cdp.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 150 },
      ...{ downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 },
    });
  }
  const scripts = [];
  page.on('response', (response) => {
    if (/\.js($|\?)/.test(response.url())) scripts.push(response.url());
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.documentElement.dataset.live !== undefined);
  const { metrics } = await cdp.send('Performance.getMetrics');
  const cpu = metrics.find(({ name }) => name === 'TaskDuration').value;
  const painted = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime / 1000,
  );
  const live = await page.evaluate(() => performance.now() / 1000);
  await page.waitForTimeout(500);
  await context.close();
  return { scripts, cpu, painted, live };
}

export async function firstView(browser, { url, sizeOf }) {
  await visit(browser, url, false); // warms the browser up
  const usual = [];
  const slow = [];
  for (let i = 0; i < runs; i++) {
    usual.push(await visit(browser, url, false));
    slow.push(await visit(browser, url, true));
  }
  const [{ scripts }] = usual;
  const sizes = await Promise.all(scripts.map(sizeOf));
  const of = (visits, name) => median(visits.map((one) => one[name]));
  return {
    'JavaScript of the first view, kB gzip': [sizes.reduce((a, b) => a + b, 0) / 1000, 60],
    'TensorFlow.js requested at the first view': [scripts.some((one) => /tfjs/.test(one)) ? 1 : 0, 0],
    'first curve that can be moved, s of processor time': [of(usual, 'cpu'), 0.3],
    'first curve to read at 4x slow-down and 1.6 Mbit/s, s': [of(slow, 'painted'), 1.5],
    'the same until it can be moved, s': [of(slow, 'live'), null],
  };
}
