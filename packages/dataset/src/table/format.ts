import { assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';

export const decimalMarks = ['.', ','] as const;
/** Marks that may stand between the thousands of a number. */
export const thousandsMarks = ['.', ',', ' ', "'", '’', '_'] as const;

/** How a file of a table is written. Plain data; what is not given is found from the file's beginning, and said in the table's notes. */
export interface TableFormat {
  /** Character between cells. Without it `,`, `;`, tab and `|` are looked for. */
  readonly delimiter?: string;
  /** Mark before the fraction of a number. Without it found where the numbers leave no doubt, else `.`. */
  readonly decimal?: (typeof decimalMarks)[number];
  /** Mark between groups of three digits, or null for none; a space stands for every kind of space. Found as `decimal` is, else none. */
  readonly thousands?: (typeof thousandsMarks)[number] | null;
  /** A label of the Encoding Standard, such as `windows-1252`. Without it UTF-16 by its byte order mark, else UTF-8. */
  readonly encoding?: string;
  /** Text that begins a line which is no record, such as `#`. Without it no line is. */
  readonly comment?: string;
  /** Whether the first record names the columns. Without it a first record that looks like the rows below is a row. */
  readonly header?: boolean;
  /** Names of the columns, in the order of the file: in place of the header's, or of a header that is not there. */
  readonly names?: readonly string[];
}

export const formatKeys = [
  'delimiter',
  'decimal',
  'thousands',
  'encoding',
  'comment',
  'header',
  'names',
] as const;

/** @throws TypeError or RangeError naming the part of the format that is wrong, or not known */
export function checkFormat(format: TableFormat, what = 'format'): void {
  assertOptions(what, format, formatKeys);
  const { delimiter, decimal, thousands, encoding, comment, header, names } = format;
  if (delimiter !== undefined) checkDelimiter(delimiter);
  if (decimal !== undefined) assertOneOf('decimal', decimal, decimalMarks);
  if (thousands != null) assertOneOf('thousands', thousands, thousandsMarks);
  if (thousands != null && thousands === (decimal ?? '.'))
    throw new RangeError(`thousands must be another mark than decimal, got ${shown(thousands)} for both`);
  if (encoding !== undefined) checkEncoding(encoding);
  if (comment !== undefined) {
    if (typeof comment !== 'string') throw new TypeError(`comment must be text, got ${shown(comment)}`);
    if (comment === '' || /["\r\n]/.test(comment) || comment === delimiter)
      throw new RangeError(
        `comment must be a text such as "#", without quote or line break, got ${shown(comment)}`,
      );
  }
  if (header !== undefined && typeof header !== 'boolean')
    throw new TypeError(`header must be true or false, got ${shown(header)}`);
  if (names !== undefined) checkNames(names);
}

function checkDelimiter(delimiter: unknown): void {
  if (typeof delimiter !== 'string')
    throw new TypeError(`delimiter must be one character, got ${shown(delimiter)}`);
  // What numbers and quoted cells are made of cannot stand between cells.
  if (!/^[^\p{L}\p{N}"\r\n.+\uFEFF-]$/u.test(delimiter) || delimiter.length > 1) {
    throw new RangeError(
      `delimiter must be one character such as , ; | or a tab, no letter, digit, quote or line break, got ${shown(delimiter)}`,
    );
  }
}

function checkEncoding(encoding: unknown): void {
  if (typeof encoding !== 'string') throw new TypeError(`encoding must be text, got ${shown(encoding)}`);
  try {
    new TextDecoder(encoding);
  } catch (cause) {
    throw new RangeError(
      `encoding must be a label of the Encoding Standard, such as "windows-1252", got ${shown(encoding)}`,
      { cause },
    );
  }
}

function checkNames(names: unknown): void {
  if (!Array.isArray(names)) throw new TypeError(`names must be a list of column names, got ${shown(names)}`);
  for (const [i, name] of names.entries()) {
    if (typeof name !== 'string') throw new TypeError(`names[${i}] must be text, got ${shown(name)}`);
    if (name.trim() === '') throw new RangeError(`names[${i}] must not be empty`);
  }
}
