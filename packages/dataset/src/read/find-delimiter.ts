import { shown } from '../arguments/assert.js';
import type { TableSchema } from '../table/schema.js';
import type { Records } from './cut-records.js';
import { columnsNamed } from './header.js';
import { readNumber } from './number-text.js';
import { BrokenText, Tokeniser } from './tokenise.js';

const candidates = [',', ';', '\t', '|'];
const mostRecords = 500;

export const delimiterName = (delimiter: string): string =>
  delimiter === '\t' ? 'tabs' : delimiter === ' ' ? 'spaces' : shown(delimiter);

/** The first records of the text; what comes after a fault, or may go on after the text, is left out. */
export function firstRecords(
  text: string,
  whole: boolean,
  delimiter: string,
  comment: string | undefined,
): string[][] {
  const found: string[][] = [];
  const take = (records: Records) => {
    for (let i = 0; i < records.length && found.length < mostRecords; i++) found.push(records.cells(i));
  };
  const options = { delimiter, comment, maxRecordLength: text.length + 1, pieceLength: text.length || 1 };
  const tokeniser = new Tokeniser(options, take);
  try {
    tokeniser.push(text);
    if (whole) tokeniser.end();
  } catch (error) {
    // The fault is told when the whole file is read; here it only says that this is not the separator, or that the text ends here.
    if (!(error instanceof BrokenText)) throw error;
  }
  return found;
}

/**
 * The character that cuts the first records into rows of one width, a header of the schema's names before all.
 *
 * @returns the separator, a comma where there is none; `doubtful` when it is another than a comma, or another could be meant
 */
export function findDelimiter(
  read: (delimiter: string) => string[][],
  schema: TableSchema | undefined,
): { delimiter: string; doubtful: boolean } {
  const ranked = candidates
    .map((delimiter) => ({ delimiter, rank: rankOf(read(delimiter), delimiter, schema) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => compareRanks(b.rank ?? [], a.rank ?? []));
  const delimiter = ranked[0]?.delimiter ?? ',';
  return { delimiter, doubtful: delimiter !== ',' || ranked.length > 1 };
}

/** The higher the likelier, first things first: names that the schema knows, rows of one width, cells that are whole, columns. */
function rankOf(
  records: readonly string[][],
  delimiter: string,
  schema: TableSchema | undefined,
): number[] | undefined {
  const [first, ...rows] = records;
  if (first === undefined || first.length < 2) return undefined;
  const named = schema === undefined ? 0 : columnsNamed(first, schema).filter(Boolean).length;
  const even = rows.filter((cells) => cells.length === first.length).length / Math.max(1, rows.length);
  // Half of the rows at least, or no schema would know this as a table.
  if (even < 0.5 && named < 2) return undefined;
  const others = candidates.filter((other) => other !== delimiter);
  const cells = records.flat();
  const whole = cells.filter(
    (cell) => isNumberSomehow(cell) || !others.some((other) => cell.includes(other)),
  );
  return [named, even > 0.95 ? 1 : even, whole.length / cells.length, first.length];
}

const isNumberSomehow = (cell: string): boolean => {
  const text = cell.trim();
  return !Number.isNaN(readNumber(text)) || !Number.isNaN(readNumber(text, { decimal: ',', thousands: '.' }));
};

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
