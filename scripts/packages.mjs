// The packages as a user has them, in a folder of their own: what `exports` leads to without our source condition. The sources are
// transpiled file by file, which takes a second, where a build takes minutes: so tests need no build, and never see an old one.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = {
  core: 'packages/core',
  dataset: 'packages/dataset',
  demo: 'apps/demo',
  experiment: 'packages/experiment',
  lanes: 'packages/lanes',
  replicas: 'packages/replicas',
  'tfjs-layer': 'packages/tfjs-layer',
};

/** Names in a node_modules, scoped ones with their scope. */
const namesIn = (folder) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter((name) => !name.startsWith('.'))
        .flatMap((name) =>
          name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
        );

/** lanes is never shipped: its exports are its sources. */
const asPublished = (exports) =>
  Object.fromEntries(
    Object.entries(exports)
      .filter(([, path]) => typeof path === 'string')
      .map(([door, path]) => [
        door,
        { '@rectify/source': path, default: path.replace('/src/', '/dist/').replace('.ts', '.js') },
      ]),
  );

/** One package, as it is published, in a folder. */
export async function transpile(name, to) {
  const from = join(root, rooms[name]);
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  const sources = readdirSync(join(from, 'src'), { recursive: true, encoding: 'utf8' });
  await build({
    entryPoints: sources.filter((file) => /\.tsx?$/.test(file)).map((file) => join(from, 'src', file)),
    outbase: join(from, 'src'),
    outdir: join(to, 'dist'),
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    logLevel: 'error',
  });
  // CommonJS, in words that are JavaScript too.
  for (const file of sources.filter((one) => one.endsWith('.cts')))
    cpSync(join(from, 'src', file), join(to, 'dist', file.replace(/cts$/, 'cjs')));
  if (name === 'lanes') manifest.exports = asPublished(manifest.exports);
  writeFileSync(join(to, 'package.json'), JSON.stringify(manifest));
}

/**
 * Makes `node_modules` of a folder: our packages transpiled, and beside them, by links, all that any of them depends on.
 * @param {string} folder
 */
export async function installPackages(folder) {
  const modules = join(folder, 'node_modules');
  for (const name of Object.keys(rooms)) {
    const to = join(modules, '@rectify', name);
    mkdirSync(to, { recursive: true });
    await transpile(name, to);
    symlinkSync(join(root, rooms[name], 'src'), join(to, 'src'));
  }
  for (const room of ['.', ...Object.values(rooms)])
    for (const name of namesIn(join(root, room, 'node_modules'))) {
      const to = join(modules, name);
      if (name.startsWith('@rectify/') || existsSync(to)) continue;
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(join(root, room, 'node_modules', name), to);
    }
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
}
