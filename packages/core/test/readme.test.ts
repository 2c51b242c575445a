import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readmeTable, tableIn } from '../bench/_readme.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('the table of the benchmark is of the run that BENCHMARK.md shows: `pnpm bench:readme` writes it', () => {
  const { start, end } = tableIn(readme);
  const benchmark = readFileSync(new URL('../BENCHMARK.md', import.meta.url), 'utf8');
  const unpadded = (table: string): string => table.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-');
  expect(unpadded(readme.slice(start, end))).toBe(unpadded(readmeTable(benchmark)));
});
