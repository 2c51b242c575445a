// npm test: installs, then type check, lint, layer check, the checks on the packages as published, and every test.
import { findChromium, installChromium } from './chromium.mjs';
import { install, pnpm } from './pnpm.mjs';
import { installOfDebian, onPath } from './programs.mjs';
import { fetchTools } from './tools.mjs';

install();

if (!findChromium()) installChromium();
const chromium = findChromium();
if (chromium) {
  process.env.CHROMIUM_PATH = chromium;
} else if (process.env.CI === 'true') {
  console.error('CI=true, but no Chromium is installed and none could be: the browser tests cannot run.');
  process.exit(1);
} else {
  console.log(
    'No Chromium found: the browser tests will be SKIPPED. Install one, or name it by CHROMIUM_PATH.',
  );
}

if (!onPath(['redis-server'])) installOfDebian('redis-server');
if (!onPath(['redis-server'])) {
  if (process.env.CI === 'true') {
    console.error('CI=true, but no redis-server is installed and none could be: the queue cannot be tested.');
    process.exit(1);
  }
  console.log('No redis-server found: the tests of the queue will be SKIPPED. Install one to run them.');
}

try {
  fetchTools('runtimes');
} catch (error) {
  console.error(`Deno and Bun could not be fetched: ${error.message}`);
  if (process.env.CI === 'true') process.exit(1);
}

pnpm('run', 'check');
pnpm('run', 'check:packages');
pnpm('run', 'vitest', ...process.argv.slice(2));
