// What a tarball must hold before it may be published. Each check gives the faults that it found, in words.
import { join, posix } from 'node:path';
import { output } from '../output.mjs';
import { fetchTools } from '../tools.mjs';
import { entriesOf } from './entries.mjs';
import { packedFile, packedFiles, packedManifest } from './tarballs.mjs';

const dependencyFields = ['dependencies', 'peerDependencies', 'optionalDependencies'];

/** Files that npm's page and a user's editor look for, and each file that the manifest leads to. */
export function missingFiles(manifest, files) {
  const needed = ['package.json', 'README.md', 'LICENSE', ...entriesOf(manifest)];
  // The first release writes the first changelog.
  if (manifest.version !== '0.0.0') needed.push('CHANGELOG.md');
  return needed
    .map((path) => path.replace(/^\.\//, ''))
    .filter((path) => !files.includes(path))
    .map((path) => `has no ${path}`);
}

/** Source maps without their sources help nobody. */
export const mapsWithoutSources = (files) =>
  files.some((path) => path.endsWith('.js.map')) && !files.some((path) => path.startsWith('src/'))
    ? ['has source maps and no sources']
    : [];

/** `workspace:` and `catalog:` mean something in this workspace alone. */
export const unresolvedRanges = (manifest) =>
  dependencyFields.flatMap((field) =>
    Object.entries(manifest[field] ?? {})
      .filter(([, range]) => /^(?:workspace|catalog|file|link):/.test(range))
      .map(([name, range]) => `${field}: ${name} is ${range}`),
  );

/** `Int32Array<ArrayBuffer>` is read by TypeScript from 5.7 on, and an error before. */
export const genericArrays = (declarations) =>
  /\b(?:Float(?:32|64)|(?:Big)?U?[Ii]nt(?:8|16|32|64)|Uint8Clamped)Array</.test(declarations)
    ? ['has typed arrays with a parameter in its declarations, which TypeScript 5.0 to 5.6 cannot read']
    : [];

/** The declarations to which the doors of a tarball lead, one after the other. */
function publicDeclarations(manifest, files, tarball) {
  const texts = new Map();
  const follow = (path) => {
    if (texts.has(path) || !files.includes(path)) return;
    const text = packedFile(tarball, path);
    texts.set(path, text);
    for (const [, name] of text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)\.js'/g))
      follow(posix.join(posix.dirname(path), `${name}.d.ts`));
  };
  for (const path of entriesOf(manifest)) if (path.endsWith('.d.ts')) follow(posix.normalize(path));
  return [...texts.values()].join('\n');
}

/** Two copies of a pinned package are what a range avoids. */
export const pinnedDependencies = (manifest) =>
  Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies })
    .filter(([, range]) => /^\d/.test(range))
    .map(([name, range]) => `dependencies: ${name} is pinned to ${range}`);

/** All faults of a tarball, with those that publint and are-the-types-wrong find. */
export function faultsOf(tarball) {
  const manifest = packedManifest(tarball);
  const files = packedFiles(tarball);
  const faults = [
    ...missingFiles(manifest, files),
    ...mapsWithoutSources(files),
    ...unresolvedRanges(manifest),
    ...pinnedDependencies(manifest),
    ...genericArrays(publicDeclarations(manifest, files, tarball)),
  ];
  const programs = join(fetchTools('checks'), '.bin');
  for (const [tool, ...args] of [
    ['publint', 'run', tarball, '--strict'],
    ['attw', tarball, '--profile', 'esm-only', '--format', 'ascii'],
  ])
    try {
      output(join(programs, tool), args);
    } catch (error) {
      faults.push(error.message);
    }
  return faults;
}
