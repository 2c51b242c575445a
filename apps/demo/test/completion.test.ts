import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { rectify } from './_command.js';

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const script = async (shell: string) => (await rectify(['completion', shell])).stdout;

/** What a bash that has the script offers for the last word. */
async function offered(...words: string[]): Promise<string[]> {
  const asked = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rectify; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', `${await script('bash')}${asked}`, 'bash', 'rectify', ...words],
    {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe('completion', () => {
  it.skipIf(!has('bash'))('bash: commands, options of the command, values, and files', async () => {
    expect(await offered('compa')).toEqual(['compare']);
    expect(await offered('train', '--mod')).toEqual(['--model']);
    expect(await offered('--see')).toEqual(['--seeds', '--seed']);
    expect(await offered('compare', 'x.csv', '--split', 'r')).toEqual(['random']);
    expect(await offered('audit', 'completion.t')).toEqual(['completion.test.ts']);
  });

  it.each(['zsh', 'fish'])('%s: a script that the shell takes', async (shell) => {
    const text = await script(shell);
    expect(text).toContain('leave-one-group-out');
    expect(text).toContain('worker');
    if (!has(shell)) return; // the machine has none to ask
    const { status, stderr } = spawnSync(
      shell,
      ['-c', `${shell === 'zsh' ? 'setopt no_exec\n' : ''}${text}`],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('of another shell: which there are', async () => {
    const { code, stderr } = await rectify(['completion', 'tcsh']);
    expect(stderr).toMatch(/bash, zsh, fish/);
    expect(code).toBe(2);
  });
});

it('the help of the whole command lists what the default command takes, with examples', async () => {
  const { stdout } = await rectify(['--help']);
  for (const text of [
    '--arms <list>',
    '--queue <url>',
    '--label <column>',
    'rectify iris.csv --label species',
  ])
    expect(stdout).toContain(text);
  for (const name of ['compare', 'tutorial', 'audit', 'train', 'predict', 'plot', 'serve', 'worker', 'queue'])
    expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
});
