// `pnpm bench:unroll [NAME …]`: how many vectors a turn of the float32 loops should take (scripts/wasm/_lanes.ts). Nanoseconds for
// four elements, by vectors a turn, on arrays that fit the nearest cache.
import { moduleText } from '../scripts/wasm/_lanes.js';
import { assemble } from '../scripts/wasm/assemble.js';
import { rectifiers } from '../scripts/wasm/rectifiers.js';
import { smooth } from '../scripts/wasm/smooth.js';
import { createMemory, instantiate } from '../src/_webassembly.js';
import { data } from './_measure.js';

const VECTORS = [1, 2, 3, 4, 6, 8];
const LENGTH = 2048;
const CALLS = 100;
/** The fastest of so many rounds, in each of which every kernel has its turn: nothing makes a kernel faster than it is. */
const ROUNDS = 40;

const memory = createMemory(12 * LENGTH);
new Float32Array(memory.buffer).set(data(2 * LENGTH));
const [x, dy, y] = [0, 4 * LENGTH, 8 * LENGTH];

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
    const made = VECTORS.map((vectors) => {
      const code = Buffer.from(assemble(moduleText(source, vectors))).toString('base64');
      return instantiate(code, memory);
    });
    const timed = (run: (kernel: (typeof made)[number]) => void): Timed[] =>
      made.map((kernel) => ({ name, run: () => run(kernel), nanoseconds: Number.POSITIVE_INFINITY }));
    return [
      timed((kernel) => kernel.f4(x, y, LENGTH, ...args)),
      timed((kernel) => kernel.b4(x, dy, y, LENGTH, ...args)),
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
row('forward'.padEnd(20), ...VECTORS.map(String), 'backward', ...VECTORS.map(String));
for (let i = 0; i < kernels.length; i += 2) {
  const [forward, backward] = [kernels[i], kernels[i + 1]].map((all) =>
    all.map(({ nanoseconds }) => nanoseconds.toFixed(2)),
  );
  row(kernels[i][0].name.padEnd(20), ...forward, '', ...backward);
}
