// The bill of materials of a release: all that comes with the tarballs when npm installs them, in CycloneDX's form.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../output.mjs';
import { fetchTools } from '../tools.mjs';

/** Writes `rectify.cdx.json` into the folder, and gives its path and how many packages it names. */
export function writeSbom(tarballs, folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'rectify', version: '0.0.0', private: true }),
  );
  const paths = tarballs.map(({ tarball }) => tarball);
  const quiet = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
  output('npm', ['install', ...quiet, ...paths], { cwd: folder });
  const program = join(fetchTools('checks'), '.bin/cyclonedx-npm');
  const options = ['--package-lock-only', '--omit', 'dev', '--output-reproducible'];
  output(program, [...options, '--output-file', 'rectify.cdx.json'], { cwd: folder });
  const path = join(folder, 'rectify.cdx.json');
  const { components } = JSON.parse(readFileSync(path, 'utf8'));
  if (components.length < tarballs.length)
    throw new Error(`the bill of materials names ${components.length} packages`);
  return { path, count: components.length };
}
