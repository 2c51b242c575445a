import { shown } from '../arguments/assert.js';
import type { TableFormat } from '../table/format.js';
import type { TableNote } from '../table/note.js';
import { type NumberFormat, readNumber } from './number-text.js';
import { isMissingAmongNumbers } from './words.js';

/** The simplest first: a thousands mark is supposed only where one stands. */
const formats: readonly NumberFormat[] = [
  { decimal: '.', thousands: null },
  { decimal: ',', thousands: null },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
  { decimal: '.', thousands: '’' },
  { decimal: ',', thousands: '’' },
];

/**
 * The way of writing numbers under which most columns are numbers. Where two ways give other values for the same cells, none is
 * supposed, unless semicolons separate: that is how programs write where the comma is the decimal mark.
 *
 * @param columns cells of each column, without empty ones
 */
export function findNumbers(
  columns: readonly (readonly string[])[],
  delimiter: string,
  given: TableFormat,
): { format: NumberFormat; notes: TableNote[] } {
  const decimal = given.decimal ?? (given.thousands === '.' ? ',' : '.');
  const otherwise = { decimal, thousands: given.thousands ?? null };
  if (given.decimal !== undefined && given.thousands !== undefined) return { format: otherwise, notes: [] };
  const open = formats.filter(
    (format) =>
      (given.decimal === undefined || format.decimal === given.decimal) &&
      (given.thousands === undefined || format.thousands === given.thousands),
  );
  const samples = columns
    .map((cells) => cells.filter((cell) => !isMissingAmongNumbers(cell)))
    .filter((cells) => cells.length > 0);
  const [simplest = otherwise] = open;
  const odd = samples.filter((cells) => !isColumnOf(cells, simplest));
  const plain = samples.filter((cells) => isColumnOf(cells, simplest));
  // A column that no way of writing makes numbers is text, and says nothing.
  const speaking = odd.filter((cells) => open.some((format) => isColumnOf(cells, format)));
  if (speaking.length === 0) return { format: simplest, notes: [] };
  const all = [...speaking, ...plain];
  const counted = open.map((format) => ({
    format,
    count: all.filter((cells) => isColumnOf(cells, format)).length,
  }));
  const most = Math.max(...counted.map(({ count }) => count));
  const best = counted.filter(({ count }) => count === most).map(({ format }) => format);
  const [first] = best;
  const rival = best.find((format) =>
    all.some((cells) => cells.some((cell) => readsOtherwise(cell, first, format))),
  );
  const example = firstOdd(speaking, simplest);
  if (most === plain.length || (rival !== undefined && (delimiter !== ';' || first.decimal !== ','))) {
    const because = `numbers such as ${shown(example)} are not read, since their marks may be taken in two ways`;
    return { format: simplest, notes: [{ because, option: 'decimal or thousands', about: 'file' }] };
  }
  const thousands = first.thousands === null ? '' : ` and ${shown(first.thousands)} between thousands`;
  const because = `numbers such as ${shown(example)} are read with ${shown(first.decimal)} as decimal mark${thousands}`;
  const option = first.thousands === null ? 'decimal' : 'decimal or thousands';
  return { format: first, notes: [{ because, option, about: 'file' }] };
}

/** Nine of ten cells are numbers: a few bad ones make no text of a column. */
const isColumnOf = (cells: readonly string[], format: NumberFormat): boolean =>
  cells.filter((cell) => Number.isFinite(readNumber(cell, format))).length >= 0.9 * cells.length;

/** Both read a number, and not the same. */
function readsOtherwise(cell: string, a: NumberFormat, b: NumberFormat): boolean {
  const x = readNumber(cell, a);
  const y = readNumber(cell, b);
  return !Number.isNaN(x) && !Number.isNaN(y) && x !== y;
}

const firstOdd = (columns: readonly (readonly string[])[], format: NumberFormat): string =>
  columns.flat().find((cell) => /\d/.test(cell) && Number.isNaN(readNumber(cell, format))) ?? '';
