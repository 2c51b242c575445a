import type { TableSchema } from '../table/schema.js';
import type { FileFormat } from './find-format.js';
import type { FileNames } from './header.js';
import type { ReadOptions } from './options.js';
import { readRecords } from './records.js';
import { type RowSink, Rows } from './rows.js';
import type { TableSource } from './source.js';

/** The columns of a file, how it is written, and the line of its first record. */
export interface Header {
  readonly file: FileNames;
  readonly format: FileFormat;
  readonly line: number;
}

/** Reads no further than to the first record; undefined where there is none. */
export async function readHeader(
  source: TableSource,
  { onProgress: _, ...options }: ReadOptions,
  schema: TableSchema,
): Promise<Header | undefined> {
  try {
    await readRecords(source, options, schema, new Rows(options, new HeaderAlone()));
  } catch (error) {
    if (!(error instanceof HeaderKnown)) throw error;
    return error.header;
  }
  return undefined;
}

/** Ends the reading of a file whose header is known. */
class HeaderKnown extends Error {
  readonly header: Header;
  constructor(header: Header) {
    super('the header is known');
    this.header = header;
  }
}

class HeaderAlone implements RowSink {
  header(file: FileNames, format: FileFormat, line: number): void {
    throw new HeaderKnown({ file, format, line });
  }

  takeAll(): boolean {
    return true;
  }

  take(): void {}

  takeRagged(): void {}
}
