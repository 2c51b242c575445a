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
import files from 'node:fs/promises';
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
const contents = (names: string[]) =>
  Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const held = () => contents(readdirSync(folder));

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

  // One operation after the other fails, with what a disk may answer, until none is left to fail.
  const cases = ['EIO', 'ENOSPC'].flatMap((code) => [old, {}].map((before) => ({ code, before })));
  const begin = (before: Record<string, string>) => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    const leftover = '.report.json.00000000-0000-4000-8000-000000000000.partial';
    for (const [name, text] of Object.entries({ ...before, [leftover]: '' }))
      writeFileSync(join(folder, name), text);
    utimesSync(join(folder, leftover), 1, 1);
  };
  const shown = () => contents(readdirSync(folder).filter((name) => !name.startsWith('.')));

  it.each(cases)('are all old, with an error, or all new when any one operation fails: %j', async (one) => {
    let failures = 0;
    for (let n = 1; ; n++) {
      begin(one.before);
      const disk = failingDisk((count) => count === n, one.code);
      const error = await writeFilesTogether(folder, fresh, disk).catch((e: NodeJS.ErrnoException) => e);
      if (error instanceof Error) {
        failures++;
        expect(error).toMatchObject({ code: one.code });
      }
      expect(shown()).toEqual(error instanceof Error ? one.before : fresh);
      if (disk.count() < n) break;
    }
    expect(failures).toBeGreaterThan(15);
    expect(held()).toEqual(fresh);
  });

  it.each(cases)(
    'are each whole, and the last new only with all, where a disk goes for good: %j',
    async (one) => {
      for (let n = 1; ; n++) {
        begin(one.before);
        const disk = failingDisk((count) => count >= n, one.code);
        const error = await writeFilesTogether(folder, fresh, disk).catch((e: NodeJS.ErrnoException) => e);
        const { 'report.json': json, 'report.html': html } = shown();
        for (const text of [json, html]) expect(['old', 'new', undefined]).toContain(text);
        // The page names its data by their hash: beside an old page, new data are seen to be others.
        if (html === 'new') expect(json).toBe('new');
        if (!(error instanceof Error)) expect([json, html]).toEqual(['new', 'new']);
        if (disk.count() < n) break;
      }
    },
  );

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

/** A disk that fails at the operations, counted from 1, that `fails` tells, those on open files included. */
function failingDisk(fails: (count: number) => boolean, code: string): Disk & { count(): number } {
  let count = 0;
  const guarded = <F extends (...args: never[]) => Promise<unknown>>(operation: F): F =>
    (async (...args: Parameters<F>) => {
      if (fails(++count)) throw Object.assign(new Error(code), { code });
      return operation(...args);
    }) as unknown as F;
  const open = async (...args: Parameters<typeof files.open>) => {
    const file = await files.open(...args);
    // What cannot be closed is closed all the same: the system frees it.
    const close = file.close.bind(file);
    const closing = guarded(async () => {});
    Object.assign(file, {
      writeFile: guarded(file.writeFile.bind(file)),
      sync: guarded(file.sync.bind(file)),
      close: () => closing().finally(close),
    });
    return file;
  };
  const names = ['copyFile', 'link', 'lstat', 'mkdir', 'readdir', 'rename', 'rm', 'rmdir', 'stat'] as const;
  const operations = names.map((name) => [name, guarded(files[name] as never)]);
  return { ...(Object.fromEntries(operations) as Disk), open: guarded(open), count: () => count };
}
