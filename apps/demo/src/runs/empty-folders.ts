import { rmdir } from 'node:fs/promises';
import { dirname, relative } from 'node:path';

/** Removes the folder and those above it up to `last`, as far as nobody has put anything into them. */
export async function removeEmptyFolders(folder: string, last: string): Promise<void> {
  for (let path = folder; !relative(last, path).startsWith('..'); path = dirname(path)) {
    const gone = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (!gone) return;
  }
}
