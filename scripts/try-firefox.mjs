// `node scripts/try-firefox.mjs [PROGRAM]`: what test/bundles/ is, bundled by Vite as users have it, run in Firefox; for docs/platforms.md.
// Playwright drives no Firefox that a distribution ships, so the page reports by itself to the server that serves it.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlers } from './bundlers.mjs';
import { installPackages } from './packages.mjs';

const [program = 'firefox-esr'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'rectify-firefox-'));
const page = `<!doctype html><script>
  const report = (body) => fetch('/done', { method: 'POST', body: JSON.stringify(body) });
  addEventListener('error', ({ message }) => report(message));
  addEventListener('unhandledrejection', ({ reason }) => report(String(reason)));
  Object.defineProperty(globalThis, 'result', { set: report });
</script><script type="module" src="/main.js"></script>`;

/** What a page reports whose only script is the bundle in `outdir`. */
function reportOf(outdir) {
  return new Promise((resolve, reject) => {
    const profile = mkdtempSync(join(tmpdir(), 'rectify-profile-'));
    const server = createServer((request, response) => {
      if (request.method === 'POST') {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          response.end();
          stop();
          resolve(body);
        });
      } else if (request.url === '/')
        response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
      else if (request.url === '/favicon.ico') response.writeHead(404).end();
      else response.setHeader('Content-Type', 'text/javascript').end(readFileSync(join(outdir, request.url)));
    }).listen(0);
    const { port } = server.address();
    const browser = spawn(
      program,
      ['--headless', '--no-remote', '--profile', profile, `http://localhost:${port}/`],
      {
        stdio: 'ignore',
      },
    );
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`${program} reported nothing within a minute`));
    }, 60_000);
    const stop = () => {
      clearTimeout(timer);
      browser.kill();
      server.close();
      server.closeAllConnections();
    };
    browser.on('error', reject);
    browser.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  });
}

try {
  await installPackages(folder);
  cpSync(fileURLToPath(new URL('../test/bundles', import.meta.url)), join(folder, 'entries'), {
    recursive: true,
  });
  for (const entry of ['layers', 'load-keras-model', 'tfjs-layer', 'others', 'workers']) {
    const outdir = join(folder, 'bundled', entry);
    await bundlers.vite({ input: join(folder, 'entries', `${entry}.js`), outdir });
    console.log(`${entry}: ${await reportOf(outdir)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
