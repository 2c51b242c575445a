// `pnpm bench`: every contender in a process of its own (onnxruntime-web replaces globalThis.Worker), one after the other; prints
// the tables and writes BENCHMARK.md, of which bench/readme.ts makes the README's table. Figures are ratios to copies
// (`y.set(x)`) in the same process, at 1e7 in turn with the runs: less than 1 is faster than copying.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { FUNCTIONS, type Result, SIZES } from './_measure.js';

const node = process.execPath;
const script = (file: string, ...args: string[]) => [node, ['scripts/run.mjs', file, ...args]] as const;
const all = [
  script('bench/ours.ts'),
  script('bench/tfjs.ts', 'wasm'),
  script('bench/tfjs.ts', 'cpu'),
  script('bench/onnxruntime.ts'),
  script('bench/jax.ts'),
  [process.env.PYTHON ?? 'python3', ['bench/peers.py']] as const,
];

const processes = all.filter(
  ([, args]) => !process.env.BENCH_SKIP || !args.join(' ').includes(process.env.BENCH_SKIP),
);

const results: (Result & { process: string })[] = [];
/** Milliseconds of copies by process and size, for those results that have none of their own. */
const copies = new Map<string, number>();
for (const [command, args] of processes) {
  console.log(`… ${args.join(' ')}`);
  const run = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (run.status !== 0)
    console.error(`${args.join(' ')} failed, its rows are missing:\n${run.stderr?.slice(-600)}`);
  else if (run.stderr) console.error(run.stderr.trim().split('\n').slice(0, 5).join('\n'));
  for (const line of (run.stdout ?? '').split('\n')) {
    if (!line.startsWith('RESULT ')) continue;
    const result = JSON.parse(line.slice(7)) as Result;
    const process = args.join(' ');
    if (result.pass === 'copy') copies.set(`${process} ${result.n}`, result.milliseconds);
    else results.push({ ...result, process });
  }
}

const copyOf = ({ copy, process, n }: (typeof results)[0]): number =>
  copy ?? copies.get(`${process} ${n}`) ?? Number.NaN;
const copyRange = (n: number): string => {
  const all = results.filter((result) => result.n === n).map(copyOf);
  return `${Math.min(...all).toPrecision(2)} to ${Math.max(...all).toPrecision(2)} ms`;
};
const contenders = [...new Set(results.map((r) => r.contender))];

function table(pass: 'forward' | 'backward', n: number): string {
  const rows = FUNCTIONS.flatMap((name) => {
    const cells = contenders.map((contender) =>
      results.find((r) => r.contender === contender && r.name === name && r.pass === pass && r.n === n),
    );
    if (cells.filter(Boolean).length < 2) return [];
    const shown = cells.map((cell) => {
      if (!cell) return '–';
      return n === 1e3
        ? (cell.milliseconds * 1000).toFixed(2)
        : (cell.ratio ?? cell.milliseconds / copyOf(cell)).toFixed(2);
    });
    return [`| ${name} | ${shown.join(' | ')} |`];
  });
  return [`| | ${contenders.join(' | ')} |`, `| --- |${' ---: |'.repeat(contenders.length)}`, ...rows].join(
    '\n',
  );
}

const sections = SIZES.flatMap((n) =>
  (['forward', 'backward'] as const).map((pass) => {
    const unit = n === 1e3 ? 'microseconds a call' : `times a copy (${copyRange(n)})`;
    return `## ${pass}, ${n.toLocaleString('en')} float32, ${unit}\n\n${table(pass, n)}`;
  }),
);

const report = `# Benchmark

Made by \`pnpm bench\` on ${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}. Medians of 15 runs, values of random signs, each
package in a process of its own, one thread. "rectify, pool" works on arrays in WASM memory, "rectify" on ordinary arrays,
both into memory that is there; above 1e3 a figure is the ratio to copies of that size in the same process, at 1e7 the median of each run's to a copy right before it; tfjs, jax-js, onnxruntime-web and "PyTorch" make a new output, as they do for their users.

${sections.join('\n\n')}
`;
console.log(report);
writeFileSync(new URL('../BENCHMARK.md', import.meta.url), report);
