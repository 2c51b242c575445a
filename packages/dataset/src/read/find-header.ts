import { shown } from '../arguments/assert.js';
import type { TableFormat } from '../table/format.js';
import type { TableNote } from '../table/note.js';
import type { TableSchema } from '../table/schema.js';
import { columnsByPlace, columnsNamed } from './header.js';
import { type NumberFormat, readNumber } from './number-text.js';
import { isMissingAmongNumbers } from './words.js';

/**
 * Whether the first record names the columns. One that a schema knows does; else it is a row when it looks like the rows below: numbers
 * above numbers, texts that come again. Where nothing tells, it is a header.
 */
export function findHeader(
  records: readonly string[][],
  numbers: NumberFormat,
  given: TableFormat,
  schema: TableSchema | undefined,
): { header: boolean; notes: TableNote[] } {
  const { header = given.names === undefined ? undefined : false } = given;
  if (header !== undefined) return { header, notes: [] };
  const [first, ...rows] = records;
  if (first === undefined) return { header: true, notes: [] };
  const known = schema !== undefined && columnsNamed(first, schema).some(Boolean);
  const fits = schema === undefined || columnsByPlace(first.length, schema) !== undefined;
  if (known || !fits || !looksLikeRow(first, rows, numbers)) return { header: true, notes: [] };
  const cells = first.slice(0, 4).map((cell) => shown(cell.trim(), 20));
  const because = `the first record (${cells.join(', ')}${first.length > 4 ? ', …' : ''}) looks like data, so there is no header and it is a row`;
  return { header: false, notes: [{ because, line: 1, option: 'header', about: 'file' }] };
}

function looksLikeRow(first: readonly string[], rows: readonly string[][], numbers: NumberFormat): boolean {
  const values: number[] = [];
  let alike = 0;
  for (const [at, cell] of first.entries()) {
    const text = cell.trim();
    const below = rows.map((cells) => cells[at]?.trim() ?? '').filter((other) => !isMissing(other));
    if (isMissing(text) || below.length === 0) continue;
    const value = readNumber(text, numbers);
    if (below.filter((other) => !Number.isNaN(readNumber(other, numbers))).length >= 0.9 * below.length) {
      if (Number.isNaN(value)) return false; // a word above numbers
      values.push(value);
      alike++;
    } else if (below.includes(text)) {
      alike++;
    } else if (new Set(below).size <= below.length / 4) {
      return false; // a word above a few others that come again and again
    }
  }
  // 0, 1, 2, … are what pandas writes as header of columns without names, and 2019, 2020, … are years.
  const counts = values.length > 1 && values.every((value, i) => i === 0 || value === values[i - 1] + 1);
  return !counts && alike >= Math.min(2, first.length);
}

const isMissing = (text: string): boolean => text === '' || isMissingAmongNumbers(text);
