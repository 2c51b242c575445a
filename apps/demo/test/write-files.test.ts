import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, writeFilesTogether } from '../src/report/write-files.js';
import { buildPrograms, run } from './_process.js';

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rectify-write-'));
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(root, 'report-'));
});

const old = { 'report.json': 'old', 'report.html': 'old' };
const fresh = { 'report.json': 'new', 'report.html': 'new' };
const held = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

describe('files that are written together', () => {
  it('are there whole, and nothing beside them', async () => {
    const deep = join(folder, 'a', 'b');
    expect(await writeFilesTogether(deep, fresh)).toEqual([
      join(deep, 'report.json'),
      join(deep, 'report.html'),
    ]);
    await writeFilesTogether(folder, fresh);
    rmSync(join(folder, 'a'), { recursive: true });
    expect(held()).toEqual(fresh);
  });

  it('never go through a link that stands at their name: what it leads to stays', async () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'mine');
    symlinkSync(victim, join(folder, 'report.json'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'report.html'));
    await writeFilesTogether(folder, fresh);
    expect(held()).toEqual({ ...fresh, victim: 'mine' });
    expect(lstatSync(join(folder, 'report.json')).isFile()).toBe(true);
  });

  // One operation after the other fails, with what a disk may answer, until a run comes through.
  for (const code of ['EIO', 'ENOSPC']) {
    for (const before of [old, {} as Record<string, string>]) {
      it(`are all as they were (${Object.keys(before).length} there) when any one operation fails with ${code}`, async () => {
        let failures = 0;
        for (let failing = 1; ; failing++) {
          for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
          for (const [name, text] of Object.entries(before)) writeFileSync(join(folder, name), text);
          const disk = failingAt(failing, code);
          const error = await writeFilesTogether(folder, fresh, disk).catch((e: NodeJS.ErrnoException) => e);
          if (!(error instanceof Error)) break;
          failures++;
          expect(error).toMatchObject({ code });
          expect(held()).toEqual(before);
        }
        expect(held()).toEqual(fresh);
        expect(failures).toBeGreaterThan(8);
      });
    }
  }

  it('clears what a killed writer left an hour ago, and nothing else', async () => {
    const left = join(folder, '.report.json.00000000-0000-4000-8000-000000000000.partial');
    const young = join(folder, '.report.json.00000000-0000-4000-8000-000000000001.partial');
    const foreign = join(folder, '.notes.partial');
    for (const path of [left, young, foreign]) writeFileSync(path, '');
    for (const path of [left, foreign]) utimesSync(path, 1, 1);
    mkdirSync(join(folder, '.report.lock'));
    utimesSync(join(folder, '.report.lock'), 1, 1);
    await writeFilesTogether(folder, fresh);
    expect([left, young, foreign].map((path) => existsSync(path))).toEqual([false, true, true]);
  });
});

describe('processes that write', { timeout: 120_000 }, () => {
  let programs: Awaited<ReturnType<typeof buildPrograms>>;
  beforeAll(async () => {
    programs = await buildPrograms({ writer: 'test/_write-report.ts' });
  }, 60_000);
  afterAll(() => programs.remove());

  const writer = (name: string) => run(process.execPath, [programs.path('writer'), folder, name]);

  it('leave one whole writing of each file when they are killed, a hundred times', async () => {
    // Each in a folder of its own: else the next writer waits until the lock of the killed one is stale.
    const turn = async (delay: number) => {
      const own = mkdtempSync(join(root, 'killed-'));
      const { child, ended } = run(process.execPath, [programs.path('writer'), own, `after ${delay} ms`]);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill('SIGKILL');
      await ended;
      for (const name of ['report.json', 'report.html']) {
        const lines = readFileSync(join(own, name), 'utf8').trimEnd().split('\n');
        expect(lines).toHaveLength(5000);
        expect(new Set(lines).size).toBe(1);
      }
    };
    for (let batch = 0; batch < 10; batch++)
      await Promise.all(Array.from({ length: 10 }, (_, i) => turn(10 * i + batch)));
  });

  it('take turns: two at once never leave a mixture', async () => {
    const both = [writer('a'), writer('b')];
    await Promise.all(both.map(({ child }) => new Promise((resolve) => child.stdout?.once('data', resolve))));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    // Ended between two writings by a lock of ours, which both wait for.
    const lock = join(folder, '.report.lock');
    for (;;) {
      try {
        mkdirSync(lock);
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    for (const { child } of both) child.kill('SIGKILL');
    await Promise.all(both.map(({ ended }) => ended));
    const [json, html] = ['report.json', 'report.html'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(json).toBe(html);
  });
});

/** A disk of which the n-th operation fails, those on the open files included. */
function failingAt(n: number, code: string): Disk {
  let count = 0;
  const fails = () => ++count === n;
  const error = () => Object.assign(new Error(code), { code });
  const guarded =
    <A extends unknown[], R>(operation: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (fails()) throw error();
      return operation(...args);
    };
  const open = async (...args: Parameters<typeof files.open>) => {
    const file = await files.open(...args);
    for (const name of ['writeFile', 'sync'] as const) {
      const own = file[name].bind(file) as () => Promise<void>;
      Object.assign(file, { [name]: guarded(own) });
    }
    return file;
  };
  return {
    mkdir: guarded(files.mkdir as Disk['mkdir'] & ((...args: never[]) => Promise<string>)) as Disk['mkdir'],
    open: guarded(open) as Disk['open'],
    link: guarded(files.link),
    rename: guarded(files.rename),
  };
}
