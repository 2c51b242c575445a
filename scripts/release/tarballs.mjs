// Packs the published packages, and reads what was packed.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, readManifest, root } from './workspace.mjs';

/** Runs a program, and gives what it printed; an error holds all of it. */
export function output(program, args, { cwd = root, env = {} } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

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
export const packedManifest = (tarball) =>
  JSON.parse(output('tar', ['-xzOf', tarball, 'package/package.json']));

/** The paths inside a tarball, without the folder `package/`. */
export const packedFiles = (tarball) =>
  output('tar', ['-tzf', tarball])
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
