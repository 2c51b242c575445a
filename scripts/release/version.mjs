// npm run version [-- --pull-request]: takes the changesets that wait into versions and changelogs, and the lock file after them.
// With --pull-request the result becomes a branch and a pull request (gh must be signed in); without, it lies in the tree to be read.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { output } from '../output.mjs';
import { namedPackages } from './check-changesets.mjs';
import { bundledIn, readManifest, root } from './workspace.mjs';

const { values } = parseArgs({ options: { 'pull-request': { type: 'boolean', default: false } } });
const { packageManager } = readManifest('.');

/** What a package brings along bundled is in no range of its: a changeset of its own says that there is something new in it. */
function bringBundled() {
  const folder = join(root, '.changeset');
  const named = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => namedPackages(readFileSync(join(folder, file), 'utf8')));
  for (const [name, parts] of Object.entries(bundledIn)) {
    const changed = parts.filter((part) => named.includes(part));
    if (changed.length > 0 && !named.includes(name))
      writeFileSync(
        join(folder, `bundled-${changed.map((part) => part.split('/')[1]).join('-')}.md`),
        `---\n'${name}': patch\n---\n\nBrings the newest ${changed.join(' and ')}.\n`,
      );
  }
}

if (output('git', ['status', '--porcelain']))
  throw new Error('the tree is dirty: what the versions change could not be told from the rest');
bringBundled();
console.log(output('npx', ['changeset', 'version']));
output('npx', ['--yes', packageManager, 'install', '--lockfile-only']);
output('npx', ['biome', 'check', '--write', 'packages', 'apps']);

const changed = output('git', ['status', '--porcelain']);
if (!changed) console.log('no changeset waits: nothing to do');
else if (values['pull-request']) {
  const branch = 'release/versions';
  for (const args of [
    ['checkout', '-B', branch],
    ['add', '--all'],
    ['commit', '-m', 'Versions and changelogs of the next release'],
    ['push', '--force', 'origin', branch],
  ])
    output('git', args);
  const open = output('gh', ['pr', 'list', '--head', branch, '--json', 'number']);
  if (JSON.parse(open).length === 0)
    output('gh', ['pr', 'create', '--head', branch, '--fill', '--title', 'Versions of the next release']);
} else console.log(`read this, then commit it:\n${changed}`);
