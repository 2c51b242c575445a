import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../src/command/run.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-audit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const collector = () => {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
};

async function rectify(...args: string[]) {
  const [stdout, stderr] = [collector(), collector()];
  const code = await runCommand(args, { stdout: stdout.stream, stderr: stderr.stream });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** 40 rows of two classes; `size` tells them apart. */
const iris = () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${4 + (i % 2) * 3 + (i % 7) / 10};${(i * 7) % 11}.5;${i % 2 ? 'big' : 'small'}`,
  );
  return file('plants.csv', `size;width;kind\n${rows.join('\n')}\n`);
};

describe('rectify audit', () => {
  it('prints what a foreign table holds, and on standard error what was found rather than given', async () => {
    const { code, stdout, stderr } = await rectify('audit', iris(), '--label', 'kind');
    expect(code).toBe(0);
    expect(stdout).toContain('small 20');
    expect(stdout).toMatch(/columns: size \(number\), width \(number\), kind \(label\)/);
    expect(stdout).toContain('ERROR threshold-solves-task');
    expect(stderr).toContain('plants.csv: separated by ";"; to decide otherwise pass --delimiter');
  });

  it('gives the same as data, alone on standard output', async () => {
    const { code, stdout } = await rectify('audit', iris(), '--label', 'kind', '--json');
    expect(code).toBe(0);
    const data = JSON.parse(stdout);
    expect(Object.keys(data)).toEqual(['table', 'columns', 'notes', 'findings', 'skipped']);
    expect(data.table).toMatchObject({ rows: 40, classes: { big: 20, small: 20 } });
    expect(data.columns.map(({ name, role }: { name: string; role: string }) => [name, role])).toEqual([
      ['size', 'feature'],
      ['width', 'feature'],
      ['kind', 'label'],
    ]);
    expect(data.findings[0]).toMatchObject({ id: 'threshold-solves-task', severity: 'error' });
    expect(data.skipped.length).toBeGreaterThan(0);
  });

  it('takes what the options say of the file and its columns', async () => {
    const path = file('odd.txt', '1.5|9|x|k1\n2.5|NA|y|k2\n3|9|x|k3\n3|8|y|k4\n');
    const args = ['--no-header', '--delimiter', 'pipe', '--label', 'column 3', '--id', 'column 4'];
    const { code, stdout } = await rectify('audit', path, ...args, '--missing', 'column 2=9', '--json');
    expect(code).toBe(0);
    const { table, columns } = JSON.parse(stdout);
    expect(table).toMatchObject({ rows: 4, missing: 3 });
    expect(columns.map(({ role }: { role: string }) => role)).toEqual(['feature', 'feature', 'label', 'id']);
  });

  it('names its own options in what it advises', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i % 7 ? 60 + i : 0},${900 - i},${(i * 7) % 11},${i % 2 ? 'a' : 'b'}`,
    );
    const path = file('lab.csv', `sugar,case nr,x,kind\n${rows.join('\n')}\n`);
    const { stdout } = await rectify('audit', path, '--label', 'kind');
    expect(stdout).toContain('If it does, pass --missing sugar=0.');
    const asFeature = await rectify(
      'audit',
      path,
      '--label',
      'kind',
      '--features',
      'case nr',
      '--features',
      'x',
    );
    expect(asFeature.stdout).toContain("Pass --id 'case nr', but for what is a measure.");
    const bare = file('bare.csv', '5,1,x\n3,1,y\n5,1,x\n3,1,y\n');
    expect((await rectify('audit', bare)).stderr).toContain(
      'so there is no header and it is a row (line 1); to decide otherwise pass --header',
    );
    const named = await rectify(
      'audit',
      bare,
      '--header',
      '--label',
      'x',
      '--thousands',
      'point',
      '--decimal',
      ',',
    );
    expect(named.stdout).toContain('columns: 5 (');
    expect((await rectify('audit', bare, '--thousands', 'dot')).stderr).toMatch(
      /--thousands[\s\S]*It must be one of/,
    );
  });

  it.each([
    ['an unknown option', ['--lable', 'kind'], /unknown option '--lable'[\s\S]*--label/],
    [
      'an unknown column',
      ['--label', 'kidn'],
      /plants\.csv: --label must be a column of the file, got "kidn"; /,
    ],
    ['an empty file name', [], /FILE|file/],
    ['a long delimiter', ['--delimiter', 'ab'], /--delimiter[\s\S]*one character/],
    [
      'a schema that is not there',
      ['--schema', 'absent.json'],
      /--schema absent\.json: there is no such file/,
    ],
  ])('refuses %s with exit code 2', async (name, args, message) => {
    const { code, stdout, stderr } = await rectify(
      'audit',
      name === 'an empty file name' ? '' : iris(),
      ...args,
    );
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says what is wrong in the file with exit code 1', async () => {
    const { code, stderr } = await rectify('audit', file('empty.csv', ''));
    expect(code).toBe(1);
    expect(stderr).toMatch(/empty\.csv: .*empty/);
  });
});

describe('rectify schema', () => {
  it('writes a schema that --schema takes, edited', async () => {
    const { code, stdout } = await rectify('schema', iris(), '--label', 'kind', '--missing', 'width=0.5');
    expect(code).toBe(0);
    const schema = JSON.parse(stdout);
    schema.columns[1].role = 'other';
    const path = file('plants.schema.json', JSON.stringify(schema));
    const audit = await rectify('audit', iris(), '--schema', path, '--json');
    expect(audit.code).toBe(0);
    expect(JSON.parse(audit.stdout).columns[1]).toMatchObject({ name: 'width', role: 'other' });
    const both = await rectify('audit', iris(), '--schema', path, '--label', 'kind');
    expect(both).toMatchObject({ code: 2, stdout: '' });
    expect(both.stderr).toMatch(/schema and label must not both be given/);
  });
});
