// `pnpm bench:readme`, and the last step of `pnpm bench`: BENCHMARK.md's figures into the README's table.
import { readFileSync, writeFileSync } from 'node:fs';
import { readmeTable, tableIn } from './_readme.js';

const target = new URL('../README.md', import.meta.url);
const readme = readFileSync(target, 'utf8');
const benchmark = readFileSync(new URL('../BENCHMARK.md', import.meta.url), 'utf8');
const { start, end } = tableIn(readme);
writeFileSync(target, readme.slice(0, start) + readmeTable(benchmark) + readme.slice(end));
