// tfjs-core's own tests, all of them, as its npm package holds them: what passes with tfjs's kernels passes with ours.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Plugin } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Spec } from './core-suites/entry.js';

const require = createRequire(import.meta.url);
const wasmFolder = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`;
const jasmineCore = join(dirname(require.resolve('jasmine-core')), 'jasmine-core/jasmine.js');

/** What the kernels are: tfjs's, ours, or ours with no tensor too short for them, since nearly all of these are short. */
const KERNELS = ['stock', 'fast', 'fast, however short'] as const;
type Kernels = (typeof KERNELS)[number];
/** The lengths below which src/fast leaves the work to tfjs, or takes a new array. */
const LENGTHS = /const (SHORT|WORTH_IT) = [\d_]+;/g;
let lengths = 0;

/** One copy of tfjs-core for its tests, its backends and us, nothing shaken off, and the Jasmine of today for the one that it asks for. */
const plugin: Plugin = {
  name: 'tfjs-core-tests',
  enforce: 'pre',
  async resolveId(id, importer) {
    if (id === 'jasmine-core/lib/jasmine-core/jasmine.js') return '\0jasmine';
    if (!`${id} ${importer}`.includes('@tensorflow')) return null;
    const resolved = await this.resolve(id, importer, { skipSelf: true });
    return resolved && { ...resolved, moduleSideEffects: true };
  },
  load: (id) =>
    id === '\0jasmine'
      ? `import { globals, installGlobals } from ${JSON.stringify(jasmineCore)};
         installGlobals();
         export const core = () => globals.jasmine;`
      : null,
  transform(code, id) {
    if (!id.includes('/src/fast/')) return null;
    return code.replace(LENGTHS, (line, name) => {
      lengths++;
      return line
        .replace('=', `= process.argv[3] === '${KERNELS[2]}' ? 0 :`)
        .replace('const', `/* ${name} */ const`);
    });
  },
};

type Backend = 'cpu' | 'wasm';
const folder = mkdtempSync(join(tmpdir(), 'rectify-core-suites-'));
const specs = {} as Record<Backend, Record<Kernels, Spec[]>>;

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('..', import.meta.url)),
    plugins: [plugin],
    resolve: { mainFields: ['module', 'main'] },
    ssr: { noExternal: true, resolve: { conditions: ['@rectify/source', 'module', 'node'] } },
    build: {
      ssr: fileURLToPath(new URL('core-suites/entry.ts', import.meta.url)),
      outDir: folder,
      minify: false,
      // CommonJS, as tfjs's wasm backend finds its files in Node by __dirname.
      rollupOptions: {
        output: { format: 'cjs', entryFileNames: 'suites.cjs', chunkFileNames: '[name].cjs' },
      },
    },
  });
  const run = async (backend: Backend, kernels: Kernels): Promise<Spec[]> => {
    const args = [join(folder, 'suites.cjs'), backend, kernels, wasmFolder];
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.trim().split('\n').at(-1) as string);
  };
  await Promise.all(
    (['cpu', 'wasm'] as const).map(async (backend) => {
      specs[backend] = {} as Record<Kernels, Spec[]>;
      for (const kernels of KERNELS) specs[backend][kernels] = await run(backend, kernels);
    }),
  );
}, 300_000); // six runs, on a machine that may be busy
afterAll(() => rmSync(folder, { recursive: true }));

/** The failing specs with their reasons, by name, in order. */
const failures = (list: Spec[]): Record<string, string> =>
  Object.fromEntries(
    list
      .filter(({ status }) => status === 'failed')
      .map(({ name, message }) => [name, message.slice(0, 300)]),
  );

/** All specs of tfjs-core 4.22.0; `Switching cpu backends` are two for the cpu alone. Five are marked as pending by tfjs. */
const TOTAL = { cpu: 4232, wasm: 4230 };

/** The suites that touch what our kernels replace, with the number of their specs. */
const SUITES = {
  leakyrelu: 10,
  prelu: 10,
  elu: 8,
  selu: 9,
  relu: 15,
  relu6: 4,
  'step kernel': 12,
  'fused matmul': 21,
  matmul: 47,
  matmulBatch: 14,
  clone: 35,
  transpose: 25,
  gradients: 15,
  valueAndGradients: 2,
  'higher-order gradients': 3,
  customGradient: 3,
  'gradient registry': 6,
  tidy: 15,
  AdamOptimizer: 3,
};
const suite = (list: Spec[], name: string, backend: Backend) =>
  list.filter((spec) => spec.name.startsWith(`${name} ${backend} {}`));

/** What tfjs's own kernels fail of these on its `wasm` backend; on `cpu` they fail nothing at all. */
const STOCK_FAILS = [
  // A product of other than float32, a bias of more than one dimension, complex numbers: the backend has none of them.
  'fused matmul wasm {} fused A x B with 2d bias and relu',
  'fused matmul wasm {} fused A x B with relu and broadcasted bias different rank',
  'fused matmul wasm {} fused A x B with 2d bias only',
  'matmul wasm {} upcasts when dtypes dont match',
  ...[1, 2, 3, 4].map((rank) => `clone wasm {} ${rank}D complex64 dtype`),
  'transpose wasm {} accepts complex64 input',
  // Its clone copies: a clone has another data id, which the engine takes for a leak of a custom gradient.
  'customGradient wasm {} second order derivative through customGradient',
  'customGradient wasm {} calling gradient of custom op twice works',
  'gradient registry wasm {} register a kernel with gradient and call it',
  'gradient registry wasm {} register a kernel with gradient that specifies outputsToSave and call it',
];

describe.each(['cpu', 'wasm'] as const)('tfjs-core’s own tests on %s', (backend) => {
  it(`are ${TOTAL[backend]}, and the same are run with each kind of kernels`, () => {
    const names = specs[backend].stock.map(({ name }) => name);
    expect(names).toHaveLength(TOTAL[backend]);
    for (const kernels of KERNELS) {
      expect(specs[backend][kernels].map(({ name }) => name)).toEqual(names);
      expect(specs[backend][kernels].filter(({ status }) => status === 'pending')).toHaveLength(5);
    }
    for (const [name, count] of Object.entries(SUITES))
      expect(suite(specs[backend].stock, name, backend), name).toHaveLength(count);
    expect(lengths, 'least lengths in src/fast').toBe(3);
  });

  it('fail with tfjs’s kernels only where the backend lacks something', () => {
    const touched = Object.keys(SUITES).flatMap((name) => suite(specs[backend].stock, name, backend));
    expect(Object.keys(failures(touched)).sort()).toEqual(backend === 'cpu' ? [] : STOCK_FAILS.toSorted());
    if (backend === 'cpu') expect(failures(specs.cpu.stock)).toEqual({});
  });

  it.each(KERNELS.slice(1))('hold with kernels that are %s', (kernels) => {
    const stock = failures(specs[backend].stock);
    const ours = Object.entries(failures(specs[backend][kernels])).filter(([name]) => !(name in stock));
    expect(Object.fromEntries(ours)).toEqual({});
  });
});
