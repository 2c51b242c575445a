import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import * as disk from 'node:fs/promises';
import { join } from 'node:path';

/** The file operations that are used here: a test makes each of them fail. */
export type Disk = Pick<
  typeof disk,
  'copyFile' | 'link' | 'lstat' | 'mkdir' | 'open' | 'readdir' | 'rename' | 'rm' | 'rmdir' | 'stat'
>;

/** A partial file that is older than this was left by a writer that was killed. */
const leftoverAge = 3_600_000;
/** A lock is held for two renames; one that is older than this was left by a writer that was killed. */
const staleLock = 5_000;

interface Part {
  readonly path: string;
  readonly partial: string;
  readonly previous: string;
  readonly text: string | Uint8Array;
}

/**
 * Writes files of one folder together: all of them are new afterwards, or, after an error, all as they were.
 *
 * Each is written in full, and on the disk, under a name that nobody else can know, and is never opened through a link. Then, in the
 * order given, they take their names; an error there gives those names back what they held. Writers of one folder take turns at it.
 * A process that is killed between two of these renames leaves files of two writings: the last file should therefore name the others
 * by their hash.
 *
 * @throws the system's error, as a rejection
 */
export async function writeFilesTogether(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  on: Disk = disk,
): Promise<string[]> {
  await on.mkdir(folder, { recursive: true });
  await removeLeftovers(folder, on);
  const mark = randomUUID();
  const parts = Object.entries(files).map(([name, text]) => ({
    text,
    path: join(folder, name),
    partial: join(folder, `.${name}.${mark}.partial`),
    previous: join(folder, `.${name}.${mark}.previous`),
  }));
  try {
    for (const { partial, text } of parts) await writeNew(partial, text, on);
    await inTurn(folder, on, () => takeNames(folder, parts, on));
  } finally {
    // What stays, since the disk has failed, is cleared by a later writing.
    for (const { partial, previous } of parts)
      for (const path of [partial, previous]) await on.rm(path, { force: true }).catch(() => {});
  }
  return parts.map(({ path }) => path);
}

async function writeNew(path: string, text: string | Uint8Array, on: Disk): Promise<void> {
  const file = await on.open(path, 'wx'); // exclusive: never a file or link that is there
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takeNames(folder: string, parts: readonly Part[], on: Disk): Promise<void> {
  const done: { part: Part; wasThere: boolean }[] = [];
  try {
    for (const part of parts) {
      const wasThere = await keepPrevious(part, on);
      await on.rename(part.partial, part.path);
      done.push({ part, wasThere });
    }
    await syncFolder(folder, on);
  } catch (error) {
    for (const { part, wasThere } of done.reverse()) {
      if (wasThere) await on.rename(part.previous, part.path);
      else await on.rm(part.path, { force: true });
    }
    throw error;
  }
}

/** Gives the file that bears the name a second one; false where there is none. */
async function keepPrevious({ path, previous }: Part, on: Disk): Promise<boolean> {
  try {
    await on.link(path, previous);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    // Some file systems have no second names, and a folder or a foreign file may not get one.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK' && code !== 'EOPNOTSUPP') throw error;
    if ((await on.lstat(path)).isDirectory()) throw error;
    await on.copyFile(path, previous, constants.COPYFILE_EXCL);
    return true;
  }
}

/** Runs `work` while no other writer of this folder does; a lock that a killed writer left is taken over. */
async function inTurn(folder: string, on: Disk, work: () => Promise<void>): Promise<void> {
  const lock = join(folder, '.report.lock');
  for (;;) {
    try {
      await on.mkdir(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age = await on.stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > staleLock) await on.rmdir(lock).catch(() => {});
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  try {
    await work();
  } finally {
    await on.rmdir(lock).catch(() => {}); // taken over as stale, or left to be
  }
}

async function removeLeftovers(folder: string, on: Disk): Promise<void> {
  for (const name of await on.readdir(folder)) {
    if (!/^\.[\w.-]+\.[\da-f-]{36}\.(partial|previous)$/.test(name)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await on.lstat(path).catch(goneAlready);
    if (Date.now() - mtimeMs > leftoverAge) await on.rm(path, { force: true });
  }
}

/** Another writer may have cleared the same file. */
function goneAlready(error: NodeJS.ErrnoException): { mtimeMs: number } {
  if (error.code === 'ENOENT') return { mtimeMs: Date.now() };
  throw error;
}

/** So that the names last too; Windows, where a folder cannot be opened, sees to it itself. */
async function syncFolder(folder: string, on: Disk): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await on.open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  } finally {
    await handle.close();
  }
}
