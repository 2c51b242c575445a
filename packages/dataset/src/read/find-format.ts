import type { TableFormat } from '../table/format.js';
import type { TableNote } from '../table/note.js';
import type { ColumnSchema, TableSchema } from '../table/schema.js';
import { delimiterName, findDelimiter, firstRecords } from './find-delimiter.js';
import { findHeader } from './find-header.js';
import { findNumbers } from './find-numbers.js';
import { columnsByPlace, columnsNamed } from './header.js';
import type { NumberFormat } from './number-text.js';

/** How a file is written: what was given, and what was found where nothing was. */
export interface FileFormat {
  readonly delimiter: string;
  readonly comment: string | undefined;
  readonly numbers: NumberFormat;
  readonly header: boolean;
  /** Characters before the first record: a line such as `sep=;`, or none. */
  readonly skip: number;
  /** What was found rather than given. */
  readonly notes: readonly TableNote[];
}

/** Characters from which the format is found. */
export const headLength = 2 ** 16;

/**
 * Finds from the beginning of a file how it is written; what is given is taken.
 *
 * @param head the first `headLength` characters, or all there are
 * @param whole whether that is the whole file
 */
export function findFormat(
  head: string,
  whole: boolean,
  given: TableFormat,
  schema: TableSchema | undefined,
): FileFormat {
  const notes: TableNote[] = [];
  const { comment } = given;
  // Excel writes such a line, and heeds it.
  const told = /^sep=([^\r\n])(?:\r\n?|\n|$)/i.exec(head.slice(0, 8));
  const text = head.slice(told?.[0].length ?? 0);
  const read = (delimiter: string) => firstRecords(text, whole, delimiter, comment);
  const found = given.delimiter ?? told?.[1] ?? findDelimiter(read, schema);
  const delimiter = typeof found === 'string' ? found : found.delimiter;
  if (told !== null && given.delimiter === undefined) {
    const because = `separated by ${delimiterName(delimiter)}, as line 1 says`;
    notes.push({ because, line: 1, option: 'delimiter', about: 'file' });
  } else if (typeof found !== 'string' && found.doubtful) {
    notes.push({ because: `separated by ${delimiterName(delimiter)}`, option: 'delimiter', about: 'file' });
  }
  const records = read(delimiter);
  const columns = sampleColumns(records, schema);
  const numbers = findNumbers(columns, delimiter, given);
  const header = findHeader(records, numbers.format, given, schema);
  return {
    ...{ delimiter, comment, numbers: numbers.format, header: header.header, skip: told?.[0].length ?? 0 },
    notes: [...notes, ...numbers.notes, ...header.notes],
  };
}

/** The cells below the first record of every column that may hold numbers. */
function sampleColumns(records: readonly string[][], schema: TableSchema | undefined): string[][] {
  const [first, ...rows] = records;
  if (first === undefined) return [];
  let known: readonly (ColumnSchema | undefined)[] | undefined;
  if (schema !== undefined) {
    const named = columnsNamed(first, schema);
    known = named.some((column) => column !== undefined) ? named : columnsByPlace(first.length, schema);
  }
  const isNumber = (at: number) => schema === undefined || known?.[at]?.kind === 'number';
  return first
    .map((_, at) => at)
    .filter(isNumber)
    .map((at) => rows.map((cells) => numberIn(cells[at]?.trim() ?? '')).filter((cell) => cell !== ''));
}

/** The number in a text such as `1.200,50 €`, as it stands; any other text as it is. */
function numberIn(text: string): string {
  if (text.length > 60) return text;
  const start = text.search(/[\d+.,-]/);
  let end = text.length;
  while (end > start && !/\d/.test(text[end - 1])) end--;
  const inside = text.slice(start, end);
  return start >= 0 && /^[\d+.,'’_\s-]+$/.test(inside) ? inside : text;
}
