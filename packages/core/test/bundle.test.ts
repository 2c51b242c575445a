// What a bundler makes of the package, and what the bundle does in runtimes that lack something.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import * as modules from '../src/wasm/modules.js';

const source = new URL('../src/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'rectify-core-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function bundle(program: string): Promise<string> {
  const entry = join(folder, 'entry.js');
  writeFileSync(
    entry,
    program
      .replaceAll(/@rectify\/core\/(\w+)/g, join(source, '$1.ts'))
      .replaceAll('@rectify/core', join(source, 'index.ts')),
  );
  const result = await build({
    logLevel: 'silent',
    configFile: false,
    root: folder,
    build: { write: false, minify: true, lib: { entry, formats: ['es'], fileName: 'out' } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs
    .flatMap((one) => ('output' in one ? one.output : []))
    .map((o) => ('code' in o ? o.code : ''))
    .join('');
}

const kernelsIn = (code: string): string[] =>
  Object.entries(modules)
    .filter(([, text]) => code.includes(text))
    .map(([name]) => name);

describe('a bundle', () => {
  it('of leakyRelu alone holds its kernels and no other function', async () => {
    const code = await bundle("import { leakyRelu } from '@rectify/core'; console.log(leakyRelu()(-1));");
    expect(kernelsIn(code).sort()).toEqual(['leakyReluCode', 'leakyReluFlatCode']);
    for (const other of ['hard_sigmoid', 'softmax', 'Klambauer', 'tanh', 'keras', 'pytorch'])
      expect(code).not.toContain(other);
    expect(code.length).toBeLessThan(15_000);
    expect(gzipSync(code).length).toBeLessThan(5_600);
  });

  it('of leakyRelu from /js holds no WebAssembly', async () => {
    const code = await bundle("import { leakyRelu } from '@rectify/core/js'; console.log(leakyRelu()(-1));");
    expect(kernelsIn(code)).toEqual([]);
    expect(code).not.toContain('WebAssembly');
    expect(code.length).toBeLessThan(9_000);
  });

  it('of leakyRelu from /wasm is that of the default, and of a pool no kernel but those by address', async () => {
    const code = await bundle(
      "import { leakyRelu } from '@rectify/core/wasm'; console.log(leakyRelu()(-1));",
    );
    expect(kernelsIn(code).sort()).toEqual(['leakyReluCode', 'leakyReluFlatCode']);
    const pool = await bundle("import { createPool } from '@rectify/core/wasm'; console.log(createPool(1));");
    expect(kernelsIn(pool).sort()).toEqual(['preluPerChannelCode', 'preluSlopeCode']);
  });

  it('of preluPerChannel holds its own kernels', async () => {
    const code = await bundle(
      "import { preluPerChannel } from '@rectify/core'; console.log(preluPerChannel(Float32Array.of(1)));",
    );
    expect(kernelsIn(code).sort()).toEqual(['preluPerChannelCode', 'preluSlopeCode']);
  });

  it('of rreluTraining holds its own kernels', async () => {
    const code = await bundle(
      "import { rreluTraining } from '@rectify/core'; console.log(rreluTraining(1).forward(new Float32Array(1)));",
    );
    expect(kernelsIn(code)).toEqual(['rreluTrainingCode']);
  });

  it('of plot and one function holds that function, and no kernel where it is from /js', async () => {
    const code = await bundle(
      "import { mish } from '@rectify/core/js'; import { plot } from '@rectify/core/plot'; console.log(plot(mish()));",
    );
    expect(kernelsIn(code)).toEqual([]);
    expect(code).toContain('mish');
    for (const other of ['WebAssembly', 'hard_sigmoid', 'softmax', 'keras'])
      expect(code).not.toContain(other);
  });

  it('of nothing is empty: the package does nothing when it is imported', async () => {
    expect((await bundle("import '@rectify/core';")).trim()).toBe('');
  });

  it.each([
    ['as it is', []],
    ['with --jitless, which takes WebAssembly away', ['--jitless']],
  ])('runs in Node %s', async (_, flags) => {
    const file = join(folder, 'run.mjs');
    const program = `import { activation, activationNames } from '@rectify/core';
      const x = Float64Array.from({ length: 100 }, (_, i) => i / 5 - 10);
      let worst = 0;
      for (const name of activationNames) {
        const f = activation(name);
        f.forward(x).forEach((y, i) => { worst = Math.max(worst, Math.abs(y - f(x[i])) / (1e-300 + Math.abs(f(x[i])))); });
      }
      console.log(JSON.stringify({ worst, wasm: typeof WebAssembly }));`;
    writeFileSync(file, await bundle(program));
    const run = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const { worst, wasm } = JSON.parse(run.stdout) as { worst: number; wasm: string };
    expect(worst).toBeLessThan(2e-15);
    expect(wasm).toBe(flags.length > 0 ? 'undefined' : 'object');
  });
});

it('depends on no package, and imports nothing but itself', () => {
  const { dependencies, peerDependencies, optionalDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>;
  expect([dependencies, peerDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.ts$/.test(file),
  );
  const imports = files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => [
      file,
      match[1],
    ]),
  );
  expect(imports.length).toBeGreaterThan(50);
  // Relative, and not out of the sources.
  const inside = ([file, from]: string[]): boolean =>
    from.startsWith('.') && !join(file, '..', from).startsWith('..');
  expect(imports.filter((one) => !inside(one))).toEqual([]);
});
