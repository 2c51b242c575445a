// `pnpm bench:unroll [NAME …]`: how many vectors a turn of the float32 loops should take (packages/lanes/src/wasm/elementwise.ts). Nanoseconds for
// four elements, by vectors a turn, on arrays that fit the nearest cache. Kernels by table, which take one, stand beside.
import { assemble } from '@rectify/lanes/assemble';
import { elementwiseModule } from '@rectify/lanes/wasm';
import { rectifiers } from '../kernels/rectifiers.js';
import { smooth } from '../kernels/smooth/index.js';
import { TABLE_BYTES, type TableKernels } from '../src/wasm/host.js';
import * as programs from '../src/wasm/programs.js';
import { createMemory, instantiate } from '../src/wasm/webassembly.js';
import { data } from './_measure.js';

const VECTORS = [1, 2, 3, 4, 6, 8];
const LENGTH = 2048;
const CALLS = 100;
/** The fastest of so many rounds, in each of which every kernel has its turn: nothing makes a kernel faster than it is. */
const ROUNDS = 40;

const memory = createMemory(TABLE_BYTES + 12 * LENGTH);
const [x, dy, y] = [0, 4, 8].map((width) => TABLE_BYTES + width * LENGTH);
new Float32Array(memory.buffer, x).set(data(2 * LENGTH));

const tables: Record<string, TableKernels | undefined> = {
  gelu: programs.gelu({ approximate: 'none' }).table,
  silu: programs.silu({ beta: 1 }).table,
  sigmoid: programs.sigmoid({}).table,
  tanh: programs.tanh({}).table,
};

interface Timed {
  name: string;
  run(): void;
  nanoseconds: number;
}

const sources = Object.entries({ ...rectifiers, ...smooth });
const names = process.argv.slice(2);
const kernels = sources
  .filter(([name]) => names.length === 0 || names.includes(name))
  .flatMap(([name, source]) => {
    const args = Array<number>(source.params).fill(1);
    const build = (text: string) => instantiate(Buffer.from(assemble(text)).toString('hex'), memory);
    const made = VECTORS.map((vectors) => build(elementwiseModule(source, vectors)));
    const table = tables[name];
    if (table) {
      table.fill(memory.buffer, made[0]);
      made.push(instantiate(table.code, memory));
    }
    const timed = (part: 'f4' | 'b4', run: (kernel: (typeof made)[number]) => void): Timed[] =>
      made
        .filter((kernel) => part in kernel)
        .map((kernel) => ({ name, run: () => run(kernel), nanoseconds: Number.POSITIVE_INFINITY }));
    return [
      timed('f4', (kernel) => kernel.f4(x, y, LENGTH, ...args)),
      timed('b4', (kernel) => kernel.b4(x, dy, y, LENGTH, ...args)),
    ];
  });

for (let round = 0; round < ROUNDS; round++)
  for (const kernel of kernels.flat()) {
    const start = performance.now();
    for (let call = 0; call < CALLS; call++) kernel.run();
    const each = ((performance.now() - start) * 1e6) / (CALLS * LENGTH * 0.25);
    kernel.nanoseconds = Math.min(kernel.nanoseconds, each);
  }

const row = (...cells: string[]): void => console.log(cells.map((cell) => cell.padStart(8)).join(' '));
const columns = [...VECTORS.map(String), 'table'];
row('forward'.padEnd(20), ...columns, 'backward', ...columns);
for (let i = 0; i < kernels.length; i += 2) {
  const [forward, backward] = [kernels[i], kernels[i + 1]].map((all) =>
    columns.map((_, column) => all[column]?.nanoseconds.toFixed(2) ?? '–'),
  );
  row(kernels[i][0].name.padEnd(20), ...forward, '', ...backward);
}
