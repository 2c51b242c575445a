// Writes a generated source file, unless the file there is of the same inputs. It is plain JavaScript, so that Node 20 runs it at
// install without a tool.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const versionOf = (name) =>
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`${name}/package.json`), 'utf8')).version;

/** What makes the output beside the files that the entry imports. */
const usualTools = () => [`binaryen@${versionOf('binaryen')}`];

const MARK = /^\/\/ Inputs ([0-9a-f]{64}): (.*)\n/;

/** The hash of the tools and of the named files, or undefined where one of them is gone. */
function hashOf(files, folder, tools) {
  const hash = createHash('sha256').update(JSON.stringify(tools));
  try {
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(resolve(folder, file)));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/** The files that a generated text says it was made of, and their hash. */
function inputsOf(target) {
  try {
    const [, hash, files] = readFileSync(target, 'utf8').match(MARK) ?? [];
    return hash && { hash, files: files.split(' ') };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Runs the TypeScript module `entry`, whose `generated()` returns text, and writes that to `target`. The first line of the target names
 * every file that was imported and a hash of them and of the tools: while it holds, nothing is run. A file that joins them can do so
 * only by a change of one that is there. Returns whether it wrote.
 *
 * @param {{ entry: string, target: string, tools?: readonly string[] }} paths
 * @returns {Promise<boolean>}
 */
export async function generate({ entry, target, tools = usualTools() }) {
  const folder = dirname(target);
  const known = inputsOf(target);
  if (known && known.hash === hashOf(known.files, folder, tools)) return false;

  const { runnerImport } = await import('vite'); // only now, since it takes a while to load
  const { module, dependencies } = await runnerImport(entry);
  const files = [entry, ...dependencies, fileURLToPath(import.meta.url)]
    .map((file) => relative(folder, file).split(sep).join('/'))
    .sort();
  const mark = `// Inputs ${hashOf(files, folder, tools)}: ${files.join(' ')}\n`;
  // Renamed into place: who reads it meanwhile finds the old file or the new one, whole.
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, mark + module.generated());
  renameSync(temporary, target);
  return true;
}
