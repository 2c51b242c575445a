// pnpm false-alarms [--tables 1000] [--first 1] [--write]: how often each finding of the audit fires on tables of noise, and how often it is found where
// it was planted. With --write the result goes to docs/false-alarms.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { audit, findingIds, split, Table } from '../dist/index.js';
import { noiseOf, planted, random, shapes, tableOf } from './_noise.mjs';

const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: '1000' },
    first: { type: 'string', default: '1' },
    write: { type: 'boolean' },
  },
});
const tables = Number(values.tables);
const seeds = Array.from({ length: tables }, (_, i) => Number(values.first) + i);

const alarms = new Map(Object.keys(shapes).map((shape) => [shape, new Map()]));
for (const [shape, { facts }] of Object.entries(shapes)) {
  for (const seed of seeds) {
    const table = tableOf(Table, noiseOf(shape, seed));
    for (const { id } of audit(table, { split: split(table, { method: 'random', seed }) }).findings)
      if (!facts.includes(id)) alarms.get(shape).set(id, (alarms.get(shape).get(id) ?? 0) + 1);
  }
}
const found = new Map();
for (const [id, plant] of Object.entries(planted)) {
  let times = 0;
  for (const seed of seeds) {
    const table = tableOf(Table, plant(random(seed)));
    if (audit(table, { split: split(table, { method: 'random', seed }) }).find(id)) times++;
  }
  found.set(id, times);
}

const share = (count) => `${((100 * count) / tables).toFixed(1)} %`;
const fired = findingIds.filter((id) => [...alarms.values()].some((counts) => counts.has(id)));
const lines = [
  '# False alarms of the audit, and what it misses',
  '',
  `Made by \`pnpm --filter @rectify/dataset false-alarms --first ${seeds[0]} --write\`: ${tables} tables of each shape of noise, with a random split, and ${tables} with`,
  'each fault planted (`scripts/_noise.mjs` says how). A finding that is a plain fact of a shape (holes where holes were made, no negative',
  'number where all are positive) is not counted there.',
  '',
  '## On noise',
  '',
  `Not listed: ${findingIds.length - fired.length} of ${findingIds.length} findings, which never fired.`,
  '',
  `| shape | ${fired.join(' | ')} |`,
  `| --- |${' ---: |'.repeat(fired.length)}`,
  ...[...alarms].map(
    ([shape, counts]) => `| ${shape} | ${fired.map((id) => share(counts.get(id) ?? 0)).join(' | ')} |`,
  ),
  '',
  '## Where planted',
  '',
  '| finding | found |',
  '| --- | ---: |',
  ...[...found].map(([id, times]) => `| \`${id}\` | ${share(times)} |`),
  '',
];
console.log(lines.join('\n'));
if (values.write) writeFileSync(new URL('../docs/false-alarms.md', import.meta.url), lines.join('\n'));
const worst = Math.max(0, ...[...alarms.values()].flatMap((counts) => [...counts.values()])) / tables;
const least = Math.min(...found.values()) / tables;
if (worst > 0.01 || least < 0.99) {
  console.error(`false alarms up to ${100 * worst} %, detection down to ${100 * least} %`);
  process.exitCode = 1;
}
