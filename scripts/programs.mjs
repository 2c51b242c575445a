// Programs of the system's that tests need: where they are, and how they get there.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether there is a program at the path. */
export const runnable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of the first of these programs that is on PATH, else undefined. */
export const onPath = (names, env = process.env) => {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable);
};

/** Installs a package of Debian's where that is possible (root and apt-get); says so, and says if it failed. */
export function installOfDebian(name) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`No ${name} found: installing the one of Debian (apt-get install ${name}).`);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', name]]) {
    const { status } = spawnSync('apt-get', ['--quiet', '--quiet', ...args], {
      // In run level 1 Debian starts no service that it installs.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) {
      console.log(`apt-get ${args[0]} failed with exit code ${status}.`);
      return;
    }
  }
}
