import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const home = fileURLToPath(new URL('../..', import.meta.url));
const packages = fileURLToPath(new URL('../../../../packages', import.meta.url));
const sources = [join(home, 'src'), ...readdirSync(packages).map((name) => join(packages, name, 'src'))];

/** The app as it is published, built once for all test files: again only where a source has changed. */
export async function builtApp(): Promise<string> {
  const all = join(home, '.programs');
  const folder = join(all, `web-${stamp()}`);
  const lock = `${folder}.lock`;
  mkdirSync(all, { recursive: true });
  for (;;) {
    if (existsSync(folder)) return folder;
    try {
      mkdirSync(lock);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  // Vitest says that this is a test: the page is built as it is published.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    const outDir = `${folder}.new`;
    await build({
      configFile: join(home, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true, reportCompressedSize: false },
    });
    for (const old of readdirSync(all))
      if (/^web-[0-9a-f]+$/.test(old)) rmSync(join(all, old), { recursive: true, force: true });
    renameSync(outDir, folder);
    return folder;
  } finally {
    process.env.NODE_ENV = NODE_ENV;
    rmdirSync(lock);
  }
}

/** Changes with any source file. */
function stamp(): string {
  const hash = createHash('sha256');
  for (const folder of sources.filter((one) => existsSync(one)))
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      const { mtimeMs, size } = statSync(join(folder, file));
      hash.update(`${file} ${mtimeMs} ${size}\n`);
    }
  hash.update(String(statSync(join(home, 'vite.config.ts')).mtimeMs));
  return hash.digest('hex').slice(0, 16);
}
