import { KerasFormatError, show, unreachable } from '../format.js';
import { assertBelow, type Place } from './place.js';

interface Stats {
  isFile(): boolean;
  size: number;
}
interface FileSystem {
  stat(path: string): Promise<Stats>;
  realpath(path: string): Promise<string>;
  open(path: string): Promise<{
    stat(): Promise<Stats>;
    read(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesRead: number }>;
    close(): Promise<void>;
  }>;
}
interface Paths {
  dirname(path: string): string;
  join(...paths: string[]): string;
  sep: string;
}

// Bundlers for browsers must not look for these modules.
const builtIn = (name: string) => import(/* @vite-ignore */ `node:${name}`);
const fileSystem = (): Promise<FileSystem> => builtIn('fs/promises');
const paths = (): Promise<Paths> => builtIn('path');

/** The path of a `file:` URL, and any other path as it is. */
export async function plainPath(path: string): Promise<string> {
  if (!/^file:/i.test(path)) return path;
  const { fileURLToPath } = (await builtIn('url')) as { fileURLToPath(url: string): string };
  return fileURLToPath(path);
}

/** The bytes of a regular file: a device or a pipe may never end. */
export async function readDisk(
  path: string,
  take: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    const fs = await fileSystem();
    // Asked before it is opened, since opening a pipe waits for whoever writes to it.
    assertRegular(await fs.stat(path), path);
    const file = await fs.open(path);
    try {
      const stats = await file.stat();
      assertRegular(stats, path);
      take(stats.size);
      const bytes = new Uint8Array(stats.size);
      let length = 0;
      while (length < bytes.length) {
        signal?.throwIfAborted();
        const { bytesRead } = await file.read(bytes, length, Math.min(bytes.length - length, 2 ** 26));
        if (bytesRead === 0) throw new KerasFormatError(`${show(path)} became shorter while it was read`);
        length += bytesRead;
      }
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw unreachable(path, 'could not be read', error);
  }
}

function assertRegular(stats: Stats, path: string): void {
  if (!stats.isFile()) throw new KerasFormatError(`${show(path)} is not a regular file`);
}

/** The folder of a file, and what lies below it, also behind symbolic links. */
export async function folderOf(path: string): Promise<Place> {
  const [fs, { dirname, join, sep }] = [await fileSystem(), await paths()];
  const folder = dirname(path);
  return {
    async read(part, take, signal) {
      assertBelow(part);
      const named = join(folder, part);
      const whole = async (path: string) => {
        try {
          return await fs.realpath(path);
        } catch (error) {
          throw unreachable(named, 'could not be read', error);
        }
      };
      const [root, real] = [await whole(folder), await whole(named)];
      if (!real.startsWith(root.endsWith(sep) ? root : root + sep))
        throw new KerasFormatError(
          `the file of weights ${show(part)} is a link that leads to another folder`,
        );
      return readDisk(real, take, signal);
    },
  };
}
