// Installs the packages as they would be published, in an empty folder by npm, and uses them there: what `files`, `exports`,
// `bin` or a dependency lacks shows only then. Packing builds.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from './output.mjs';
import { faultsOf } from './release/check-tarballs.mjs';
import { packAll } from './release/tarballs.mjs';
import { root } from './release/workspace.mjs';

/** The range of a dependency that the workspace gives. */
const catalog = (name) => {
  const line = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
    .split('\n')
    .find((line) => line.trim().startsWith(`"${name}": `));
  if (!line) throw new Error(`the workspace has no ${name}`);
  return line.split(': ')[1];
};
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
  const user = install('user', ...files);

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

  // The layers with each way to have TensorFlow.js. Two copies of tfjs-core, or of a package of ours, would share no class.
  const tfjs = (name) => `@tensorflow/${name}@${catalog(`@tensorflow/tfjs-core`)}`;
  const alone = (backend) => [tfjs('tfjs-core'), tfjs('tfjs-layers'), tfjs(`tfjs-backend-${backend}`)];
  const ways = { union: [tfjs('tfjs')], cpu: alone('cpu'), wasm: alone('wasm') };
  for (const [way, packages] of Object.entries(ways)) {
    const ours = files.filter((file) => /rectify-(core|tfjs-layer)-/.test(file));
    const folder = install(way, ...ours, ...packages);
    copyFileSync(join(root, 'packages/tfjs-layer/scripts/use_packed.mjs'), join(folder, 'use.mjs'));
    const { said, backend } = JSON.parse(
      run(process.execPath, ['use.mjs', way], folder).trim().split('\n').at(-1),
    );
    if (said !== 'all is well')
      throw new Error(`the layers with ${packages.join(', ')} on ${backend} say ${said}`);
    const tree = run('npm', ['ls', '@tensorflow/tfjs-core', '--all', '--parseable'], folder)
      .trim()
      .split('\n');
    if (tree.length !== 1) throw new Error(`${way}: ${tree.length} copies of tfjs-core: ${tree.join(', ')}`);
  }

  console.log(
    `${files.length} packages, packed and installed by npm in an empty folder, work there, the layers with tfjs whole and with each backend of Node alone.`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
