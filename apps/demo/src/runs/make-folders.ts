import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the folder and those above it that are not there; gives the first that was made, undefined where all were there. Node's own
 * recursive mkdir never ends where the system answers ENOENT though the folder above is there, as Linux does in /proc.
 */
export async function makeFolders(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = dirname(folder);
    // What is there already is told apart by Node: it throws for a file.
    if (code === 'EEXIST') return mkdir(folder, { recursive: true });
    if (code !== 'ENOENT' || above === folder) throw error;
    const first = await makeFolders(above);
    await mkdir(folder);
    return first ?? folder;
  }
}
