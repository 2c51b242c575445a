// Where the programs of other runtimes are: those that `npm test` has fetched (scripts/tools.mjs), or that are on PATH.
import { onPath } from '../../../scripts/programs.mjs';
import { fetchedTools, programOfScope } from '../../../scripts/tools.mjs';

const modules = fetchedTools('runtimes');
if (!modules && process.env.CI === 'true')
  throw new Error('CI=true, but Deno and Bun were not fetched: node scripts/tools.mjs runtimes');

const programOf = (name: string, scope: string, path: string): string | undefined =>
  (modules && programOfScope(modules, scope, path)) ?? onPath([name]);

/** Each with the arguments that come before a script; without a program where none is here. */
export const runtimes: readonly { name: string; program: string | undefined; args: readonly string[] }[] = [
  { name: 'node', program: process.execPath, args: [] },
  {
    name: 'deno',
    program: programOf('deno', '@deno', 'deno'),
    args: ['run', '--quiet', '--no-prompt', '--allow-read'],
  },
  { name: 'bun', program: programOf('bun', '@oven', 'bin/bun'), args: [] },
];

const absent = runtimes.filter(({ program }) => !program).map(({ name }) => name);
if (absent.length > 0)
  process.stderr.write(
    `No ${absent.join(' and no ')} here: their tests are SKIPPED. node scripts/tools.mjs runtimes fetches them.\n`,
  );
