// Installs the packages as they would be published, in an empty folder by npm, and uses them there: what `files`, `exports`,
// `bin` or a dependency lacks shows only then. Needs a build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const windows = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'rectify-packed-'));

function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    shell: windows,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

try {
  const tarballs = join(folder, 'tarballs');
  run(
    'npx',
    ['--yes', packageManager, '--recursive', '--filter=@rectify/*', 'pack', '--pack-destination', tarballs],
    root,
  );
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));

  const user = join(folder, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...files], user);

  writeFileSync(
    join(user, 'use.js'),
    `import { leakyRelu } from '@rectify/core';
import { sampleDiabetes } from '@rectify/dataset';
import { loadTableFile } from '@rectify/dataset/node';
import { mendedExperiment, useReproducibleBackend } from '@rectify/demo';
import { layers } from '@rectify/tfjs-layer';

await useReproducibleBackend();
const { testAccuracy } = await mendedExperiment(sampleDiabetes(), { seed: 1, split: 'random', epochs: 1 });
const missing = await loadTableFile('absent.csv').catch((error) => error.name);
console.log(leakyRelu({ negativeSlope: 0.05 })(-2), layers.leakyReLU().negativeSlope, testAccuracy > 0, missing);
`,
  );
  const said = run(process.execPath, ['use.js'], user).trim();
  if (said !== '-0.1 0.3 true TableError') throw new Error(`the installed packages say ${said}`);
  const version = run('npx', ['--no-install', 'rectify', '--version'], user).trim();
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`rectify --version says ${version}`);
  readFileSync(join(user, 'node_modules/@rectify/demo/dist/web/index.html'));
  console.log(`${files.length} packages, packed and installed by npm in an empty folder, work there.`);
} finally {
  rmSync(folder, { recursive: true });
}
