// npm run test:release [-- WORD…]: publishes this commit to a registry on this machine by the release command itself, and then uses the
// packages as their users do. With words only those consumers run whose names hold one of them. It needs npm's registry, and nothing else
// of the network; `npm test` has the quick part of it. `--keep` leaves the registry's folder there and names it; `--from FOLDER` runs the
// consumers on one that was kept, and publishes nothing.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installedSteps } from './installed.mjs';
import { managerSteps } from './managers.mjs';
import { pageSteps } from './pages.mjs';
import { publishCommit } from './publish.mjs';
import { startRegistry } from './registry.mjs';
import { installAll, runtimeSteps } from './runtimes.mjs';
import { typeSteps } from './types.mjs';

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, from: { type: 'string' } },
});
const folder = mkdtempSync(join(tmpdir(), 'rectify-consumers-'));
// What a consumer installs must come from the registry of this run, and not from what npm has kept of another.
process.env.npm_config_cache = join(folder, 'npm-cache');
process.env.npm_config_update_notifier = 'false';

let failed = 0;
let passed = 0;
async function step({ name, run }) {
  const start = performance.now();
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(0)} s`;
  try {
    const notes = (await run()) ?? [];
    passed++;
    console.log(`ok    ${name} (${seconds()})`);
    for (const note of notes) console.log(`      ${note}`);
    return true;
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name} (${seconds()})\n${error.message}`);
    return false;
  }
}

let stop = async () => {};
try {
  const published = options.from
    ? await startRegistry(options.from)
    : await publishCommit(join(folder, 'registry'), step);
  if (published) {
    stop = published.stop;
    const users = join(folder, 'users');
    mkdirSync(users);
    let all;
    const home = () => {
      all ??= installAll(users, published.url);
      return all;
    };
    const about = { folder: users, registry: published.url, home };
    const consumers = [installedSteps, managerSteps, runtimeSteps, typeSteps, pageSteps].flatMap((steps) =>
      steps(about),
    );
    for (const one of consumers)
      if (words.length === 0 || words.some((word) => one.name.includes(word))) await step(one);
  }
} finally {
  await stop();
  if (options.keep) console.log(`kept: ${join(folder, 'registry')}`);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
