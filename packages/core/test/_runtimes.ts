// Where the programs of other runtimes are: the packages `deno` and `bun` depend on one with the program for this machine.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Undefined where the runtime has no program for this machine. */
function programOf(name: string, scope: string, path: string): string | undefined {
  const beside = join(dirname(realpathSync(require.resolve(`${name}/package.json`))), '..', scope);
  if (!existsSync(beside)) return undefined;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return readdirSync(beside)
    .map((folder) => join(beside, folder, path + suffix))
    .find((program) => existsSync(program));
}

/** Each with the arguments that come before a script. */
export const runtimes: readonly { name: string; program: string | undefined; args: readonly string[] }[] = [
  { name: 'node', program: process.execPath, args: [] },
  {
    name: 'deno',
    program: programOf('deno', '@deno', 'deno'),
    args: ['run', '--quiet', '--no-prompt', '--allow-read'],
  },
  { name: 'bun', program: programOf('bun', '@oven', 'bin/bun'), args: [] },
];
