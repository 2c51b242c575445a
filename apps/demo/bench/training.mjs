// What a network that trains costs the page's main thread.
const seconds = 8;

export async function trainingTasks(browser, { url }) {
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  await page.goto(`${url}#/train?epochs=10000`);
  await page.locator('#train .picture').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForFunction(() => / [1-9]\d* of/.test(document.querySelector('.epoch').textContent));
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  const [before, started] = [await busy(), performance.now()];
  await page.waitForTimeout(1000 * seconds);
  const share = (await busy()) - before;
  const elapsed = (performance.now() - started) / 1000;
  const long = await page.evaluate(() => window.longTasks);
  await page.close();
  return {
    'tasks of the main thread over 50 ms while it trains': [long.length, 0],
    'share of the main thread while it trains, %': [(100 * share) / elapsed, 10],
  };
}
