import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { shown } from './arguments/assert.js';
import { diabetesSchema } from './diabetes/schema.js';
import { TableError } from './read/error.js';
import { type InferOptions, type InferredSchema, inferSchema } from './read/infer.js';
import { type LoadOptions, loadTable } from './read/load.js';
import { type OpenedTable, type OpenOptions, openAgain } from './read/open.js';
import { reasonOf } from './read/source.js';
import type { Table } from './table/table.js';

/** As `LoadOptions`; name and length of the file are known. */
export type LoadFileOptions = Omit<LoadOptions, 'schema' | 'name' | 'total'> & {
  /** Default `diabetesSchema`. */
  readonly schema?: LoadOptions['schema'];
};
/** As `InferOptions`; name and length of the file are known. */
export type InferFileOptions = Omit<InferOptions, 'name' | 'total'>;
/** As `OpenOptions`; name and length of the file are known. */
export type OpenFileOptions = Omit<OpenOptions, 'name' | 'total'>;

/**
 * Reads a CSV file, as `loadTable` reads its source.
 *
 * @throws TableError (as a rejection) whose message begins with the path
 */
export async function loadTableFile(path: string, options: LoadFileOptions = {}): Promise<Table> {
  const file = await fileAt(path);
  return loadTable(file.chunks(), { schema: diabetesSchema, ...options, ...file.known });
}

/**
 * Proposes a schema for a CSV file, as `inferSchema` does for its source.
 *
 * @throws TableError (as a rejection) whose message begins with the path
 */
export async function inferSchemaFile(path: string, options: InferFileOptions = {}): Promise<InferredSchema> {
  const file = await fileAt(path);
  return inferSchema(file.chunks(), { ...options, ...file.known });
}

/**
 * Opens a CSV file that nothing is known of, as `openTable` does its source. The file is read as often as there.
 *
 * @throws TableError (as a rejection) whose message begins with the path
 */
export async function openTableFile(path: string, options: OpenFileOptions = {}): Promise<OpenedTable> {
  const file = await fileAt(path);
  return openAgain(() => file.chunks(), { ...options, ...file.known });
}

interface SomeFile {
  readonly known: { readonly name: string; readonly total?: number };
  /** The file's bytes, from the beginning each time. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** Looks whether there is a file at the path; what is wrong with it is told before anything is read. */
async function fileAt(path: unknown): Promise<SomeFile> {
  if (typeof path !== 'string' || path === '')
    throw new TypeError(`path must be a file's path, got ${shown(path)}`);
  const unreadable = (cause: unknown) =>
    new TableError([{ reason: fileFault(cause, path) }], path, { cause });
  const opened = () =>
    open(path).catch((cause: unknown) => {
      throw unreadable(cause);
    });
  const file = await opened();
  const stats = await file.stat().finally(() => file.close());
  if (stats.isDirectory()) throw new TableError([{ reason: 'this is a directory, not a CSV file' }], path);
  return { known: { name: path, ...(stats.size > 0 && { total: stats.size }) }, chunks };

  // While one piece is parsed the next is read.
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const file = await opened();
    let reading: Promise<Uint8Array> | undefined;
    try {
      const read = (buffer: Uint8Array) => {
        reading = file.read(buffer).then(({ bytesRead }) => buffer.subarray(0, bytesRead));
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
    } finally {
      await reading?.catch(() => {}); // a file must not be closed under a reading
      await file.close();
    }
  }
}

function fileFault(cause: unknown, path: string): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file ${shown(basename(path))}`;
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read';
  if (code === 'EISDIR') return 'this is a directory, not a CSV file';
  return `cannot be read: ${reasonOf(cause)}`;
}
