// `node scripts/sizes.mjs [--write]`: what a page loads of @rectify/core, bundled and minified by esbuild, in bytes as brotli sends them.
// packages/core/sizes.json has the sizes that test/sizes.test.ts holds it to.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const report = new URL('../packages/core/sizes.json', import.meta.url);
const resolveDir = fileURLToPath(new URL('../packages/core/', import.meta.url));

const programs = {
  'leakyRelu from /js': "import { leakyRelu } from './src/js.ts'; console.log(leakyRelu()(-1));",
  leakyRelu: "import { leakyRelu } from './src/index.ts'; console.log(leakyRelu()(-1));",
  'everything from /js': "export * from './src/js.ts';",
  everything: "export * from './src/index.ts';",
};

/** Bytes by program. */
export async function sizes() {
  const found = {};
  for (const [name, contents] of Object.entries(programs)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    });
    found[name] = brotliCompressSync(outputFiles[0].contents).length;
  }
  return found;
}

/** Those that the report has. */
export const reported = () => JSON.parse(readFileSync(report, 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await sizes();
  console.table(found);
  if (process.argv.includes('--write')) writeFileSync(report, `${JSON.stringify(found, undefined, 2)}\n`);
}
