import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../src/command/run.js';

let folder: string;
let path: string;
/** 80,000 rows of five numbers and a class: some tenths of a second of reading, and of auditing. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-interrupt-'));
  path = join(folder, 'long.csv');
  const rows = Array.from({ length: 80_000 }, (_, i) => {
    const numbers = Array.from({ length: 5 }, (_, j) => (Math.sin(i * 7.7 + j * 3.1) * 100).toFixed(j));
    return `${numbers.join()},${i % 3 ? 'a' : 'b'}`;
  });
  writeFileSync(path, `v,w,x,y,z,kind\n${rows.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command, and stops it when it looks for the nth time whether it is to stop. */
async function stoppedAt(look: number, ...args: string[]) {
  const stop = new AbortController();
  let [stdout, stderr] = ['', ''];
  const kept = (keep: (text: string) => void) =>
    new Writable({
      write(chunk, _encoding, done) {
        keep(String(chunk));
        done();
      },
    });
  let looks = 0;
  stop.signal.throwIfAborted = () => {
    if (looks++ === look) stop.abort();
    AbortSignal.prototype.throwIfAborted.call(stop.signal);
  };
  const code = await runCommand(args, {
    stdout: kept((text) => {
      stdout += text;
    }),
    stderr: kept((text) => {
      stderr += text;
    }),
    signal: stop.signal,
  });
  return { code, stdout, stderr, looks };
}

describe('Ctrl-C is heard in every stage', () => {
  it.each([
    ['audit', []],
    ['audit', ['--json']],
    ['schema', []],
  ])('rectify %s %s', { timeout: 60_000 }, async (name, more) => {
    const args = [name, path, '--label', 'kind', ...more];
    const whole = await stoppedAt(Infinity, ...args);
    expect(whole.code).toBe(0);
    // 4 MB in pieces of 64 KB, read once or more; the steps of the audit come to that.
    expect(whole.looks).toBeGreaterThan(50);
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const look = Math.floor(share * (whole.looks - 1));
      // It does not look again, prints no result, and says no more than how the file is read.
      expect(await stoppedAt(look, ...args)).toMatchObject({ code: 130, looks: look + 1, stdout: '' });
    }
  });

  it('rectify compare, while it reads, sums up and audits', { timeout: 60_000 }, async () => {
    const report = join(folder, 'report');
    for (const look of [0, 40, 90, 150]) {
      const args = ['compare', path, '--label', 'kind', '--report', report];
      const { code, looks, stderr } = await stoppedAt(look, ...args);
      expect({ code, looks }).toEqual({ code: 130, looks: look + 1 });
      expect(stderr).not.toMatch(/Error|at .*\.ts:/);
      expect(existsSync(report)).toBe(false);
    }
  });
});
