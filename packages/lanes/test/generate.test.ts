// What is generated is made again when anything that it is made of changes, and only then.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generate } from '../generate.mjs';

let folder: string;
const path = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(path(name), text);
const text = (): string => readFileSync(path('out/made.ts'), 'utf8').replace(/^.*\n/, '');
const made = (tools: readonly string[] = ['tool@1']): Promise<boolean> =>
  generate({ entry: path('entry.ts'), target: path('out/made.ts'), tools });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-generate-'));
  mkdirSync(path('out'));
  write('entry.ts', "import { a } from './a.js';\nexport const generated = (): string => 'made of ' + a;\n");
  write('a.ts', "import { deep } from './deep.js';\nexport const a: string = 'a and ' + deep;\n");
  write('deep.ts', 'export const deep = 1;\n');
  expect(await made()).toBe(true);
  expect(text()).toBe('made of a and 1');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('not while all is as it was', async () => {
  expect(await made()).toBe(false);
});

it('after a change in what is imported by an import', async () => {
  write('deep.ts', 'export const deep = 2;\n');
  expect(await made()).toBe(true);
  expect(text()).toBe('made of a and 2');
  expect(await made()).toBe(false);
});

it('after a change in the entry', async () => {
  write('entry.ts', "export const generated = (): string => 'alone';\n");
  expect(await made()).toBe(true);
  expect(text()).toBe('alone');
  write('a.ts', 'no longer looked at');
  expect(await made()).toBe(false);
});

it('after a change in a file that joined later', async () => {
  write('more.ts', 'export const more = 1;\n');
  write('deep.ts', "export { more as deep } from './more.js';\n");
  expect(await made()).toBe(true);
  write('more.ts', 'export const more = 3;\n');
  expect(await made()).toBe(true);
  expect(text()).toBe('made of a and 3');
});

it('with another version of a tool', async () => {
  expect(await made(['tool@2'])).toBe(true);
  expect(await made(['tool@2'])).toBe(false);
});

it('when the file is gone, or is another', async () => {
  unlinkSync(path('out/made.ts'));
  expect(await made()).toBe(true);
  write('out/made.ts', 'something else');
  expect(await made()).toBe(true);
});

it('says so when an import is gone, and leaves what was there', async () => {
  unlinkSync(path('deep.ts'));
  await expect(made()).rejects.toThrow('deep.js');
  expect(text()).toBe('made of a and 1');
});
