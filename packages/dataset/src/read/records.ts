import { assertInteger, assertOneOf } from '../arguments/assert.js';
import { Decoder, passText } from './decode.js';
import { TableError } from './error.js';
import { piecesOf, type TableSource } from './source.js';
import { BrokenText, type OnRecords, Tokeniser } from './tokenise.js';

export interface LoadProgress {
  /** Bytes read (characters for a string source). */
  readonly read: number;
  /** All there are, where that is known. */
  readonly total?: number;
  /** Records read, the header included. */
  readonly records: number;
}

export interface LoadLimits {
  /** Bytes of the source (characters of a string); default 1 GiB. */
  readonly size?: number;
  /** Columns of the file; default 1000. */
  readonly columns?: number;
  /** Characters of a cell, at least 10; default 10 000. */
  readonly cellLength?: number;
  /** Characters of a record; default 1 048 576. */
  readonly recordLength?: number;
}

export interface ReadOptions {
  /** File name, put before every error message. */
  readonly name?: string;
  /** Character between cells; default a comma. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** A label of the Encoding Standard, such as `windows-1252`; default `utf-8`. */
  readonly encoding?: string;
  readonly limits?: LoadLimits;
  /** Length of the source, where the caller knows it and the source does not tell (a stream). */
  readonly total?: number;
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export function checkedLimits(limits: LoadLimits | undefined): Required<LoadLimits> {
  const all = { size: 2 ** 30, columns: 1000, cellLength: 10_000, recordLength: 2 ** 20, ...limits };
  for (const [key, value] of Object.entries(all)) {
    assertInteger(`limits.${key}`, value, key === 'cellLength' ? 10 : 1, Number.MAX_SAFE_INTEGER);
  }
  return all;
}

/** Gives the records of the source to `onRecords`, piece by piece. Records are cells as they stand, the header first. */
export async function readRecords(
  source: TableSource,
  options: ReadOptions,
  onRecords: OnRecords,
  onProgress?: (progress: LoadProgress) => void,
): Promise<void> {
  const { delimiter = ',', encoding = 'utf-8', name } = options;
  assertOneOf('delimiter', delimiter, [',', ';', '\t', '|']);
  const limits = checkedLimits(options.limits);
  let records = 0;
  let read = 0;
  const tokeniser = new Tokeniser(delimiter, limits.recordLength, (some, lineOf) => {
    records += some.length;
    onRecords(some, lineOf);
  });
  const push = (text: string) => tokeniser.push(text);
  const line = () => tokeniser.lineAtEnd();
  try {
    const decoder = new Decoder(encoding, push, line);
    for await (const { data, total = options.total } of piecesOf(source, options)) {
      read += data.length;
      if (read > limits.size)
        throw new BrokenText({ reason: `the file is longer than limits.size, ${limits.size}` });
      if (typeof data === 'string') passText(data, push, line);
      else decoder.push(data);
      const progress = { read, ...(total !== undefined && { total }), records };
      onProgress?.(progress);
      options.onProgress?.(progress);
    }
    decoder.end();
    tokeniser.end();
  } catch (error) {
    if (!(error instanceof BrokenText)) throw error;
    throw new TableError([error.issue], name, { cause: error });
  }
}
