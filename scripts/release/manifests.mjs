// Writes what every package says of the project (repository, homepage, bugs, licence; links of its README) from the root's package.json, the one place
// where it stands. A test fails where a package says something else.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, readManifest, root } from './workspace.mjs';

/** What the manifest of the package in `folder` says of the project. */
export function projectFields(folder, { repository, license } = readManifest('.')) {
  const page = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return {
    license,
    repository: { ...repository, directory: folder },
    homepage: `${page}/tree/main/${folder}#readme`,
    bugs: `${page}/issues`,
  };
}

if (import.meta.filename === process.argv[1])
  for (const { folder, manifest } of publishedPackages()) {
    const fields = projectFields(folder);
    const readme = join(root, folder, 'README.md');
    // Pages of the repository are named in full there, since npm shows the README without them.
    const pageOf = ({ bugs }) => bugs.replace(/\/issues$/, '/');
    writeFileSync(readme, readFileSync(readme, 'utf8').replaceAll(pageOf(manifest), pageOf(fields)));
    writeFileSync(
      join(root, folder, 'package.json'),
      `${JSON.stringify({ ...manifest, ...fields }, null, 2)}\n`,
    );
  }
