import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolders } from '../src/runs/make-folders.js';

const root = mkdtempSync(join(tmpdir(), 'rectify-folders-'));
afterAll(() => rmSync(root, { recursive: true }));

it('makes a folder and those above it, and gives the first that was made', async () => {
  const deep = join(root, 'a', 'b', 'c');
  expect(await makeFolders(deep)).toBe(join(root, 'a'));
  expect(existsSync(deep)).toBe(true);
  expect(await makeFolders(deep)).toBeUndefined();
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolders(join(root, 'file'))).rejects.toThrow('EEXIST');
});

// Node's own recursive mkdir never ends there.
it.skipIf(!existsSync('/proc/self'))('ends where the system lets nobody make a folder', async () => {
  await expect(makeFolders('/proc/rectify/report')).rejects.toThrow('ENOENT');
});
