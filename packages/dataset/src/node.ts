import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { shown } from './arguments/assert.js';
import { diabetesSchema } from './diabetes/schema.js';
import { TableError } from './read/error.js';
import { type LoadOptions, loadTable } from './read/load.js';
import { reasonOf } from './read/source.js';
import type { Table } from './table/table.js';

export type LoadFileOptions = Omit<LoadOptions, 'schema' | 'name'> & {
  /** Default `diabetesSchema`. */
  readonly schema?: LoadOptions['schema'];
};

/**
 * Reads a CSV file, as `loadTable` reads its source.
 *
 * @throws TableError (as a rejection) whose message begins with the path
 */
export async function loadTableFile(path: string, options: LoadFileOptions = {}): Promise<Table> {
  if (typeof path !== 'string' || path === '')
    throw new TypeError(`path must be a file's path, got ${shown(path)}`);
  const loading = { schema: diabetesSchema, ...options, name: path };
  const unreadable = (cause: unknown) =>
    new TableError([{ reason: fileFault(cause, path) }], path, { cause });
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new TableError([{ reason: 'this is a directory, not a CSV file' }], path);
    return await loadTable(chunks(), { ...loading, ...(stats.size > 0 && { total: stats.size }) });

    // While one piece is parsed the next is read.
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const read = (buffer: Uint8Array) => {
        const reading = file.read(buffer).then(({ bytesRead }) => buffer.subarray(0, bytesRead));
        reading.catch(() => {}); // reported where it is awaited, unless the parsing ended before
        return reading;
      };
      let [free, busy] = [new Uint8Array(2 ** 18), new Uint8Array(2 ** 18)];
      let next = read(busy);
      for (;;) {
        const piece = await next.catch((cause: unknown) => {
          throw unreadable(cause);
        });
        if (piece.length === 0) return;
        [free, busy] = [busy, free];
        next = read(busy);
        yield piece;
      }
    }
  } finally {
    await file.close();
  }
}

function fileFault(cause: unknown, path: string): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file ${shown(basename(path))}`;
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read';
  if (code === 'EISDIR') return 'this is a directory, not a CSV file';
  return `cannot be read: ${reasonOf(cause)}`;
}
