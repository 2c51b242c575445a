// What a user's folder weighs, which copies lie in it, and what the command does that comes with it.
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from '../output.mjs';

/** Bytes of all files in a folder, as npm counts the unpacked size of a package. */
export const weightOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

const megabytes = (bytes) => Number((bytes / 1e6).toFixed(1));

/** A folder in which npm has installed some packages from the registry. */
function install(folder, registry, name, packages) {
  const user = join(folder, name);
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  output('npm', ['install', '--no-audit', '--no-fund', ...packages], {
    cwd: user,
    env: { npm_config_registry: registry },
  });
  return user;
}

const copiesOf = (user, name) =>
  output('npm', ['ls', name, '--all', '--parseable'], { cwd: user }).trim().split('\n').filter(Boolean);

/** The command, by npx in an empty folder. */
function demo(folder, registry) {
  const user = join(folder, 'npx');
  mkdirSync(user, { recursive: true });
  const npx = (...args) =>
    output('npx', ['--yes', '@rectify/demo', ...args], {
      cwd: user,
      env: { npm_config_registry: registry, npm_config_cache: join(folder, 'npx-cache') },
    });
  if (!npx('--help').includes('rectify [options] [command]')) throw new Error('--help prints no help');
  const said = npx('--seeds', '2', '--report', 'report');
  if (!/^Verdict$/m.test(said)) throw new Error(`no verdict is printed:\n${said}`);
  for (const file of ['report.html', 'report.json'])
    if (!existsSync(join(user, 'report', file))) throw new Error(`the report has no ${file}`);
}

function weigh(folder, registry) {
  const user = install(folder, registry, 'weight', ['@rectify/demo']);
  const bytes = weightOf(join(user, 'node_modules'));
  const count = output('npm', ['ls', '--all', '--parseable'], { cwd: user }).trim().split('\n').length - 1;
  const layers = install(folder, registry, 'layers-alone', ['@rectify/tfjs-layer', '--legacy-peer-deps']);
  const alone = weightOf(join(layers, 'node_modules'));
  const said = [
    `@rectify/demo: ${megabytes(bytes)} MB in ${count} packages`,
    `@rectify/tfjs-layer without TensorFlow.js: ${megabytes(alone)} MB`,
  ];
  if (bytes > 60e6 || count > 100 || alone > 5e6)
    throw new Error(`${said.join('; ')}: over 60 MB, 100 packages or 5 MB`);
  return said;
}

// Two copies of tfjs-core, or of a package of ours, would share no class.
const tfjs = (name) => `@tensorflow/${name}@^4.22.0`;
const parts = (backend) => ['core', 'layers', `backend-${backend}`].map((part) => tfjs(`tfjs-${part}`));
const ways = { union: [tfjs('tfjs')], cpu: parts('cpu'), wasm: parts('wasm') };

function layersWith(folder, registry, way) {
  const user = install(folder, registry, `tfjs-${way}`, ['@rectify/tfjs-layer', ...ways[way]]);
  const program = new URL('../../packages/tfjs-layer/scripts/use_packed.mjs', import.meta.url);
  copyFileSync(fileURLToPath(program), join(user, 'use.mjs'));
  const last = output(process.execPath, ['use.mjs', way], { cwd: user }).trim().split('\n').at(-1);
  const { said, backend } = JSON.parse(last);
  if (said !== 'all is well') throw new Error(`on ${backend} the layers say ${said}`);
  for (const name of ['@tensorflow/tfjs-core', '@rectify/core']) {
    const copies = copiesOf(user, name);
    if (copies.length !== 1) throw new Error(`${copies.length} copies of ${name}: ${copies.join(', ')}`);
  }
}

export const installedSteps = ({ folder, registry }) => [
  { name: 'npx @rectify/demo: its help and its main job', run: () => demo(folder, registry) },
  { name: 'what an installation weighs', run: () => weigh(folder, registry) },
  ...Object.keys(ways).map((way) => ({
    name: `tfjs-layer with ${way === 'union' ? 'TensorFlow.js whole' : `tfjs-core, tfjs-layers and ${way}`}: one tfjs-core`,
    run: () => layersWith(folder, registry, way),
  })),
];
