import { assertInteger, assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { checkFormat, formatKeys, type TableFormat } from '../table/format.js';
import type { TableSchema } from '../table/schema.js';

/** How far a reading has come. */
export interface LoadProgress {
  /** Bytes read (characters for a string source). */
  readonly read: number;
  /** All there are, where that is known. */
  readonly total?: number;
  /** Records read, the header included. */
  readonly records: number;
}

/** Beyond these a file is refused, with the place. */
export interface LoadLimits {
  /** Bytes of the source (characters of a string); default 1 GiB. */
  readonly size?: number;
  /** Columns of the file; default 10 000. */
  readonly columns?: number;
  /** Characters of a cell, at least 10; default 10 000. */
  readonly cellLength?: number;
  /** Characters of a record; default 1 048 576. */
  readonly recordLength?: number;
}

/** A text that means missing: in every feature, or in one column. */
export type MissingText = string | { readonly column: string; readonly text: string };

/** How to read a file. What is not given of its format is found from its beginning, and said in the table's notes. */
export interface ReadOptions extends TableFormat {
  /** File name, put before every error message; of a `File` or `URL` its own by default. */
  readonly name?: string;
  /** Texts that mean missing, besides the empty cell and what the schema says. A number stands for its value, as in a schema. */
  readonly missingTexts?: readonly MissingText[];
  /** Rows without any content: `skip` (default) leaves them out and says so, `keep` keeps them as missing cells. */
  readonly emptyRows?: 'skip' | 'keep';
  readonly limits?: LoadLimits;
  /** Length of the source, where the caller knows it and the source does not tell (a stream). */
  readonly total?: number;
  /** Rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export const readKeys = [
  ...formatKeys,
  ...['name', 'missingTexts', 'emptyRows', 'limits', 'total', 'signal', 'onProgress'],
];

const defaultLimits = { size: 2 ** 30, columns: 10_000, cellLength: 10_000, recordLength: 2 ** 20 };

export function checkedLimits(limits: LoadLimits | undefined): Required<LoadLimits> {
  assertOptions('limits', limits, Object.keys(defaultLimits));
  const all = { ...defaultLimits, ...limits };
  for (const [key, value] of Object.entries(all)) {
    assertInteger(`limits.${key}`, value, key === 'cellLength' ? 10 : 1, Number.MAX_SAFE_INTEGER);
  }
  return all;
}

/** @throws TypeError or RangeError naming the option that is wrong, or not known */
export function checkReadOptions(what: string, options: ReadOptions, own: readonly string[]): void {
  assertOptions(what, options, [...readKeys, ...own]);
  checkFormat(givenFormat(options, undefined), what);
  checkedLimits(options.limits);
  const { name, emptyRows, missingTexts } = options;
  if (name !== undefined && typeof name !== 'string')
    throw new TypeError(`name must be text, got ${shown(name)}`);
  if (emptyRows !== undefined) assertOneOf('emptyRows', emptyRows, ['skip', 'keep']);
  if (missingTexts === undefined) return;
  if (!Array.isArray(missingTexts))
    throw new TypeError(`missingTexts must be a list, got ${shown(missingTexts)}`);
  for (const [i, one] of missingTexts.entries()) {
    const fits = typeof one === 'string' || (typeof one?.column === 'string' && typeof one.text === 'string');
    if (!fits)
      throw new TypeError(`missingTexts[${i}] must be a text, or { column, text }, got ${shown(one)}`);
  }
}

/** What is known of the file's format: the options' own, then the schema's. */
export function givenFormat(options: ReadOptions, schema: TableSchema | undefined): TableFormat {
  const given: Record<string, unknown> = {};
  for (const key of formatKeys) {
    const value = options[key] ?? schema?.format?.[key];
    if (options[key] !== undefined || value !== undefined) given[key] = options[key] === null ? null : value;
  }
  return given;
}
