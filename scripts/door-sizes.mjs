// node scripts/door-sizes.mjs [--write]: the bytes of each door of each package, bundled and minified by esbuild, raw and as gzip and brotli
// send them: alone (what is of its package) and whole (with all that it brings, but for TensorFlow.js, which its user has). docs/sizes.json
// has those that a test holds it to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { doors } from './api/exports.mjs';
import { root } from './release/workspace.mjs';

const report = join(root, 'docs/sizes.json');

/** Doors of Node alone; the others are bundled for pages. */
const ofNode = (door) => door.startsWith('@rectify/demo') || door === '@rectify/dataset/node';

async function bytesOf({ door, folder }, external) {
  const node = ofNode(door);
  const { outputFiles } = await build({
    stdin: { contents: `export * from ${JSON.stringify(door)};`, resolveDir: join(root, folder) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: node ? 'node' : 'browser',
    conditions: ['@rectify/source'],
    external: ['@tensorflow/*', ...external],
    // A worker's own file is not of the door.
    splitting: true,
    outdir: 'out',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
    logLevel: 'error',
  });
  const sum = (pack) => outputFiles.reduce((all, { contents }) => all + pack(contents).length, 0);
  return { raw: sum((x) => x), gzip: sum((x) => gzipSync(x)), brotli: sum((x) => brotliCompressSync(x)) };
}

/** Bytes by door. */
export async function doorSizes() {
  const found = {};
  for (const one of doors()) {
    const manifest = JSON.parse(readFileSync(join(root, one.folder, 'package.json'), 'utf8'));
    const brought = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    const alone = await bytesOf(
      one,
      brought.flatMap((name) => [name, `${name}/*`]),
    );
    found[one.door] = { alone, whole: await bytesOf(one, ofNode(one.door) ? ['bullmq', 'ioredis'] : []) };
  }
  return found;
}

/** Those that the report has. */
export const reportedDoors = () => JSON.parse(readFileSync(report, 'utf8'));

if (import.meta.filename === process.argv[1]) {
  const found = await doorSizes();
  console.table(
    Object.fromEntries(
      Object.entries(found).map(([door, { alone, whole }]) => [
        door,
        { ...alone, 'whole raw': whole.raw, 'whole gzip': whole.gzip, 'whole brotli': whole.brotli },
      ]),
    ),
  );
  if (process.argv.includes('--write')) writeFileSync(report, `${JSON.stringify(found, undefined, 2)}\n`);
}
