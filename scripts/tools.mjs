// Programs and packages that one command needs and whose weight the workspace's own installation should not carry. The command fetches
// them from npm's registry into node_modules/.cache, at the versions that stand here, and runs none of their install scripts.
//
//   node scripts/tools.mjs SET…     fetches sets by hand
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from './output.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/rectify', import.meta.url));
const system = process.platform === 'win32' ? 'win' : process.platform;

/** The versions of Node that the packages are tried on, as npm has their programs. */
export const nodeVersions = ['20.19.0', '22.23.3', '24.21.0', '26.10.0'];

/** The last patch of each minor version of TypeScript from 5.0 on. */
const compilers = '5.0.4 5.1.6 5.2.2 5.3.3 5.4.5 5.5.4 5.6.3 5.7.3 5.8.3 5.9.3 6.0.3 7.0.2'.split(' ');

/** The manifest of each set. Versions are the newest that run on Node 20.19. */
const sets = {
  runtimes: { dependencies: { bun: '1.4.5', deno: '2.9.6' } },
  peers: { dependencies: { '@jax-js/jax': '0.1.25', 'onnxruntime-web': '1.30.0' } },
  registry: {
    // From 6.9 on Verdaccio needs Node 22. It asks for a tag of node-fetch that not every mirror has.
    dependencies: { verdaccio: '6.8.0' },
    overrides: { 'node-fetch': '2.7.0' },
  },
  managers: {
    dependencies: {
      pnpm: '10.34.8',
      'yarn-1': 'npm:yarn@1.22.22',
      'yarn-berry': 'npm:@yarnpkg/cli-dist@4.18.1',
    },
  },
  jest: { dependencies: { jest: '30.5.2' } },
  compilers: {
    dependencies: Object.fromEntries(
      compilers.map((version) => [`typescript-${version}`, `npm:typescript@${version}`]),
    ),
  },
  ...Object.fromEntries(
    nodeVersions.map((version) => [
      `node-${version}`,
      { dependencies: { [`node-${system}-${process.arch}`]: version } },
    ]),
  ),
};

/** The names of all sets. */
export const toolSets = Object.keys(sets);

function place(set) {
  if (!sets[set]) throw new RangeError(`the set must be one of ${toolSets.join(', ')}; got ${set}`);
  const manifest = JSON.stringify({ private: true, ...sets[set] });
  const hash = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const folder = join(cache, `${set}-${hash}`);
  return { folder, manifest, whole: join(folder, 'whole') };
}

/** The `node_modules` of a set, if some command has fetched it. */
export function fetchedTools(set) {
  const { folder, whole } = place(set);
  return existsSync(whole) ? join(folder, 'node_modules') : undefined;
}

/** The `node_modules` of a set, which is fetched first where it is not there. */
export function fetchTools(set) {
  const { folder, manifest, whole } = place(set);
  if (!existsSync(whole)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), manifest);
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    output('npm', ['install', ...options], { cwd: folder });
    writeFileSync(whole, '');
  }
  return join(folder, 'node_modules');
}

/** The program of a package that has one package for each kind of machine, whose install script would only link it into place. */
export function programOfScope(modules, scope, path) {
  const kinds = join(modules, scope);
  if (!existsSync(kinds)) return undefined;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return readdirSync(kinds)
    .map((kind) => join(kinds, kind, path + suffix))
    .find((program) => existsSync(program));
}

/** The program of a version of Node; it is fetched where it is not there. */
export const nodeProgram = (version) =>
  join(
    fetchTools(`node-${version}`),
    `node-${system}-${process.arch}`,
    'bin',
    system === 'win' ? 'node.exe' : 'node',
  );

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const set of process.argv.slice(2)) console.log(fetchTools(set));
