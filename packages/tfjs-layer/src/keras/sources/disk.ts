// Reads files of this machine: the door of Node, Deno and Bun alone leads here, so that no bundler for a page meets these imports.
import { Buffer } from 'node:buffer';
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KerasFormatError, show, unreachable } from '../format.js';
import { assertBelow, type Disk, type Place } from './place.js';

export const disk: Disk = {
  plainPath: (path) => (/^file:/i.test(path) ? fileURLToPath(path) : path),
  read: readDisk,
  folderOf,
  // Asked for, not imported: other runtimes may lack it, and a bundler that takes this door for a page puts an error in its place.
  get crc32() {
    return globalThis.process?.getBuiltinModule?.('node:zlib')?.crc32;
  },
};

/** A device or a pipe may never end: only regular files are read. */
async function readDisk(
  path: string,
  take: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  try {
    // Asked before it is opened, since opening a pipe waits for whoever writes to it.
    assertRegular(await stat(path), path);
    const file = await open(path);
    try {
      const stats = await file.stat();
      assertRegular(stats, path);
      take(stats.size);
      const bytes = unfilled(stats.size);
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

/** Bytes that are not zeroed, for each is read before anybody sees one. */
function unfilled(size: number): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.allocUnsafeSlow(size);
  return new Uint8Array(buffer, byteOffset, length);
}

function assertRegular(stats: { isFile(): boolean }, path: string): void {
  if (!stats.isFile()) throw new KerasFormatError(`${show(path)} is not a regular file`);
}

function folderOf(path: string): Place {
  const folder = dirname(path);
  return {
    async read(part, take, signal) {
      assertBelow(part);
      const named = join(folder, part);
      const whole = async (path: string) => {
        try {
          return await realpath(path);
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
