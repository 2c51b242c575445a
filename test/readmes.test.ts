// Each TypeScript block of every page is a program of its own, as a reader pastes it: type-checked with strict, and run by Node in a
// process that imports nothing but what the block does, on the packages as they are published.
//
// A line `expression; // value` must give that value, written as an expression; `expression; // → text` must print that text. Words
// after `//` say something to the reader alone.
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPackages } from '../scripts/packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** All pages that a reader of the repository or of a package meets. */
const pages = ['.', 'docs', ...['packages', 'apps', 'examples'].flatMap(roomsOf)].flatMap((folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(folder, name))
    : [],
);

function roomsOf(parent: string): string[] {
  return readdirSync(join(root, parent)).flatMap((name) => [join(parent, name), join(parent, name, 'docs')]);
}

const textOf = (page: string) => readFileSync(join(root, page), 'utf8');

const blocks = pages.flatMap((page) =>
  [...textOf(page).matchAll(/```ts\n(.*?)```/gs)].map((match, i) => ({
    title: `${page}, ${i + 1}`,
    file: `${page.replaceAll(/\W+/g, '-')}-${i}`,
    text: match[1] as string,
  })),
);

/** What stands after `//` and is a value, not words to the reader. */
const VALUE = /^([[({'"`\d-]|(true|false|null|undefined|NaN)\b|\w+Array\.of\()/;

/** The program of a block: behind it, what its lines gave and what they say. */
function checked(text: string): string {
  const lines = text.split('\n').map((line) => {
    const [, expression, said] = /^(?!const |let |import |[}\])])(.+); +\/\/ (.+)$/.exec(line) ?? [];
    if (!expression || !said) return line;
    const value = /^console\.log\((.*)\)$/.exec(expression)?.[1] ?? expression;
    if (said.startsWith('→ ')) return `__seen.push([__text(${value}), ${JSON.stringify(said.slice(2))}]);`;
    return VALUE.test(said) ? `__seen.push([${value}, ${said}]);` : line;
  });
  return `const __seen = [];
const __text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
${lines.join('\n')}
const { inspect: __inspect } = await import('node:util');
process.stdout.write('\\n' + JSON.stringify(__seen.map((pair) => pair.map((value) => __inspect(value, { depth: 9 })))));
`;
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-readmes-'));
  await installPackages(folder);
  mkdirSync(join(folder, 'strict'));
  for (const { file, text } of blocks) {
    writeFileSync(join(folder, 'strict', `${file}.ts`), text);
    const { code } = transformSync(checked(text), {
      loader: 'ts',
      target: 'es2022',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    writeFileSync(join(folder, `${file}.mjs`), code);
  }
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: ['node'],
    skipLibCheck: true,
    jsx: 'react-jsx',
    jsxImportSource: 'preact',
    customConditions: ['@rectify/source'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['strict'] }));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = promisify(execFile);

describe('the examples of all pages', () => {
  it('are strict TypeScript', async () => {
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error) => error);
    expect(stdout).toBe('');
  }, 180_000);

  it.each(blocks.map(({ title, file }) => [title, file] as const))(
    '%s',
    async (_, file) => {
      const { stdout } = await run(process.execPath, [join(folder, `${file}.mjs`)], { cwd: folder });
      const seen: [string, string][] = JSON.parse(stdout.trim().split('\n').at(-1) as string);
      expect(seen.map(([actual]) => actual)).toEqual(seen.map(([, said]) => said));
    },
    120_000,
  );

  it('are in every package that one can install', () => {
    for (const page of ['core', 'dataset', 'experiment', 'replicas', 'tfjs-layer'].map(
      (name) => `packages/${name}/README.md`,
    ))
      expect(blocks.filter(({ title }) => title.startsWith(page)).length, page).toBeGreaterThan(1);
  });
});

describe('every page', () => {
  it.each(pages)('%s has no cell of a table over 120 characters', (page) => {
    const cells = textOf(page)
      .replaceAll(/```.*?```/gs, '')
      .split('\n')
      .filter((line) => line.trimStart().startsWith('|'))
      .flatMap((line) => line.split(/(?<!\\)\||<br>/).map((cell) => cell.trim()))
      .filter((cell) => !/^:?-+:?$/.test(cell));
    expect(cells.filter((cell) => cell.length > 120)).toEqual([]);
  });
});
