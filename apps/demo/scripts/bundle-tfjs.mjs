// After tsc: TensorFlow.js and the layers over it, bundled into dist/tfjs, and dist made to import them from there. Installed whole they
// are 83 MB, of which this package uses 2; who installs it to run `rectify` should not carry the rest.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licenceTexts } from '../../../scripts/licence-texts.mjs';

const home = fileURLToPath(new URL('..', import.meta.url));
const dist = join(home, 'dist');
const bundled = {
  '@rectify/tfjs-layer': 'tfjs-layer',
  '@tensorflow/tfjs-backend-cpu': 'tfjs-backend-cpu',
  '@tensorflow/tfjs-core': 'tfjs-core',
  '@tensorflow/tfjs-layers': 'tfjs-layers',
};

const { metafile } = await build({
  entryPoints: Object.entries(bundled).map(([name, out]) => ({ in: name, out })),
  absWorkingDir: home,
  outdir: join(dist, 'tfjs'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  // Names of classes stay, since tfjs tells layers by them.
  minifySyntax: true,
  minifyWhitespace: true,
  // What a user shares with this package must be one copy. node-fetch is asked for where there is no fetch, which Node has.
  external: ['@rectify/core', 'node-fetch'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Files of types alone.
  logOverride: { 'ignored-bare-import': 'silent' },
});

// What is imported by name from the packages comes from the bundles.
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.js') && !/^(?:web|tfjs)\b/.test(file),
);
for (const file of files) {
  const text = readFileSync(join(dist, file), 'utf8');
  const changed = text.replaceAll(/(\b(?:from|import) ')([^']+)'/g, (whole, before, name) => {
    if (!(name in bundled)) return whole;
    const path = relative(dirname(file), `tfjs/${bundled[name]}.js`).replaceAll('\\', '/');
    return `${before}${path.startsWith('.') ? path : `./${path}`}'`;
  });
  if (changed !== text) writeFileSync(join(dist, file), changed);
}

// Nobody has the layers' manifest beside the bundle: their version is written into the one file that asks for it.
const layers = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@rectify/tfjs-layer/package.json'), 'utf8'),
);
const versions = readFileSync(join(dist, 'versions.js'), 'utf8');
const asked = "versionOf('@rectify/tfjs-layer')";
if (!versions.includes(asked)) throw new Error(`dist/versions.js does not ask for ${asked}`);
writeFileSync(join(dist, 'versions.js'), versions.replace(asked, `'${layers.version}'`));

writeFileSync(
  join(dist, 'tfjs/licenses.md'),
  licenceTexts(Object.keys(metafile.inputs).map((file) => join(home, file))),
);
