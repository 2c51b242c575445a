// What stays of ten comparisons after a collection: JavaScript and WebAssembly, page and workers together.

/** Sums of the page's and its workers' heaps and buffers, in MB, after a collection. */
async function measured(cdp, sessions) {
  const of = async (send) => {
    await send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await send('Runtime.getHeapUsage');
    return (usedSize + backingStorageSize) / 1e6;
  };
  const all = [await of((method) => cdp.send(method))];
  for (const session of sessions.values()) all.push(await of(session));
  return all.reduce((a, b) => a + b, 0);
}

/** Sessions of the page's workers, that of each by its id. */
async function workerSessions(cdp) {
  const sessions = new Map();
  const waiting = new Map();
  let id = 0;
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== 'worker') return;
    sessions.set(
      sessionId,
      (method) =>
        new Promise((resolve) => {
          waiting.set(++id, resolve);
          cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
        }),
    );
  });
  cdp.on('Target.detachedFromTarget', ({ sessionId }) => sessions.delete(sessionId));
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id: of, result } = JSON.parse(message);
    if (of) waiting.get(of)?.(result ?? {});
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return sessions;
}

export async function memoryAfterTen(browser, { url }) {
  const page = await browser.newPage();
  const cdp = await page.context().newCDPSession(page);
  const sessions = await workerSessions(cdp);
  await page.goto(`${url}#/compare?seeds=8&epochs=20`);
  await page.getByText('1009 rows').waitFor();
  const amounts = [];
  for (let i = 0; i < 10; i++) {
    await page.locator('#compare .job button').first().click();
    await page.locator('#compare .job progress').waitFor();
    await page.locator('#answer .verdict').waitFor({ timeout: 120_000 });
    if (i === 0 || i === 9) amounts.push(await measured(cdp, sessions));
  }
  await page.close();
  return {
    'memory after one comparison, page and its worker, MB': [amounts[0], null],
    'more after ten of them, MB': [amounts[1] - amounts[0], 10],
  };
}
