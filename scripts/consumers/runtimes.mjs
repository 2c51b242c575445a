// One folder with all packages from the registry, as npm installs them; the versions of Node, CommonJS, Jest, Deno and Bun run in it.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from '../output.mjs';
import { fetchTools, nodeProgram, nodeVersions, programOfScope } from '../tools.mjs';
import { beside, programs } from './programs.mjs';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const names = Object.keys(programs);

/** Installs every package at once. */
export function installAll(folder, registry) {
  const home = join(folder, 'all');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const wanted = names.map((name) => `@rectify/${name}`);
  output('npm', ['install', '--no-audit', '--no-fund', ...wanted, ...beside('tfjs-layer')], {
    cwd: home,
    env: { npm_config_registry: registry },
  });
  for (const name of names) writeFileSync(join(home, `${name}.mjs`), programs[name]);
  cpSync(at('test/bundles'), join(home, 'entries'), { recursive: true });
  return home;
}

const expectYes = (home, what, program, ...args) => {
  const said = output(program, args, { cwd: home }).trim();
  if (said !== 'yes') throw new Error(`${what} says ${said}`);
};

function useEach(home, program, ...before) {
  for (const name of names) expectYes(home, `@rectify/${name}`, program, ...before, `${name}.mjs`);
}

/** The doors of a package, as its manifest names them. */
const doorsOf = (home, name) =>
  Object.keys(
    JSON.parse(readFileSync(join(home, `node_modules/@rectify/${name}/package.json`), 'utf8')).exports,
  )
    .filter((door) => door !== './package.json')
    .map((door) => `@rectify/${name}${door.slice(1)}`);

function requireAll(home, node) {
  writeFileSync(
    join(home, 'require.cjs'),
    `require('@tensorflow/tfjs-backend-cpu');
const empty = ${JSON.stringify(names.flatMap((name) => doorsOf(home, name)))}.filter((door) => Object.keys(require(door)).length === 0);
console.log(empty.join(' ') || 'yes');
process.exit();
`,
  );
  expectYes(home, 'require', node, 'require.cjs');
}

/** Jest, set up as docs/platforms.md says. */
function underJest(home) {
  const tests = join(home, 'jest');
  mkdirSync(tests);
  const config = /```js\n(.*?jest.*?)```/s.exec(readFileSync(at('docs/platforms.md'), 'utf8'))?.[1];
  writeFileSync(join(tests, 'jest.config.mjs'), config);
  writeFileSync(join(tests, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const name of names.filter((name) => name !== 'demo')) {
    const text = programs[name]
      .replaceAll(/^import /gm, 'import ')
      .replace(
        /console\.log\((.*) \? 'yes' : 'no'\);\n(?:process\.exit\(\);)?/s,
        'test("it works", () => expect($1).toBe(true));',
      );
    writeFileSync(join(tests, `${name}.test.mjs`), text);
  }
  const jest = join(fetchTools('jest'), 'jest/bin/jest.js');
  output(
    process.execPath,
    ['--experimental-vm-modules', jest, '--watchman=false', '--runInBand', '--forceExit'],
    {
      cwd: tests,
    },
  );
}

export function runtimeSteps({ home }) {
  const runtimes = fetchTools('runtimes');
  const deno = programOfScope(runtimes, '@deno', 'deno');
  const bun = programOfScope(runtimes, '@oven', 'bin/bun');
  return [
    ...nodeVersions.map((version) => ({
      name: `Node ${version} runs each package`,
      run: () => useEach(home(), nodeProgram(version)),
    })),
    ...[nodeVersions[0], nodeVersions.at(-1)].map((version) => ({
      name: `CommonJS takes every door by require, Node ${version}`,
      run: () => requireAll(home(), nodeProgram(version)),
    })),
    { name: 'Jest, as docs/platforms.md says', run: () => underJest(home()) },
    {
      name: 'Deno runs each package',
      run: () => useEach(home(), deno, 'run', '--quiet', '--allow-all', '--node-modules-dir=manual'),
    },
    { name: 'Bun runs each package', run: () => useEach(home(), bun) },
  ];
}
