import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rectify } from './_command.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let tables = 0;
/** A table of 60 rows, a cell of each column by its row. */
const table = (columns: Record<string, (row: number) => string | number>) => {
  const path = join(folder, `table-${++tables}.csv`);
  const lines = Array.from({ length: 60 }, (_, row) =>
    Object.values(columns)
      .map((cell) => cell(row))
      .join(','),
  );
  writeFileSync(path, `${Object.keys(columns).join(',')}\n${lines.join('\n')}\n`);
  return path;
};
const measured = (row: number) => ((row * 37) % 59) / 7;
const two = (row: number) => 'ab'[row % 2];

const compare = async (path: string, ...args: string[]) => {
  const report = join(folder, `report-${tables}`);
  const small = ['--seeds', '4', '--epochs', '3', '--arms', 'relu,tanh'];
  const ran = await rectify(['compare', path, '--label', 'kind', ...small, '--report', report, ...args]);
  const read = () => JSON.parse(readFileSync(join(report, 'report.json'), 'utf8'));
  return { ...ran, report, read, lines: ran.stderr.trimEnd().split('\n') };
};

describe('tables of which nothing can be learned: one line, exit code 1, no report', () => {
  it.each([
    [
      'all features constant',
      () => table({ x: () => 1, y: () => 'same', kind: two }),
      /every feature is constant \("x"\): nothing can be learned/,
    ],
    ['labels all equal', () => table({ x: measured, kind: () => 'a' }), /"kind" has one class only, "a"/],
    [
      'a class for every row',
      () => table({ x: measured, kind: (row) => `n${row}` }),
      /"kind" has 60 classes, at most 50/,
    ],
    [
      'a number that no network can take, held out in some seed',
      () => table({ x: (row) => (row === 0 ? 1e60 : measured(row)), kind: two }),
      /column "x" has the value 1e\+60 in row 1: as a network gets it, it passes 3\.4e38/,
    ],
  ])('%s', async (_name, path, message) => {
    const { code, stdout, stderr, lines, report } = await compare(path());
    expect(stderr).toMatch(message);
    expect(lines.at(-1)).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(existsSync(report)).toBe(false);
  });

  it('a target that is the same in every row', async () => {
    const path = table({ x: measured, price: () => 7 });
    const { code, stderr } = await rectify([
      'compare',
      path,
      '--target',
      'price',
      '--report',
      join(folder, 'no'),
    ]);
    expect(stderr).toMatch(/"price" has the value 7 in every row: there is nothing to predict/);
    expect(code).toBe(1);
  });
});

it('a target of which most held-out parts have one value: compared, without R²', async () => {
  const path = table({ x: measured, price: (row) => (row % 20 === 7 ? row : 0) });
  const report = join(folder, 'rare');
  const { code, stdout, stderr } = await rectify([
    ...['compare', path, '--target', 'price', '--seeds', '6', '--epochs', '2', '--arms', 'relu,tanh'],
    ...['--report', report],
  ]);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(0);
  expect(stdout).toMatch(/R² has no value in [1-6] of 6 seeds, as where all held-out values are alike/);
  const page = readFileSync(join(report, 'report.html'), 'utf8');
  expect(page).toContain('R² has no value in');
  expect(page).not.toMatch(/>[^<]*\b(?:NaN|null|undefined)\b[^<]*</);
});

describe('tables that are hard to learn from are answered for, with a warning', { timeout: 60_000 }, () => {
  const warned = async (path: string, ...args: string[]) => {
    const ran = await compare(path, ...args);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
    expect(ran.code).toBe(0);
    return ran.read().comparison as { warnings: string[]; arms: { runs: number; diverged: number }[] };
  };

  it('one constant feature among others', async () => {
    const { warnings } = await warned(table({ x: measured, y: () => 1, kind: two }));
    expect(warnings.join('\n')).toMatch(/Constant, so of no use as a feature: "?y/);
  });

  it('a class with one member', async () => {
    const { warnings } = await warned(table({ x: measured, kind: (row) => (row === 30 ? 'c' : two(row)) }));
    expect(warnings.join('\n')).toMatch(/Class "c" has one row/);
  });

  it('a group that holds a whole class', async () => {
    const { warnings } = await warned(
      table({ x: measured, site: (row) => `s${row % 6}`, kind: (row) => (row % 6 === 0 ? 'c' : two(row)) }),
      ...['--group', 'site', '--split', 'leave-one-group-out'],
    );
    expect(warnings.join('\n')).toMatch(/Class "c" lies in one group of 10 rows/);
  });

  it('an arm that diverges in every run: counted, and counted as the majority', async () => {
    const path = table({ x: (row) => 1e6 * measured(row), kind: two });
    const { arms, warnings } = await warned(
      path,
      '--arms',
      'relu,tanh,leaky_relu:0.1@lr=1e30',
      '--prepare',
      'raw',
    );
    expect(arms[2]).toMatchObject({ runs: 4, diverged: 4 });
    expect(arms[0].diverged).toBe(0);
    expect(warnings.join('\n')).toMatch(/leaky_relu:0\.1@lr=1e\+?30.*diverged/);
  });
});

describe('what is given does not fit', () => {
  it.each([
    [['--group', 'x', '--group', 'site'], /--group must be one column for a comparison/],
    [['--group', 'sight'], /sight.*site/],
    [['--group', 'site'], /group column "site" has one value only/],
    [['--epochs', '0'], /--epochs.*integer from 1 to 100000/],
    [['--batch', '1000001'], /--batch.*integer from 1 to 1000000/],
    [['--seeds', '10001'], /--seeds.*integer from 2 to 10000/],
    [['--hidden', '5000'], /--hidden must be units from 1 to 4096/],
    [['--hidden', '1x1x1x1x1x1x1x1x1'], /--hidden must be at most 8 layers/],
    [['--arms', 'leaky_relu:0.1:0.2:0.3'], /leaky_relu/],
    [['--arms', 'relu@lr=-1'], /lr must be a finite number above 0/],
    [['--prepare', 'standardized'], /standardised/],
    [['--label', 'knd'], /knd.*kind/],
  ])('%j: exit code 2, no report', async (args, message) => {
    const { code, stdout, stderr, report } = await compare(
      table({ x: measured, site: () => 'here', kind: two }),
      ...args,
    );
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(report)).toBe(false);
  });

  it('--resume with another table is refused by its hash, and nothing is lost', async () => {
    const first = await compare(table({ x: measured, kind: two }));
    expect(first.code).toBe(0);
    const before = readdirSync(first.report).map((name) => readFileSync(join(first.report, name), 'utf8'));
    const other = await compare(
      table({ x: (row) => measured(row) + 1, kind: two }),
      '--resume',
      first.report,
    );
    expect(other.stderr).toMatch(
      /its runs are of another table \([0-9a-f]{12}, this one is [0-9a-f]{12}\)\n$/,
    );
    expect(other.code).toBe(2);
    expect(readdirSync(first.report).map((name) => readFileSync(join(first.report, name), 'utf8'))).toEqual(
      before,
    );
  });
});
