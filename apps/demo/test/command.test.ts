import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../src/command/run.js';
import { hasRealTable, realTableNote, realTablePath } from './real-table.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const collector = () => {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
};

async function rectify(args: string[], signal?: AbortSignal) {
  const stdout = collector();
  const stderr = collector();
  const code = await runCommand(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    ...(signal ? { signal } : {}),
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

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
    ['a missing column', () => file('column.csv', 'Age,BS Fast\n1,2\n'), /column\.csv.*BS pp/],
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
    ['one row', goodRow, /one row\.csv: .*1 rows/],
    ['an empty column', '50,6.8,,11.9,7.9,63,Type1,1\n'.repeat(9), /an empty column\.csv: .*BS pp/],
    ['a single panel', goodRow.repeat(9), /a single panel\.csv: .*1 groups/],
  ])('a sound table that cannot be split or filled: %s', async (name, rows, message) => {
    const path = file(`${name}.csv`, header + rows);
    const { code, stderr } = await rectify(['--data', path, '--report', reportFolder()]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    expect(existsSync(reportFolder())).toBe(false);
  });

  it.each([
    [['--seed', 'x'], /--seed/],
    [['--seed', '-1'], /--seed/],
    [['--seed', '4294967296'], /--seed/],
    [['--seed', ''], /--seed/],
    [['--runs', '3'], /--runs.*10/],
    [['--runs', '1e2'], /--runs/],
    [['--data'], /--data/],
    [['--nonsense'], /--nonsense/],
    [['compare', 'too', 'many'], /too many arguments/],
  ])('bad usage: %j', async (args, message) => {
    const { code, stderr, stdout } = await rectify(['--report', reportFolder(), ...args]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
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
    expect((await rectify(['compare', '--help'])).stdout).toContain('--data <file>');
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
  it('runs to its end on the embedded table and repeats itself', { timeout: 600_000 }, async () => {
    const [first, second] = [join(folder, 'a'), join(folder, 'b')];
    const run = await rectify(['compare', '--report', first]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('500/807 = 61.96 % before, 500/807 = 61.96 % after');
    expect(run.stdout).toContain('131/202 = 64.85 % before, 131/202 = 64.85 % after');
    expect(readdirSync(first).sort()).toEqual(['report.html', 'report.json']);
    const report = withoutTimes(first);
    expect(report.table).toMatchObject({
      rows: 1009,
      classes: { Normal: 631, Type1: 173, Type2: 205 },
      missing: 0,
      exactDuplicates: 386,
      panels: 21,
    });
    expect(report.comparison.runs).toBe(10);
    expect((await rectify(['--report', second])).code).toBe(0);
    expect(withoutTimes(second)).toEqual(report);

    const html = readFileSync(join(first, 'report.html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html.match(/<figure class="chart"/g)).toHaveLength(5);
    expect(html).not.toMatch(/<(script|link|img)|https?:\/\/(?!www\.w3\.org)/);
  });

  it.skipIf(!hasRealTable)(
    `finds the article's figures on the real table${realTableNote}`,
    { timeout: 600_000 },
    async () => {
      const path = join(folder, 'real');
      expect((await rectify(['--data', realTablePath, '--report', path])).code).toBe(0);
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
      expect(comparison.medianTestAccuracy.relu).toBeGreaterThan(0.9);
      expect(comparison.medianTestAccuracy.leakyRelu).toBeGreaterThan(0.9);
    },
  );
});
