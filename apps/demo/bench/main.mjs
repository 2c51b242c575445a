// Measures the built web app against its goals, in a headless Chromium, and prints a table.
// Usage, after a build: node bench/main.mjs [--write] [--lighthouse] [PART…]; --write puts the table into the README.
// Parts: first-view, comparison, training, large, memory.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';
import { comparisonTimes } from './comparison.mjs';
import { firstView } from './first-view.mjs';
import { largeTable } from './large.mjs';
import { lighthouse } from './lighthouse.mjs';
import { memoryAfterTen } from './memory.mjs';
import { served } from './served.mjs';
import { trainingTasks } from './training.mjs';

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean' }, lighthouse: { type: 'boolean' } },
  allowPositionals: true,
});
const parts = {
  'first-view': firstView,
  training: trainingTasks,
  large: largeTable,
  memory: memoryAfterTen,
  comparison: comparisonTimes,
};
const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
if (unknown) {
  console.error(`there is no part ${unknown}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const page = await served();
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
const figures = {};
for (const [name, measure] of Object.entries(parts))
  if (positionals.length === 0 || positionals.includes(name))
    Object.assign(figures, await measure(browser, page));
const version = browser.version();
await browser.close();
if (values.lighthouse) Object.assign(figures, await lighthouse(page));
page.close();

const shown = (value) => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(2)));
const rows = Object.entries(figures).map(([name, [value, goal, bound = 'at most']]) => [
  name,
  shown(value),
  goal === null ? '' : `${bound} ${goal}`,
]);
const head = ['measured', 'figure', 'goal'];
const widths = head.map((_, i) => Math.max(...[head, ...rows].map((cells) => cells[i].length)));
const line = (cells, fill = ' ') => `| ${cells.map((cell, i) => cell.padEnd(widths[i], fill)).join(' | ')} |`;
const table = [
  line(head),
  line(['', '', ''], '-'),
  ...rows.map((cells) => line(cells)),
  '',
  `Chromium ${version.split('.')[0]}, Node ${process.versions.node.split('.')[0]}; a busy machine makes times longer.`,
].join('\n');
console.log(table);
const missed = Object.entries(figures).filter(
  ([, [value, goal, bound]]) => goal !== null && (bound === 'at least' ? value < goal : value > goal),
);
for (const [name] of missed) console.error(`missed: ${name}`);

if (values.write) {
  const file = new URL('../README.md', import.meta.url);
  const [start, end] = ['<!-- made by `pnpm --filter @rectify/demo bench` -->', '<!-- end -->'];
  const text = readFileSync(file, 'utf8');
  const [before, rest] = text.split(start);
  writeFileSync(file, `${before}${start}\n\n${table}\n\n${end}${rest.split(end)[1]}`);
}
