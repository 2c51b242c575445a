// Each TypeScript block of the README and of docs/ is a program of its own, as a user pastes it: type-checked with strict, and run in a
// process of its own that imports nothing but what the block does. A line `expression; // value` must give that value.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));
const programs = join(folder, '.programs');
const pages = ['README.md', ...readdirSync(join(folder, 'docs')).map((name) => `docs/${name}`)];
const blocks = pages.flatMap((page) =>
  [...readFileSync(join(folder, page), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map((match, i) => ({
    name: `${page.replace(/\W+/g, '-')}-${i}`,
    text: match[1],
  })),
);

/** What runs a block: the values of its lines and what they should be are printed as JSON. */
const checked = (text: string) =>
  `const values: [unknown, unknown][] = [];\n${text.replace(
    /^(?!const |let )(.+); +\/\/ ([^a-z].*)$/gm,
    (_, value, expected) => `values.push([${value}, ${expected}]);`,
  )}\nprocess.stdout.write('\\n' + JSON.stringify(values));\n`;

const run = promisify(execFile);
beforeAll(() => {
  rmSync(programs, { recursive: true, force: true });
  for (const kind of ['strict', 'run']) mkdirSync(join(programs, kind), { recursive: true });
  for (const { name, text } of blocks) {
    writeFileSync(join(programs, 'strict', `${name}.ts`), text);
    writeFileSync(join(programs, 'run', `${name}.ts`), checked(text));
  }
  writeFileSync(
    join(programs, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2023', 'dom'],
        types: [],
        skipLibCheck: true,
        customConditions: ['@rectify/source'],
      },
      include: ['strict'],
    }),
  );
});
afterAll(() => rmSync(programs, { recursive: true, force: true }));

it('the examples are strict TypeScript', async () => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', programs]).catch((error) => error);
  expect(stdout).toBe('');
}, 120_000);

it.each(blocks.map(({ name }) => name))(
  'the example %s runs as it stands',
  async (name) => {
    const args = [join(folder, 'scripts/run-example.mjs'), join(programs, 'run', `${name}.ts`)];
    const { stdout } = await run(process.execPath, args, { cwd: folder });
    const values: [unknown, unknown][] = JSON.parse(stdout.trim().split('\n').at(-1) as string);
    expect(values.length).toBeGreaterThan(0);
    for (const [actual, expected] of values) expect(actual).toEqual(expected);
  },
  120_000,
);
