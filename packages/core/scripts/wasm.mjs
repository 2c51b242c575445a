// Assembles scripts/wasm into src/_modules.ts, unless the file there is of these sources. pnpm runs it at every install
// (`prepare`), so that tests and builds find the kernels.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('wasm/', import.meta.url);
const target = new URL('../src/_modules.ts', import.meta.url);

const hash = createHash('sha256');
const shared = ['_coefficients.ts', '_rrelu.ts', '_tables.ts'].map((name) => `../../src/${name}`);
for (const name of [...readdirSync(folder).sort(), ...shared])
  hash.update(name).update(readFileSync(new URL(name, folder)));
const mark = `// Sources: ${hash.digest('hex')}\n`;

if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(mark)) {
  // Only now, since both take a while to load: vite, which runs TypeScript where Node 20 cannot, and binaryen.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(new URL('modules.ts', folder).pathname);
  writeFileSync(target, mark + module.modulesFile());
}
