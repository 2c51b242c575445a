// Every package's `prepack`: builds it with all that it depends on, and refuses to pack what is not committed or not there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { entriesOf } from './entries.mjs';
import { readManifest, root } from './workspace.mjs';

const folder = relative(root, process.cwd());
const manifest = readManifest(folder);

function run(program, ...args) {
  const { status, stdout, error } = spawnSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    // Standard output belongs to whoever packs: npm and pnpm print the tarball's name there.
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) {
    console.error(stdout);
    throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  }
  return stdout;
}

// The tests pack a tree that is worked on; a release never does.
if (process.env.RECTIFY_PACK_DIRTY !== '1') {
  const dirty = run('git', 'status', '--porcelain');
  if (dirty)
    throw new Error(`the tree is dirty, so that nobody could tell what ${manifest.name} holds:\n${dirty}`);
}

run(
  process.execPath,
  join(root, 'node_modules/turbo/bin/turbo'),
  'run',
  'build',
  `--filter=${manifest.name}`,
);
const missing = entriesOf(manifest).filter((path) => !existsSync(join(root, folder, path)));
if (missing.length > 0)
  throw new Error(`${manifest.name} has no ${missing.join(', ')} after its build: nothing is packed`);
