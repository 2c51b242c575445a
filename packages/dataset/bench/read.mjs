// pnpm bench [--megabytes 300] [--runs 15] [--only name]… [--audit] [--python python3]: reads a generated CSV into typed columns, side by
// side with what a user would otherwise pick; with --audit the audit of the table is timed apart. Every run is a process of its own;
// readers take turns, so that a busy machine disturbs all alike.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '../../../scripts/measure.mjs';
import { readers } from './_readers.mjs';

// Named here and not in package.json: nobody who installs the workspace should fetch a database for it.
const peers = [
  'papaparse@5.7.1',
  'udsv@0.7.3',
  'csv-parse@7.0.3',
  'd3-dsv@3.0.2',
  '@duckdb/node-api@1.5.6-r.1',
]
  // tfjs-data asks for these two.
  .concat(['@tensorflow/tfjs-data@4.22.0', '@tensorflow/tfjs-core@4.22.0', 'seedrandom@3.0.5']);

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '300' },
    runs: { type: 'string', default: '15' },
    only: { type: 'string', multiple: true },
    audit: { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
  },
});
const megabytes = Number(values.megabytes);
const hasPandas = spawnSync(values.python, ['-c', 'import pandas']).status === 0;
if (!hasPandas)
  console.log(`pandas is left out: ${values.python} does not import it (--python names another)`);
const names = (values.only ?? Object.keys(readers)).filter((name) => name !== 'pandas' || hasPandas);
const unknown = names.find((name) => readers[name] === undefined);
if (unknown !== undefined)
  throw new RangeError(`no reader "${unknown}"; there are ${Object.keys(readers).join(', ')}`);

const built = new URL('../dist/index.js', import.meta.url);
if (!existsSync(built)) throw new Error('build first: pnpm --filter @rectify/dataset build');
const { generate } = await import('./_generate.mjs');

const folder = join(tmpdir(), 'rectify-bench');
const peerFolder = join(folder, 'peers');
mkdirSync(peerFolder, { recursive: true });
if (!existsSync(join(peerFolder, 'node_modules'))) {
  writeFileSync(join(peerFolder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...peers], {
    cwd: peerFolder,
    stdio: 'inherit',
  });
}
const file = join(folder, `table-${megabytes}.csv`);
await generate(file, megabytes);

const child = fileURLToPath(new URL('_child.mjs', import.meta.url));
const env = { ...process.env, RECTIFY_BENCH_PEERS: peerFolder, RECTIFY_BENCH_PYTHON: values.python };
const runs = new Map(names.map((name) => [name, []]));
for (let run = 0; run < Number(values.runs); run++) {
  for (const name of names) {
    const out = execFileSync(process.execPath, [child, name, file, ...(values.audit ? ['audit'] : [])], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    runs.get(name).push(JSON.parse(out.trim().split('\n').at(-1)));
  }
}

const alone = runs.get('papaparse, tokeniser alone');
console.log(
  `${megabytes} MB, median of ${values.runs} runs; "times" is against the tokeniser alone, run by run`,
);
console.table(
  Object.fromEntries(
    names.map((name) => {
      const some = runs.get(name);
      const seconds = median(some.map((run) => run.seconds));
      return [
        name,
        {
          rows: some[0].rows,
          seconds: seconds.toFixed(2),
          'CPU seconds': median(some.map((run) => run.cpu)).toFixed(2),
          'MB/s': (megabytes / seconds).toFixed(0),
          times: alone ? median(some.map((run, i) => run.seconds / alone[i].seconds)).toFixed(2) : '',
          'peak MB': (median(some.map((run) => run.peak)) / 1e6).toFixed(0),
          'above start': (median(some.map((run) => run.peak - run.before)) / 1e6).toFixed(0),
          'kept columns': ((some[0].rows * (7 * 8 + 4)) / 1e6).toFixed(0),
          ...(some[0].audit && { 'audit seconds': median(some.map((run) => run.audit)).toFixed(2) }),
        },
      ];
    }),
  ),
);
