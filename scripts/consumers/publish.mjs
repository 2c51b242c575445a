// This commit, with the versions that its changesets give it, published by the release command to a registry of this machine: once with
// a package that the registry refuses, so that it dies half-way, and once again.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { output } from '../output.mjs';
import { publishedPackages, root } from '../release/workspace.mjs';
import { startRegistry } from './registry.mjs';

/** What git prints there. */
const git = (cwd, ...args) => output('git', args, { cwd }).trim();

/**
 * A clone of the commit, with a bare repository in GitHub's place, in which the commands of the workflows run: the check of changesets,
 * and the pull request of versions, for which a program stands in place of `gh`. Gives the environment of the latter.
 */
function withVersions(folder, clone) {
  const origin = join(folder, 'origin.git');
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'gh'), '#!/bin/sh\necho "$@" >> "$(dirname "$0")/gh.log"\necho "[]"\n', {
    mode: 0o755,
  });
  git(root, 'clone', '--quiet', '--no-hardlinks', root, clone);
  git(clone, 'checkout', '--quiet', '-B', 'main', git(root, 'rev-parse', 'HEAD'));
  git(root, 'init', '--quiet', '--bare', origin);
  git(clone, 'remote', 'set-url', 'origin', origin);
  git(clone, 'push', '--quiet', 'origin', 'main');
  git(clone, 'config', 'user.name', 'Release');
  git(clone, 'config', 'user.email', 'release@example.test');
  output(process.execPath, ['scripts/install.mjs'], { cwd: clone });
  output('npm', ['run', 'check:changesets', '--', 'origin/main'], { cwd: clone });
  const said = output('npm', ['run', 'version', '--', '--pull-request'], {
    cwd: clone,
    env: { PATH: `${programs}${delimiter}${process.env.PATH}` },
  });
  if (said.includes('no changeset waits')) return;
  if (!git(origin, 'branch', '--list').includes('release/versions'))
    throw new Error(`no branch is pushed:\n${said}`);
  if (!readFileSync(join(programs, 'gh.log'), 'utf8').includes('pr create'))
    throw new Error('no pull request is opened');
}

/** An answer of the registry; the connection of minutes ago, which `fetch` would use once more, may be closed. */
const ask = (address) => fetch(address).catch(() => fetch(address));

/** What the registry has of each package. */
const versions = async (url) =>
  Object.fromEntries(
    await Promise.all(
      publishedPackages().map(async ({ manifest: { name } }) => {
        const answer = await ask(`${url}${name.replace('/', '%2f')}`);
        return [name, answer.ok ? Object.keys((await answer.json()).versions) : []];
      }),
    ),
  );

/** See round-trip.mjs. Gives the registry, or nothing where a step failed. */
export async function publishCommit(folder, step) {
  mkdirSync(folder, { recursive: true });
  const clone = join(folder, 'clone');
  const order = publishedPackages().map(({ manifest }) => manifest.name);
  const dies = order[2];
  let registry = await startRegistry(folder, { refused: [dies] });
  const { url, port } = registry;
  const release = (...args) =>
    output('npm', ['run', 'release', '--', '--no-test', '--registry', url, ...args], {
      cwd: clone,
      env: { npm_config_userconfig: registry.npmrc },
    });

  const steps = [
    { name: 'npm run version on this commit, as a pull request', run: () => withVersions(folder, clone) },
    {
      name: `npm run release, which dies at ${dies}`,
      async run() {
        const said = await Promise.resolve()
          .then(() => release())
          .catch(({ message }) => message);
        const found = await versions(url);
        const out = order.filter((name) => found[name].length > 0);
        if (out.join() !== order.slice(0, 2).join())
          throw new Error(`published: ${out.join(', ') || 'nothing'}\n${said}`);
        await registry.stop();
        registry = await startRegistry(folder, { port });
      },
    },
    {
      name: 'npm run release again, which finishes it',
      async run() {
        const said = release();
        const found = await versions(url);
        const without = order.filter((name) => found[name].length !== 1);
        if (without.length > 0) throw new Error(`not there: ${without.join(', ')}\n${said}`);
        for (const name of order.slice(0, 2))
          if (!said.includes(`${name} ${found[name][0]} is on ${url} already`)) throw new Error(said);
        const tags = git(clone, 'tag', '--list').split('\n');
        if (tags.length !== order.length) throw new Error(`tags: ${tags.join(', ')}`);
        git(clone, 'push', '--tags');
        if (git(join(folder, 'origin.git'), 'tag', '--list').split('\n').length !== order.length)
          throw new Error('git push --tags does not push them');
        return order.map((name) => `${name} ${found[name][0]}`);
      },
    },
  ];
  for (const one of steps)
    if (!(await step(one))) {
      await registry.stop();
      return undefined;
    }
  return { url, stop: () => registry.stop() };
}
