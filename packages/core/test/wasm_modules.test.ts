import { expect, it } from 'vitest';
import { modulesFile, sources } from '../scripts/wasm/modules.js';
import * as modules from '../src/_modules.js';

// The kernels are committed, so that nothing is built before the tests or by those who install from source. This makes them
// anew from scripts/wasm; `pnpm wasm` (this test with -u) renews the file.
it('the committed modules are what their sources assemble to', () =>
  expect(modulesFile()).toMatchFileSnapshot('../src/_modules.ts'));

it('every module of a rectifier is small enough for a browser to instantiate on its main thread', () => {
  const sizes = Object.entries(modules).map(
    ([name, code]) => [name, Buffer.from(code, 'base64').length] as const,
  );
  expect(sizes).toHaveLength(Object.keys(sources).length);
  for (const [name, size] of sizes.slice(0, 10)) expect(size, name).toBeLessThan(4096);
});
