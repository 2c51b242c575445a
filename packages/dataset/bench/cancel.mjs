// pnpm bench:cancel: how long an abort can go unheard. Each line is the longest stretch in which nothing else of the process could run, in
// milliseconds and in milliseconds of the processor (which a busy machine hardly lengthens), over a whole reading, inference, audit (stage by
// stage), summary, description, PCA and split; and after how many milliseconds an abort in the middle was obeyed.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  auditAsync,
  fitPca,
  fitPcaAsync,
  negativeSharesAsync,
  splitAsync,
  summarizeAsync,
} from '../dist/index.js';
import { inferSchemaFile, loadTableFile, openTableFile } from '../dist/node.js';
import { generate } from './_generate.mjs';
import { shapes, tableOf } from './_tables.mjs';

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '60' }, shape: { type: 'string' } },
});

const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The longest stretch of each stage in which the event loop stood still, in processor time. */
async function watched(name, work) {
  let stage = '';
  let [last, lastUsed, unheard] = [performance.now(), used(), 0];
  const longest = new Map();
  let watching = true;
  const tick = () => {
    const [now, nowUsed] = [performance.now(), used()];
    longest.set(stage, Math.max(longest.get(stage) ?? 0, nowUsed - lastUsed));
    unheard = Math.max(unheard, now - last);
    [last, lastUsed] = [now, nowUsed];
    if (watching) setImmediate(tick);
  };
  setImmediate(tick);
  const begun = performance.now();
  await work({
    onProgress: (progress) => {
      stage = progress.stage ?? '';
    },
  });
  const took = performance.now() - begun;
  watching = false;
  const [worst, busy] = [...longest].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0]);
  const stop = new AbortController();
  let aborted = 0;
  setTimeout(() => {
    aborted = performance.now();
    stop.abort();
  }, took / 2);
  const rejected = await work({ signal: stop.signal }).then(
    () => 'was done before',
    () => Math.round(performance.now() - aborted),
  );
  console.log(
    `${name.padEnd(44)} ${String(Math.round(took)).padStart(7)} ms, unheard ${String(Math.round(unheard)).padStart(4)} ms, of the processor ${String(Math.round(busy)).padStart(4)} ms${worst && ` (${worst})`}, abort ${rejected}`,
  );
  return longest;
}

const folder = join(tmpdir(), 'rectify-bench');
mkdirSync(folder, { recursive: true });
const file = join(folder, `table-${values.megabytes}.csv`);
await generate(file, Number(values.megabytes));
if (values.shape === undefined) {
  await watched(`read ${values.megabytes} MB`, (options) => loadTableFile(file, options));
  await watched(`infer ${values.megabytes} MB`, (options) => inferSchemaFile(file, options));
  await watched(`open ${values.megabytes} MB`, (options) =>
    openTableFile(file, { label: 'Type', ...options }),
  );
}
const stages = new Map();
for (const [name, shape] of Object.entries(shapes)) {
  if (values.shape !== undefined && values.shape !== name) continue;
  const table = tableOf(shape);
  const split = await splitAsync(table, { method: 'random', seed: 1 });
  const ofAudit = await watched(`audit ${name}`, (options) => auditAsync(table, { split, ...options }));
  for (const [stage, busy] of ofAudit) stages.set(stage, Math.max(stages.get(stage) ?? 0, busy));
  await watched(`summarize ${name}`, (options) => summarizeAsync(table, options));
  await watched(`describe ${name}`, (options) => table.describeAsync(options));
  for (const method of ['random', 'stratified', 'grouped', 'stratified-grouped']) {
    await watched(`split ${method} ${name}`, (options) => splitAsync(table, { method, seed: 1, ...options }));
    await watched(`folds ${method} ${name}`, (options) =>
      splitAsync(table, { method, seed: 1, folds: 5, ...options }),
    );
  }
  if (shape.kind !== 'continuous') continue;
  const matrix = table.toMatrix(undefined, { type: 'float64' });
  await watched(`PCA ${name}`, (options) => fitPcaAsync(matrix, { ...options }));
  if (shape.width > 1000) continue;
  const pca = fitPca(matrix);
  await watched(`PCA transform ${name}`, (options) => pca.transformAsync(matrix, options));
  await watched(`negative shares ${name}`, (options) => negativeSharesAsync(table, options));
}
console.log('\nAudit, stage by stage, over all tables, in milliseconds of the processor:');
for (const [stage, busy] of stages) console.log(`${(stage || 'begin').padEnd(24)} ${Math.round(busy)} ms`);
