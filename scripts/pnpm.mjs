// Runs the pnpm that package.json pins, so that nobody must install pnpm first.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Runs a program in the project's root with our standard streams; the process ends with its exit code when it fails. */
export function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: new URL('..', import.meta.url),
    env: { ...process.env, ...env },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

export const pnpm = (...args) => run('npx', ['--yes', manifest.packageManager, ...args]);

/**
 * Installs what pnpm-lock.yaml pins; pnpm itself finds out in a moment when nothing has changed. Where node_modules comes from
 * another store, it is made anew without a question, which nobody could answer in a script.
 */
export const install = () =>
  pnpm(
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    '--reporter=append-only',
    '--config.confirm-modules-purge=false',
  );
