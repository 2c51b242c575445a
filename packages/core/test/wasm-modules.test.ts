import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generated, texts } from '../kernels/modules.js';
import { rectifiers } from '../kernels/rectifiers.js';
import { TABLE_BYTES } from '../src/wasm/host.js';
import * as modules from '../src/wasm/modules.js';
import { END, ROW_BYTES, TANH_SLOPE } from '../src/wasm/tables.js';

// `pnpm install` makes the modules; after a change in kernels/, `node scripts/wasm.mjs` does.
it('the modules are what their sources assemble to', () =>
  expect(readFileSync(new URL('../src/wasm/modules.ts', import.meta.url), 'utf8')).toContain(generated()));

it('and are made again when any of those changes, or what the package takes from them', () => {
  const [inputs] = readFileSync(new URL('../src/wasm/modules.ts', import.meta.url), 'utf8').split('\n', 1);
  for (const file of [
    '../../kernels/prelu/index.ts',
    '../functions/prelu-per-channel.ts',
    'tables.ts',
    '../../../lanes/src/math/exp.ts',
  ])
    expect(inputs.split(' ')).toContain(file);
});

it('every module of a rectifier is small enough for a browser to instantiate on its main thread', () => {
  const sizes = new Map(
    Object.entries(modules).map(([name, code]) => [name, Buffer.from(code, 'hex').length]),
  );
  expect(sizes.size).toBe(Object.keys(texts).length);
  for (const name of [...Object.keys(rectifiers), 'preluPerChannel', 'preluSlope', 'rreluTraining'])
    expect(sizes.get(`${name}Code`), name).toBeLessThan(4096);
});

it('the tables have the room that they need, and what NaN reads in place of a row lies in it too', () => {
  expect(END).toBeLessThanOrEqual(TABLE_BYTES);
  expect(TANH_SLOPE.at + 2 ** 16 + ROW_BYTES).toBeLessThanOrEqual(TABLE_BYTES);
});
