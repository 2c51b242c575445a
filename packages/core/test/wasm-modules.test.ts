import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { modulesFile, texts } from '../scripts/wasm/modules.js';
import * as modules from '../src/_modules.js';

// `pnpm install` makes the modules; after a change in scripts/wasm, `node scripts/wasm.mjs` does.
it('the modules are what their sources assemble to', () =>
  expect(readFileSync(new URL('../src/_modules.ts', import.meta.url), 'utf8')).toContain(modulesFile()));

it('every module of a rectifier is small enough for a browser to instantiate on its main thread', () => {
  const sizes = Object.entries(modules).map(
    ([name, code]) => [name, Buffer.from(code, 'base64').length] as const,
  );
  expect(sizes).toHaveLength(Object.keys(texts).length);
  for (const [name, size] of sizes.slice(0, 13)) expect(size, name).toBeLessThan(4096);
});
