// The packages of this workspace that are published, in an order in which each comes after those that it depends on.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readManifest = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** The packages that others bring along, bundled: no range leads to a newer one. */
export const bundledIn = { '@rectify/demo': ['@rectify/tfjs-layer'] };

/** `{ folder, manifest }` of each package that is not private; `folder` is relative to the root. */
export function publishedPackages() {
  const all = ['packages', 'apps']
    .flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => !manifest.private);
  const named = new Map(all.map((one) => [one.manifest.name, one]));
  const ordered = new Set();
  const visit = (one) => {
    for (const name of Object.keys(one.manifest.dependencies ?? {}))
      if (named.has(name) && !ordered.has(named.get(name))) visit(named.get(name));
    ordered.add(one);
  };
  for (const one of all) visit(one);
  return [...ordered];
}
