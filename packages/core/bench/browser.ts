// `pnpm bench:browser [PROGRAM …]`: the JS loops in browsers, `firefox-esr --headless` and Chromium unless programs are named, and in Node.
// The page reports by itself to the server that serves it, so any browser serves that opens the address it is given.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { loops } from './_page.js';

type Times = Record<string, number[]>;

const entry = new URL('./_page.ts', import.meta.url).pathname;
const built = await build({
  logLevel: 'silent',
  configFile: false,
  build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'page' } },
});
const [first] = Array.isArray(built) ? built : [built];
if (!first || !('output' in first)) throw new Error('nothing was built');
const script = first.output.map((one) => ('code' in one ? one.code : '')).join('');
const page = `<!doctype html><script type="module">${script}
  await fetch('/done', { method: 'POST', body: JSON.stringify({ agent: navigator.userAgent, times: loops() }) });
</script>`;

/** What the page reports that the program opens. */
function inBrowser(program: string, ...args: string[]): Promise<{ agent: string; times: Times }> {
  const profile = mkdtempSync(join(tmpdir(), 'rectify-bench-'));
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      // An isolated page's clock ticks in steps of 20 µs in Firefox; others' in steps of a millisecond.
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      if (request.method !== 'POST') {
        response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
        return;
      }
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.end();
        stop();
        resolve(JSON.parse(body));
      });
    }).listen(0, () => {
      const { port } = server.address() as { port: number };
      browser = spawn(
        program,
        [...args.map((one) => one.replace('PROFILE', profile)), `http://localhost:${port}/`],
        {
          stdio: 'ignore',
        },
      );
      browser.on('error', (error) => {
        stop();
        reject(error);
      });
      browser.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
    });
    let browser: ReturnType<typeof spawn> | undefined;
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`${program} reported nothing within 2 minutes`));
    }, 120_000);
    const stop = () => {
      clearTimeout(timer);
      browser?.kill();
      server.close();
      server.closeAllConnections();
    };
  });
}

const usual = [
  ['firefox-esr', '--headless', '--no-remote', '--profile', 'PROFILE'],
  ['chromium', '--headless', '--no-sandbox', '--disable-gpu', '--user-data-dir=PROFILE'],
];
const programs = process.argv.length > 2 ? process.argv.slice(2).map((one) => one.split(' ')) : usual;

function show(where: string, times: Times): void {
  console.log(`${where}\n${'ms for 1,000,000 float32'.padEnd(24)}   plain    ours   ratio`);
  for (const [name, [own, ours]] of Object.entries(times))
    console.log(
      `${name.padEnd(24)}${[own, ours, ours / own].map((value) => value.toFixed(2).padStart(8)).join('')}`,
    );
}

show(`Node ${process.versions.node}`, loops());
for (const [program, ...args] of programs) {
  try {
    const { agent, times } = await inBrowser(program, ...args);
    show(agent, times);
  } catch (error) {
    console.error(`${program}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
