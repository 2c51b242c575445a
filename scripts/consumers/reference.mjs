// The API reference that comes with the page: served by `rectify serve`, under its policy, it finds what one searches for.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Opens the reference of the installed command in the browser, and looks a name up. */
export async function searchReference(browser, home) {
  const cli = join(home, 'node_modules/@rectify/demo/dist/cli.js');
  const server = spawn(process.execPath, [cli, 'serve', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const page = await browser.newPage();
  try {
    const url = await new Promise((resolve, reject) => {
      server.once('exit', () => reject(new Error('rectify serve ends')));
      for (const stream of [server.stdout, server.stderr])
        createInterface(stream).on('line', (line) => {
          const [found] = /http:\/\/[^\s]+/.exec(line) ?? [];
          if (found) resolve(found);
        });
    });
    const faults = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(new URL('docs/index.html', url).href);
    await page.click('#tsd-search-trigger');
    await page.fill('#tsd-search-input', 'leakyRelu');
    await page.waitForSelector('#tsd-search-results li a', { timeout: 20_000 });
    await page.click('#tsd-search-results li a');
    await page.waitForSelector('.tsd-signature');
    const title = await page.title();
    if (!/^leakyrelu/i.test(title)) faults.push(`the search for leakyRelu leads to "${title}"`);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  } finally {
    await page.close();
    server.kill();
  }
}
