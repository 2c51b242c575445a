// npm run release: publishes what the registry does not have yet, from a clean clone of the commit that is checked out.
//
//   npm run release -- --dry-run         prints what would be published, and publishes nothing
//   npm run release -- --registry URL    another registry than the one that npm is set to
//   npm run release -- --no-test         for whoever has just seen the tests of this commit pass (the workflow has)
//
// Every step either passes or ends the release with nothing published. What is to be published is asked of the registry, so that a
// release that died half-way is finished by running it again.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { output } from '../output.mjs';
import { faultsOf } from './check-tarballs.mjs';
import { writeSbom } from './sbom.mjs';
import { packAll, packedManifest } from './tarballs.mjs';
import { root } from './workspace.mjs';

/** The versions of a package that a registry has; none where it does not know the package. */
export function versionsOn(registry, name) {
  try {
    return [JSON.parse(output('npm', ['view', name, 'versions', '--json', '--registry', registry]))].flat();
  } catch (error) {
    if (/E404/.test(error.message)) return [];
    throw new Error(`${registry} does not say which versions of ${name} it has: ${error.message}`);
  }
}

/** A version with a hyphen belongs to the channel that its first word names (`1.2.0-next.0`: next); others are the latest. */
export const channelOf = (version) => /-([a-z]+)/i.exec(version)?.[1] ?? 'latest';

/** The commit that is checked out, in a folder of its own, where nothing lies that is not in it. */
function cleanClone(into) {
  const dirty = output('git', ['status', '--porcelain']);
  if (dirty) throw new Error(`commit or remove these first; a release holds what is committed:\n${dirty}`);
  const commit = output('git', ['rev-parse', 'HEAD']).trim();
  output('git', ['clone', '--quiet', '--no-checkout', root, into]);
  output('git', ['checkout', '--quiet', commit], { cwd: into });
  return commit;
}

/** Publishes the tarballs that the registry lacks, those first that others depend on. Gives the names of what it published. */
export function publish(tarballs, { registry, dryRun = false, provenance = false, say = console.log }) {
  const waiting = tarballs.filter(({ name, version }) => !versionsOn(registry, name).includes(version));
  for (const { name, version } of tarballs)
    if (!waiting.some((one) => one.name === name)) say(`${name} ${version} is on ${registry} already`);
  for (const { name, version, tarball } of waiting) {
    const channel = channelOf(version);
    if (dryRun) {
      const { dependencies = {} } = packedManifest(tarball);
      const needs = Object.entries(dependencies).map((pair) => pair.join(' '));
      say(`would publish ${name} ${version} as ${channel}; needs ${needs.join(', ') || 'nothing'}`);
      continue;
    }
    output('npm', [
      'publish',
      tarball,
      '--access',
      'public',
      '--tag',
      channel,
      '--registry',
      registry,
      ...(provenance ? ['--provenance'] : []),
    ]);
    say(`published ${name} ${version} as ${channel}`);
  }
  return waiting.map(({ name }) => name);
}

/** Marks the commit of each version that is out, where no mark is yet. */
function tagVersions(tarballs, commit) {
  const known = output('git', ['tag', '--list']).split('\n');
  for (const { name, version } of tarballs)
    if (!known.includes(`${name}@${version}`)) output('git', ['tag', `${name}@${version}`, commit]);
}

async function release() {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      registry: { type: 'string' },
      'no-test': { type: 'boolean', default: false },
    },
  });
  const registry = values.registry ?? output('npm', ['config', 'get', 'registry']).trim();
  const folder = mkdtempSync(join(tmpdir(), 'rectify-release-'));
  try {
    const clone = join(folder, 'clone');
    const commit = cleanClone(clone);
    const run = (program, ...args) => output(program, args, { cwd: clone });
    console.log(`commit ${commit}, cloned`);
    run(process.execPath, 'scripts/install.mjs');
    console.log('installed what the lock file pins');
    if (!values['no-test']) {
      run('npm', 'test');
      console.log('all tests pass');
    }
    const tarballs = packAll(join(folder, 'tarballs'), { from: clone });
    const faults = tarballs.flatMap(({ name, tarball }) =>
      faultsOf(tarball).map((fault) => `${name} ${fault}`),
    );
    if (faults.length > 0) throw new Error(`nothing is published:\n${faults.join('\n')}`);
    console.log(
      `packed and checked: ${tarballs.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    );
    const { path, count } = writeSbom(tarballs, join(folder, 'sbom'));
    copyFileSync(path, join(root, 'rectify.cdx.json'));
    console.log(`rectify.cdx.json names the ${count} packages that come with them`);
    const unversioned = tarballs.filter(({ version }) => version === '0.0.0');
    if (unversioned.length > 0 && !values['dry-run'])
      throw new Error(
        `${unversioned.map(({ name }) => name).join(', ')}: 0.0.0 is no version to publish; run npm run version first`,
      );
    const provenance = process.env.GITHUB_ACTIONS === 'true';
    publish(tarballs, { registry, dryRun: values['dry-run'], provenance });
    if (!values['dry-run']) tagVersions(tarballs, commit);
  } finally {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
}

if (import.meta.filename === process.argv[1]) await release();
