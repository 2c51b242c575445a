// Every command that a page or a workflow names is there: `npm run X`, and `pnpm X` with or without a filter.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { output } from '../scripts/output.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = output('git', ['ls-files', '--cached', '--others', '--exclude-standard']).split('\n');
const pages = files.filter(
  (path) =>
    /\.(?:md|ya?ml)$|^\.ci\/run$/.test(path) &&
    !/^pnpm-|CHANGELOG\.md$/.test(path) &&
    existsSync(join(root, path)),
);

const scriptsIn = (folder: string): string[] =>
  Object.keys(JSON.parse(read(join(folder, 'package.json'))).scripts ?? {});
const manifests = files.filter((path) => /(?:^|\/)package\.json$/.test(path));
const byName = new Map(
  manifests.map((path) => [JSON.parse(read(path)).name, path.replace(/\/?package\.json$/, '')]),
);

/** What pnpm and npm themselves can do, of what the pages name; and the programs that the root's installation has. */
const own = new Set(['install', 'test', 'start', 'publish', 'deprecate', 'login', 'pack', 'view', 'add']);
const programs = new Set(['changeset', 'vitest', 'biome']);
const named =
  /(?:\bnpm(?: --silent)?(?= (?:run|test|start)\b)|\bpnpm(?:@[\d.]+)?)(?: --silent)?(?: --filter (?<filter>@?[\w/-]+))?(?: run)? (?<script>[a-z][\w:-]*)/g;

/** A page's commands that are none, given the folder in which a reader of it would type them. */
function unknown(path: string, text: string): string[] {
  const folder = /^(?:packages|apps)\/[^/]+/.exec(path)?.[0] ?? '.';
  return [...text.matchAll(named)].flatMap(({ 0: whole, groups }) => {
    const { filter, script = '' } = groups ?? {};
    if (filter) {
      const home = byName.get(filter);
      return home !== undefined && scriptsIn(home).includes(script) ? [] : [whole];
    }
    const known =
      own.has(script) ||
      programs.has(script) ||
      [folder, '.'].some((home) => scriptsIn(home).includes(script));
    return known ? [] : [whole];
  });
}

it.each(pages)('%s names commands that there are', (path) => {
  // In running text `pnpm` is followed by any word; a command stands in code.
  const code = /\.md$/.test(path)
    ? [...read(path).matchAll(/```.*?```|`[^`\n]+`|^ {4}.+$/gms)].map(([text]) => text).join('\n')
    : read(path);
  expect(unknown(path, code)).toEqual([]);
});

it('a command that is not there is found', () => {
  expect(unknown('README.md', 'npm run check:nothing')).toEqual(['npm run check:nothing']);
  expect(unknown('README.md', 'npx pnpm@10.34.8 --filter @rectify/core absent')).toHaveLength(1);
  expect(unknown('packages/core/README.md', 'pnpm bench')).toEqual([]);
  expect(unknown('packages/dataset/README.md', 'pnpm bench:replicated')).toHaveLength(1);
});

it('every script file that a page or a manifest names is there', () => {
  for (const path of pages.filter((path) => path.endsWith('.md')))
    for (const [, file] of read(path).matchAll(/\bnode ((?:[\w.-]+\/)+[\w.-]+\.m?js)\b/g)) {
      const folder = /^(?:packages|apps)\/[^/]+/.exec(path)?.[0] ?? '.';
      const built = file?.includes('node_modules') || file?.includes('dist/');
      const there = [folder, '.', path.replace(/\/[^/]+$/, ''), 'packages/tfjs-layer', 'packages/core'].some(
        (home) => existsSync(join(root, home, file as string)),
      );
      expect(built || there, `${path}: ${file}`).toBe(true);
    }
});

it('every link of llms.txt leads to a file', () => {
  for (const [, path] of read('llms.txt').matchAll(/\]\(([^)]+)\)/g))
    expect(existsSync(join(root, path as string)), path).toBe(true);
});
