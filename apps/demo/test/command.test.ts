import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rectify } from './_command.js';
import { hasRealTable, realTableNote, realTablePath } from './real-table.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const header = 'Age,BS Fast,BS pp,Plasma R,Plasma F,HbA1c,Type,Class\n';
const goodRow = '50,6.8,8.1,11.9,7.9,63,Type1,1\n';

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('bad input: one line on standard error, no stack trace, no report', () => {
  const reportFolder = () => join(folder, 'never');
  const badData: [string, () => string, RegExp][] = [
    ['a missing file', () => join(folder, 'absent.csv'), /absent\.csv/],
    ['an empty file', () => file('empty.csv', ''), /empty\.csv/],
    ['a header alone', () => file('header.csv', header), /header\.csv/],
    ['a directory', () => folder, /directory/],
    [
      'a missing feature of the diabetes table',
      () => file('column.csv', header.replace('BS pp,', '') + goodRow),
      /column\.csv.*BS pp/,
    ],
    [
      'a word among the numbers',
      () => file('word.csv', `${header}${goodRow}50,6.8,8.1,lots,7.9,63,Type1,1\n`),
      /word\.csv.*row 2.*Plasma R.*lots/,
    ],
    [
      'an unknown Type',
      () => file('type.csv', `${header}50,6.8,8.1,11.9,7.9,63,Type3,1\n`),
      /type\.csv.*row 1.*Type.*Type3/,
    ],
    [
      'a binary file',
      () =>
        file(
          'binary.csv',
          new Uint8Array(4096).map((_, i) => (i * 167) % 256),
        ),
      /binary\.csv/,
    ],
  ];
  it.each(badData)('%s', async (_name, path, message) => {
    const { code, stderr, stdout } = await rectify(['--data', path(), '--report', reportFolder()]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(existsSync(reportFolder())).toBe(false);
  });

  it.each([
    ['one class', '50,6.8,8.1,11.9,7.9,63,Type1,1\n'.repeat(9), /one class\.csv: .*one class only/],
    [
      'an empty column',
      '50,6.8,,11.9,7.9,63,Type1,1\n40,5.8,,9.9,4.9,33,Normal,0\n'.repeat(9),
      /an empty column\.csv: .*BS pp/,
    ],
  ])('a sound table of which nothing can be learned: %s', async (name, rows, message) => {
    const path = file(`${name}.csv`, header + rows);
    const { code, stderr } = await rectify(['--data', path, '--report', reportFolder()]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
    expect(existsSync(reportFolder())).toBe(false);
  });

  it.each([
    [['--seed', 'x'], /--seed/],
    [['--seed', '-1'], /--seed/],
    [['--seed', '4294967296'], /--seed/],
    [['--seed', ''], /--seed/],
    [['--seeds', '1'], /--seeds.*2/],
    [['--seeds', '1e2'], /--seeds/],
    [['--arms', 'leeky_relu'], /leeky_relu.*leaky_relu/],
    [['--arms', 'relu,relu'], /relu/],
    [['--hidden', '3x'], /--hidden/],
    [['--split', 'rondom'], /--split.*random/],
    [['--data', ''], /--data/],
    [['--config', 'absent.json'], /--config absent\.json: there is no such file/],
    [['--label', 'Type'], /--label needs a FILE/],
    [['--data'], /--data/],
    [['--nonsense'], /--nonsense/],
    [['compare', 'too', 'many'], /too many arguments/],
  ])('bad usage: %j', async (args, message) => {
    const { code, stderr, stdout } = await rectify(['--report', reportFolder(), ...args]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBeLessThan(3);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(existsSync(reportFolder())).toBe(false);
  });

  it('a report folder that is a file', async () => {
    const { code, stderr } = await rectify(['--report', file('taken', 'mine')]);
    expect(stderr).toMatch(/taken/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('mine');
  });
});

describe('rectify', () => {
  it('tells about itself and ends well', async () => {
    const help = await rectify(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('compare');
    expect((await rectify(['compare', '--help'])).stdout).toContain('--arms <list>');
    expect((await rectify(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('cancelled, writes no report', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1500);
    const { code, stderr } = await rectify(['--report', join(folder, 'cancelled')], stop.signal);
    expect(code).toBe(130);
    expect(stderr).toContain('Cancelled');
    expect(existsSync(join(folder, 'cancelled'))).toBe(false);
  });
});

const withoutTimes = (path: string) => {
  const { times, ...rest } = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8'));
  expect(times).toEqual({ started: expect.any(String), seconds: expect.any(Number) });
  return rest;
};

describe('the main job, whole', () => {
  const files = ['report.html', 'report.json', 'runs.csv', 'runs.jsonl', 'times.jsonl'];

  it('runs to its end on the embedded table and repeats itself, also from its own request', {
    timeout: 600_000,
  }, async () => {
    const [first, second] = [join(folder, 'a'), join(folder, 'b')];
    const run = await rectify([
      'compare',
      '--seeds',
      '4',
      '--epochs',
      '30',
      '--arms',
      'relu,leaky_relu:0.05',
      '--report',
      first,
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('500/807 = 61.96 % before, 500/807 = 61.96 % after');
    expect(run.stdout).toContain('131/202 = 64.85 % before, 131/202 = 64.85 % after');
    expect(readdirSync(first).sort()).toEqual(files);
    const report = withoutTimes(first);
    expect(report.table).toMatchObject({
      rows: 1009,
      classes: { Normal: 631, Type1: 173, Type2: 205 },
      missing: 0,
      exactDuplicates: 386,
      panels: 21,
    });
    expect(report.comparison.design).toMatchObject({ seeds: 4, split: 'grouped' });
    expect(report.comparison.arms.map(({ name }: { name: string }) => name)).toEqual([
      'relu',
      'leaky_relu:0.05',
    ]);

    const request = file('request.json', JSON.stringify(report.request));
    const again = await rectify(['--config', request, '--json', '--report', second]);
    expect(again.code).toBe(0);
    expect(withoutTimes(second)).toEqual(report);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(readFileSync(join(second, 'report.json'), 'utf8')));
    for (const name of ['runs.jsonl', 'runs.csv'])
      expect(readFileSync(join(second, name), 'utf8')).toBe(readFileSync(join(first, name), 'utf8'));

    const html = readFileSync(join(first, 'report.html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html.match(/<figure class="chart/g)).toHaveLength(7);
    expect(html).not.toMatch(/<(script|link|img)|https?:\/\/(?!www\.w3\.org)/);
  });

  it.skipIf(!hasRealTable)(
    `finds the tutorial's figures on the real table${realTableNote}`,
    { timeout: 600_000 },
    async () => {
      const path = join(folder, 'real');
      expect((await rectify([realTablePath, '--seeds', '4', '--report', path])).code).toBe(0);
      const { table, article, mended, comparison } = withoutTimes(path);
      expect(table).toMatchObject({
        rows: 1009,
        classes: { Normal: 631, Type1: 173, Type2: 205 },
        missing: 0,
        exactDuplicates: 386,
        panels: 21,
      });
      expect(article.before).toEqual({
        train: { correct: 500, total: 807 },
        test: { correct: 131, total: 202 },
      });
      expect(article.after).toEqual(article.before);
      expect(article.largestWeightChange).toBe(0);
      expect(article.answers).toEqual({ Normal: 1009, Type1: 0 });
      for (const { trainAccuracy, testAccuracy, recall, confusion } of [mended.random, mended.panels]) {
        expect(trainAccuracy).toBeGreaterThan(0.8);
        expect(testAccuracy).toBeGreaterThan(0);
        expect(Object.keys(recall)).toEqual(['Normal', 'Type1', 'Type2']);
        expect(confusion).toHaveLength(3);
      }
      expect(comparison.arms).toHaveLength(9);
      expect(comparison.differences.length).toBeGreaterThan(0);
    },
  );

  it('takes any other table, skips what needs the tutorial’s, and says so', {
    timeout: 120_000,
  }, async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${(i % 3) + (i % 7) / 10},${(i * 5) % 13},${['a', 'b', 'c'][i % 3]}`,
    );
    const path = file('plants.csv', `size,width,kind\n${rows.join('\n')}\n`);
    const report = join(folder, 'plants');
    const args = [
      path,
      '--label',
      'kind',
      '--seeds',
      '3',
      '--epochs',
      '5',
      '--arms',
      'relu,tanh',
      '--report',
      report,
    ];
    const { code, stderr } = await rectify(args);
    expect(code).toBe(0);
    expect(stderr).toContain("the tutorial's own experiment needs the diabetes table: skipped");
    const found = withoutTimes(report);
    expect(found.article).toBeUndefined();
    expect(found.command).toBe(`rectify compare ${path} --label kind --arms relu,tanh --seeds 3 --epochs 5`);
    expect(found.comparison.design).toMatchObject({ task: 'classification', classes: ['a', 'b', 'c'] });
  });

  it('goes on from an interrupted run to the same bytes, and refuses another', {
    timeout: 120_000,
  }, async () => {
    const path = file(
      'numbers.csv',
      `x,y,z\n${Array.from({ length: 80 }, (_, i) => `${i % 9},${(i * 7) % 11},${((i * 3) % 17) + i / 100}`).join('\n')}\n`,
    );
    const args = (report: string) => [
      path,
      '--target',
      'z',
      '--seeds',
      '12',
      '--epochs',
      '20',
      '--arms',
      'relu,tanh',
      report,
    ];
    const whole = join(folder, 'whole');
    expect((await rectify([...args('--report'), whole])).code).toBe(0);
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    const lines = readFileSync(join(whole, 'runs.jsonl'), 'utf8').split('\n');
    writeFileSync(
      join(broken, 'runs.partial.jsonl'),
      `${lines.slice(0, 2).join('\n')}\n${lines[2].slice(0, 40)}`,
    );
    expect((await rectify([...args('--report'), broken])).stderr).toMatch(
      /unfinished comparison \(1 chunks\): go on from it by --resume/,
    );
    const other = await rectify([...args('--resume'), broken, '--batch', '20']);
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toMatch(/its runs are of another configuration/);
    expect((await rectify([...args('--resume'), broken])).code).toBe(0);
    for (const name of ['runs.jsonl', 'runs.csv'])
      expect(readFileSync(join(broken, name), 'utf8')).toBe(readFileSync(join(whole, name), 'utf8'));
    expect(readdirSync(broken).sort()).toEqual(files);
  });
});
