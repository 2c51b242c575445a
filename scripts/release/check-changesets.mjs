// npm run check:changesets [-- BASE]: each package that was changed since BASE (main, unless told) is named by a changeset that was
// added since then, so that its users read what is new.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../output.mjs';
import { publishedPackages, root } from './workspace.mjs';

/** What a user of a package gets; tests, benchmarks and fixtures change without a changeset. */
const reachesUsers = /^(?:src|kernels|docs|[^/]+\.md$|package\.json$)/;

/** The published packages whose users get something else than before, of changed paths from the root. */
export const changedPackages = (paths, packages = publishedPackages()) =>
  packages
    .filter(({ folder }) =>
      paths.some((path) => path.startsWith(`${folder}/`) && reachesUsers.test(path.slice(folder.length + 1))),
    )
    .map(({ manifest }) => manifest.name);

/** The packages that a changeset's head names. */
export const namedPackages = (changeset) => {
  const [, head = ''] = changeset.split(/^---$/m);
  return [...head.matchAll(/^["']([^"']+)["']:/gm)].map(([, name]) => name);
};

if (import.meta.filename === process.argv[1]) {
  const [base = 'main'] = process.argv.slice(2);
  const since = output('git', ['merge-base', base, 'HEAD']).trim();
  const paths = (...options) =>
    output('git', ['diff', '--name-only', ...options, since])
      .trim()
      .split('\n');
  const named = paths('--diff-filter=AM')
    .filter((path) => /^\.changeset\/.+\.md$/.test(path))
    .flatMap((path) => namedPackages(readFileSync(join(root, path), 'utf8')));
  // A release takes the changesets away and writes changelogs.
  const releases = paths('--diff-filter=D').some((path) => /^\.changeset\/.+\.md$/.test(path));
  const silent = changedPackages(paths()).filter((name) => !named.includes(name));
  if (silent.length > 0 && !releases) {
    console.error(
      `${silent.join(', ')}: changed since ${base}, and no changeset says what a user notices. Write one: npx pnpm changeset`,
    );
    process.exitCode = 1;
  }
}
