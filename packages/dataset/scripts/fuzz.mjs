// node scripts/fuzz.mjs [files] [first seed]: the fuzz test on as many mutated files as you like; same seed, same files.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [files = '100000', seed = '1'] = process.argv.slice(2);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const env = { ...process.env, RECTIFY_FUZZ_FILES: files, RECTIFY_FUZZ_SEED: seed };
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'dataset', 'fuzz'], {
  cwd: root,
  env,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
