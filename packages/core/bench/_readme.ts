// The README's table, made of BENCHMARK.md: test/readme.test.ts sees that the two are of one run.
import { FUNCTIONS, type Name, type Pass } from './_measure.js';

const ours = new Set(['rectify, pool', 'rectify', 'rectify/js', 'plain loop']);
const native = new Set(['PyTorch', 'PyTorch out=', 'numpy']);

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The figures of one of BENCHMARK.md's tables, by function and contender; what was not measured is left out. */
function figures(benchmark: string, pass: Pass, n: number): Map<string, Map<string, number>> {
  const title = `## ${pass}, ${n.toLocaleString('en')} float32`;
  const section = benchmark.split(/^(?=## )/m).find((one) => one.startsWith(title));
  if (!section) throw new Error(`BENCHMARK.md has no section "${title}"`);
  const [head = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  return new Map(
    rows.map((row) => [
      row[0],
      new Map(head.flatMap((contender, i) => (Number(row[i]) >= 0 ? [[contender, Number(row[i])]] : []))),
    ]),
  );
}

/** The smallest figure of those contenders, with its name. */
function best(row: ReadonlyMap<string, number> | undefined, among: (contender: string) => boolean): string {
  const [first] = [...(row ?? [])].filter(([contender]) => among(contender)).sort((a, b) => a[1] - b[1]);
  return first ? `${first[1].toFixed(2)} (${first[0]})` : '–';
}

export function readmeTable(benchmark: string): string {
  const large = figures(benchmark, 'forward', 1e7);
  const backward = figures(benchmark, 'backward', 1e7);
  const small = figures(benchmark, 'forward', 1e3);
  const shown = (row: ReadonlyMap<string, number> | undefined, contender: string): string =>
    row?.get(contender)?.toFixed(2) ?? '–';
  const row = (name: Name): string[] => [
    name,
    shown(large.get(name), 'rectify, pool'),
    shown(large.get(name), 'rectify'),
    best(large.get(name), (contender) => !ours.has(contender) && !native.has(contender)),
    shown(large.get(name), 'PyTorch out='),
    shown(backward.get(name), 'rectify, pool'),
    shown(small.get(name), 'rectify'),
    best(small.get(name), (contender) => !ours.has(contender)),
  ];
  const rows = [
    [
      '',
      'forward, pool',
      'forward, ordinary arrays',
      'best other in JS',
      'PyTorch `out=`',
      'backward, pool',
      '1,000: µs a call',
      'best other',
    ],
    ['---', ...Array.from({ length: 7 }, () => '---:')],
    ...FUNCTIONS.map(row),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const START = '<!-- made by `pnpm bench` from BENCHMARK.md -->\n\n';
const END = '\n\n<!-- end -->';

/** Where the table lies in the README. */
export function tableIn(readme: string): { start: number; end: number } {
  const start = readme.indexOf(START) + START.length;
  const end = readme.indexOf(END, start);
  if (start < START.length || end < 0) throw new Error('README.md lacks the comments around its table');
  return { start, end };
}
