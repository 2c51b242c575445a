// Installs the packages as they would be published, in an empty folder by npm, and uses them there: what `files`, `exports`,
// `bin` or a dependency lacks shows only then. Packing builds. This is the quick part of `npm run test:release`.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from './output.mjs';
import { faultsOf } from './release/check-tarballs.mjs';
import { packAll } from './release/tarballs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'rectify-packed-'));
const run = (program, args, cwd) => output(program, args, { cwd });

try {
  const packed = packAll(join(folder, 'tarballs'), { dirty: true });
  const faults = packed.flatMap(({ name, tarball }) => faultsOf(tarball).map((fault) => `${name} ${fault}`));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const files = packed.map(({ tarball }) => tarball);

  /** A user's folder with the packages installed, and what a program says that is run there. */
  const install = (name, ...packages) => {
    const user = join(folder, name);
    mkdirSync(user);
    writeFileSync(join(user, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], user);
    return user;
  };
  const tfjs = ['core', 'layers', 'backend-cpu'].map((part) => `@tensorflow/tfjs-${part}@^4.22.0`);
  const user = install('user', ...files, ...tfjs);

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
