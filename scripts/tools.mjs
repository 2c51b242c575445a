// Programs and packages that one command needs and whose weight the workspace's own installation should not carry. The command fetches
// them from npm's registry into node_modules/.cache, as the lock file of their folder in scripts/tools/ pins them, and runs none of
// their install scripts.
//
//   node scripts/tools.mjs SET…             fetches sets by hand
//   node scripts/tools.mjs --renew SET…     makes their lock files anew, after a change of their manifests
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from './output.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/rectify', import.meta.url));
const sets = fileURLToPath(new URL('tools', import.meta.url));
const system = process.platform === 'win32' ? 'win' : process.platform;
const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];

/** The versions of Node that the packages are tried on, as npm has their programs. */
export const nodeVersions = ['20.19.0', '22.23.3', '24.21.0', '26.10.0'];

/** The names of all sets; those of Node beside them are named `node-VERSION`. */
export const toolSets = readdirSync(sets);

/** What the set's folder in the cache must hold, by file. */
function filesOf(set) {
  const [, version] = /^node-(.*)$/.exec(set) ?? [];
  if (nodeVersions.includes(version)) {
    // One package without dependencies, another on each kind of machine: its exact version is all that there is to pin.
    const dependencies = { [`node-${system}-${process.arch}`]: version };
    return { 'package.json': JSON.stringify({ private: true, dependencies }) };
  }
  if (!toolSets.includes(set))
    throw new RangeError(`the set must be one of ${toolSets.join(', ')}; got ${set}`);
  const names = ['package.json', 'package-lock.json'];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(sets, set, name), 'utf8')]));
}

function place(set) {
  const files = filesOf(set);
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  const folder = join(cache, `${set}-${hash}`);
  return { folder, files, whole: join(folder, 'whole') };
}

/** See tools.d.mts. */
export function fetchedTools(set) {
  const { folder, whole } = place(set);
  return existsSync(whole) ? join(folder, 'node_modules') : undefined;
}

/** See tools.d.mts. */
export function fetchTools(set) {
  const { folder, files, whole } = place(set);
  if (!existsSync(whole)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    console.error(
      `fetching ${set}: ${Object.keys(JSON.parse(files['package.json']).dependencies).join(', ')}`,
    );
    output('npm', [files['package-lock.json'] ? 'ci' : 'install', ...options], { cwd: folder });
    writeFileSync(whole, '');
  }
  return join(folder, 'node_modules');
}

/** See tools.d.mts. */
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first, ...rest] = process.argv.slice(2);
  if (first === '--renew')
    for (const set of rest)
      output('npm', ['install', '--package-lock-only', '--omit-lockfile-registry-resolved', ...options], {
        cwd: join(sets, set),
      });
  else for (const set of [first, ...rest]) console.log(fetchTools(set));
}
