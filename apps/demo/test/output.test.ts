import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Output, OutputError } from '../src/command/output.js';
import { buildPrograms, run } from './_process.js';

const failing = (code: string, after = 0) => {
  let writes = 0;
  return new Writable({
    write(_chunk, _encoding, done) {
      done(++writes > after ? Object.assign(new Error(`write ${code}`), { code }) : null);
    },
  });
};

describe('a standard stream', () => {
  it('whose reader has gone away takes no more, and that is no error', async () => {
    const output = new Output(failing('EPIPE', 1), 'standard output');
    for (const line of ['first', 'second', 'third']) {
      output.write(line);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await output.flushed();
  });

  it.each([
    ['ENOSPC', 'standard output could not be written: no space is left on the device'],
    ['EIO', 'standard output could not be written: the device reports an input/output error'],
    ['EXYZ', 'standard output could not be written: write EXYZ'],
  ])('on a disk that answers %s says so at the end', async (code, message) => {
    const output = new Output(failing(code), 'standard output');
    output.write('text');
    const error = await output.flushed().catch((e) => e);
    expect(error).toBeInstanceOf(OutputError);
    expect(error.message).toBe(message);
  });
});

describe.skipIf(process.platform === 'win32')('the command as a process', { timeout: 120_000 }, () => {
  let programs: Awaited<ReturnType<typeof buildPrograms>>;
  let folder: string;
  beforeAll(async () => {
    programs = await buildPrograms({ rectify: 'test/_cli.ts' });
    folder = mkdtempSync(join(tmpdir(), 'rectify-output-'));
  }, 60_000);
  afterAll(() => {
    programs.remove();
    rmSync(folder, { recursive: true });
  });

  const rectify = (...args: string[]) => [programs.path('rectify'), ...args];
  const shell = (command: string, ...args: string[]) =>
    run('bash', ['-c', `set -o pipefail; ${command}`, 'bash', process.execPath, ...rectify(...args)]).ended;

  it('survives a reader that goes away', async () => {
    expect(await shell('"$@" | head -c 1 > /dev/null', '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'says in one line that its output did not fit, with exit code 3',
    async () => {
      expect(await shell('"$@" > /dev/full', '--help')).toMatchObject({
        code: 3,
        stderr: 'standard output could not be written: no space is left on the device\n',
      });
      expect(await shell('"$@" 2> /dev/full', '--nonsense')).toMatchObject({ code: 2, stdout: '' });
    },
  );

  it('runs with its streams closed', async () => {
    expect(await shell('"$@" >&- 2>&- <&-', '--version')).toMatchObject({ code: 0 });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends cleanly on %s, with exit code %i and no report', async (signal, code) => {
    const report = join(folder, signal);
    const { child, ended } = run(process.execPath, rectify('--report', report));
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill(signal);
    const end = await ended;
    expect(end).toMatchObject({ code, signal: null });
    expect(end.stderr).toMatch(/Cancelled; no report was written\.\n$/);
    expect(existsSync(report)).toBe(false);
  });

  it('writes the whole report although nobody reads what it prints', { timeout: 600_000 }, async () => {
    const report = join(folder, 'unread');
    const end = await shell(
      '"$@" | head -n 1',
      '--seeds',
      '2',
      '--arms',
      'relu,tanh',
      '--epochs',
      '2',
      '--report',
      report,
    );
    expect(end.code).toBe(0);
    expect(end.stdout.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(report).sort()).toContain('report.html');
  });
});
