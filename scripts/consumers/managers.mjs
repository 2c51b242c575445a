// Every package, installed alone from the registry by each package manager, and used. A dependency that is not declared shows under pnpm,
// and under Yarn's PnP, which has no node_modules.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../output.mjs';
import { fetchTools, programOfScope } from '../tools.mjs';
import { beside, programs } from './programs.mjs';

const node = process.execPath;
const managers = fetchTools('managers');
const bun = programOfScope(fetchTools('runtimes'), '@oven', 'bin/bun');

/** How each adds packages, and how it runs a file; what it must be told in files or variables first. */
const all = {
  npm: {
    add: () => ['npm', 'install', '--no-audit', '--no-fund'],
    run: [node],
  },
  pnpm: {
    add: () => [node, join(managers, 'pnpm/bin/pnpm.cjs'), 'add'],
    // Otherwise it would look for a workspace in the folders above.
    files: () => ({ 'pnpm-workspace.yaml': 'packages: []\n' }),
    workspace: true,
    run: [node],
  },
  'yarn 1': {
    add: (home) => [
      node,
      join(managers, 'yarn-1/bin/yarn.js'),
      'add',
      '--non-interactive',
      '--cache-folder',
      join(home, '.yarn-cache'),
    ],
    files: (registry) => ({ '.yarnrc': `registry "${registry}"\n` }),
    run: [node],
  },
  'yarn berry, PnP': {
    add: () => [node, join(managers, 'yarn-berry/bin/yarn.js'), 'add'],
    files: (registry) => ({
      'yarn.lock': '',
      '.yarnrc.yml': `npmRegistryServer: "${registry}"
unsafeHttpWhitelist: ["127.0.0.1"]
nodeLinker: pnp
enableTelemetry: false
enableGlobalCache: false
npmMinimalAgeGate: 0
`,
    }),
    // What it has kept of another run's registry has another port.
    env: (home) => ({ YARN_GLOBAL_FOLDER: join(home, '.yarn') }),
    run: [node, join(managers, 'yarn-berry/bin/yarn.js'), 'node'],
  },
  Bun: {
    add: () => [bun, 'add'],
    env: (home) => ({ BUN_INSTALL_CACHE_DIR: join(home, '.bun-cache') }),
    files: (registry) => ({ 'bunfig.toml': `[install]\nregistry = "${registry}"\n` }),
    run: [bun],
  },
};

/** Installs one package by one manager in a folder of its own, and runs its program there. */
function tryOne(folder, registry, manager, name) {
  const { add, files, env, run } = all[manager];
  const home = join(folder, manager.replaceAll(/\W+/g, '-'));
  const user = join(home, name);
  mkdirSync(user, { recursive: true });
  const texts = {
    'package.json': JSON.stringify({ name: 'user', private: true, type: 'module' }),
    'use.mjs': programs[name],
    ...files?.(registry),
  };
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(user, file), text);
  const settings = { npm_config_registry: registry, ...env?.(home) };
  const [program, ...args] = [...add(home), `@rectify/${name}`, ...beside(name)];
  output(program, args, { cwd: user, env: settings });
  const [runner, ...before] = run;
  const said = output(runner, [...before, 'use.mjs'], { cwd: user, env: settings }).trim();
  if (said !== 'yes') throw new Error(`${manager}: @rectify/${name} says ${said}`);
}

/** One step for each manager. */
export const managerSteps = ({ folder, registry }) =>
  Object.keys(all).map((manager) => ({
    name: `${manager} installs each package alone`,
    run() {
      for (const name of Object.keys(programs)) tryOne(folder, registry, manager, name);
    },
  }));
