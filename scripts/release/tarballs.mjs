// Packs the published packages, and reads what was packed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../output.mjs';
import { publishedPackages, readManifest, root } from './workspace.mjs';

/**
 * Packs each published package with pnpm, which puts real ranges in place of `workspace:` and `catalog:`, into the folder `into`.
 * Gives `{ name, version, folder, tarball }` of each, those first that others depend on.
 */
export function packAll(into, { dirty = false, from = root } = {}) {
  mkdirSync(into, { recursive: true });
  const { packageManager } = readManifest('.');
  return publishedPackages().map(({ folder, manifest: { name, version } }) => {
    output('npx', ['--yes', packageManager, 'pack', '--pack-destination', into], {
      cwd: join(from, folder),
      env: { RECTIFY_PACK_DIRTY: dirty ? '1' : '' },
    });
    const tarball = join(into, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
    return { name, version, folder, tarball };
  });
}

/** The manifest inside a tarball. */
export const packedManifest = (tarball) => JSON.parse(packedFile(tarball, 'package.json'));

/** The paths inside a tarball, without the folder `package/`. */
export const packedFiles = (tarball) =>
  output('tar', ['-tzf', tarball])
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));

/** The text of one file of a tarball. */
export const packedFile = (tarball, path) => output('tar', ['-xzOf', tarball, `package/${path}`]);
