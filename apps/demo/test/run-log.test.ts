import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkResult } from '@rectify/experiment';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputError } from '../src/command/output.js';
import { RunLog, type RunsHeader, unfinishedRuns } from '../src/runs/run-log.js';

const root = mkdtempSync(join(tmpdir(), 'rectify-runs-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'report-'));
});

const header: RunsHeader = { format: 'rectify-runs/1', engine: 'e', table: 't', configuration: 'c' };
const chunk = (key: string): ChunkResult => ({ key, records: [], seconds: 1 });
const own = { ...files };
afterEach(() => {
  Object.assign(files, own);
  syncBuiltinESMExports();
});

/** Makes the n-th operation on the disk fail, those on open files included; gives how many there were. */
function failAt(n: number): () => number {
  let count = 0;
  const guarded =
    (operation: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]) => {
      if (++count === n)
        throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'write', errno: -5 });
      return operation(...args);
    };
  const guard = <T extends object>(holder: T, ...names: (keyof T)[]) => {
    for (const name of names)
      Object.assign(holder, { [name]: guarded((holder[name] as () => Promise<void>).bind(holder)) });
  };
  guard(files, 'mkdir', 'readFile', 'rm', 'open');
  const { open } = files;
  files.open = async (...args) => {
    const file = await open(...args);
    guard(file, 'appendFile', 'datasync', 'truncate');
    return file;
  };
  syncBuiltinESMExports();
  return () => count;
}

describe('a log of runs', () => {
  it.each([
    ['new', () => {}],
    [
      'that is gone on from',
      () => {
        const lines = [header, chunk('before')].map((line) => JSON.stringify(line)).join('\n');
        writeFileSync(join(folder, unfinishedRuns), `${lines}\n{"key":"cut`);
      },
    ],
  ])(
    '%s: whichever operation fails, it is one line, and no chunk that was taken is lost',
    async (_, begin) => {
      let failures = 0;
      for (let n = 1; ; n++) {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        begin();
        const resume = existsSync(join(folder, unfinishedRuns));
        const taken = resume ? ['before'] : [];
        const count = failAt(n);
        let error: unknown;
        try {
          const { log } = await RunLog.open(folder, header, { resume });
          try {
            for (const key of ['a', 'b']) {
              await log.append(chunk(key));
              taken.push(key);
            }
          } finally {
            await log.close();
          }
        } catch (caught) {
          error = caught;
        }
        Object.assign(files, own);
        syncBuiltinESMExports();
        if (count() < n) break;
        failures++;
        expect(error).toBeInstanceOf(OutputError);
        expect((error as Error).message).toMatch(/: the device reports an input\/output error$/);
        const left = existsSync(join(folder, unfinishedRuns));
        const { log, done } = await RunLog.open(folder, header, { resume: left });
        expect(done.map(({ key }) => key)).toEqual(expect.arrayContaining(taken));
        await log.close();
      }
      expect(failures).toBeGreaterThan(6);
    },
  );

  it('of a writer that was killed before its first line was whole is begun anew', async () => {
    for (const text of ['', '{"format":"rect']) {
      writeFileSync(join(folder, unfinishedRuns), text);
      const { log, done } = await RunLog.open(folder, header, { resume: false });
      expect(done).toEqual([]);
      await log.append(chunk('a'));
      await log.remove();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('never goes through a link: what it leads to stays', async () => {
    const victim = join(root, 'victim');
    const text = `${JSON.stringify(header)}\n`;
    for (const content of [text, 'mine']) {
      writeFileSync(victim, content);
      rmSync(join(folder, unfinishedRuns), { force: true });
      symlinkSync(victim, join(folder, unfinishedRuns));
      await expect(RunLog.open(folder, header, { resume: true })).rejects.toThrow(
        /a link of that name|not that of a file of runs|no JSON|there are no runs/,
      );
      expect(readFileSync(victim, 'utf8')).toBe(content);
    }
  });
});
