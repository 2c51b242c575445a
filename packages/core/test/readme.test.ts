import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readmeTable, tableIn } from '../bench/_readme.js';
import * as core from '../src/index.js';
import * as plot from '../src/plot.js';
import * as wasm from '../src/wasm.js';

const exported = new Map<string, unknown>([
  ...Object.entries(wasm),
  ...Object.entries(plot),
  ...Object.entries(core),
]);

// A line `expression; // value` of the README's TypeScript blocks is run, and must give that value.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]);

it.each(blocks)('README example %#', (block) => {
  const names = [...block.matchAll(/import \{ (.*?) \} from '@rectify\/core(?:\/\w+)?';/g)].flatMap((m) =>
    m[1].split(', '),
  );
  expect([...exported.keys()]).toEqual(expect.arrayContaining(names));
  const checks: unknown[] = [];
  const body = block
    .replace(/^import .*$/gm, '')
    .replace(/^(?!const )(.+); +\/\/ (.+)$/gm, (_, expression, value) => `check(${expression}, ${value});`);
  new Function('check', ...names, body)(
    (actual: unknown, expected: unknown) => checks.push([actual, expected]),
    ...names.map((name) => exported.get(name)),
  );
  expect(checks.length).toBeGreaterThan(0);
  for (const [actual, expected] of checks as [unknown, unknown][]) expect(actual).toEqual(expected);
});

it('the table of the benchmark is of the run that BENCHMARK.md shows: `pnpm bench:readme` writes it', () => {
  const { start, end } = tableIn(readme);
  const benchmark = readFileSync(new URL('../BENCHMARK.md', import.meta.url), 'utf8');
  const unpadded = (table: string): string => table.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-');
  expect(unpadded(readme.slice(start, end))).toBe(unpadded(readmeTable(benchmark)));
});
