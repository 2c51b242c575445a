import { shown } from '../arguments/assert.js';
import type { Column } from '../table/column.js';
import type { ColumnSchema } from '../table/schema.js';

/** Keeps the cells of one column. `set` gives the reason when the cell cannot be kept, and may be repeated for a row. */
export interface ColumnReader {
  set(row: number, cell: string): string | undefined;
  /** Keeps cell `at` of the records from `from` on, the first in `row`; false, and the rest undone, when one cannot be kept. */
  setAll(records: readonly string[][], from: number, at: number, row: number): boolean;
  reserve(rows: number): void;
  finish(rows: number): Column;
}

export function columnReader(schema: ColumnSchema, maxCellLength: number): ColumnReader {
  const missing = new Set(['', ...(schema.missingTexts ?? [])]);
  const emptyReason = schema.missing === 'error' ? 'is empty, and the column may not be' : undefined;
  const tooLong = (cell: string) =>
    cell.length > maxCellLength
      ? `has ${cell.length} characters; limits.cellLength is ${maxCellLength}`
      : undefined;
  return schema.kind === 'number'
    ? numberReader(missing, emptyReason, tooLong)
    : categoryReader(schema.levels, missing, emptyReason, tooLong);
}

type Reason = string | undefined;

function numberReader(
  missing: Set<string>,
  emptyReason: Reason,
  tooLong: (cell: string) => Reason,
): ColumnReader {
  let values = new Float64Array(64);
  const set = (row: number, cell: string): Reason => {
    if (row >= values.length) values = grown(values, row);
    const reason = tooLong(cell);
    if (reason) return reason;
    const text = cell.trim();
    if (missing.has(text)) {
      values[row] = NaN;
      return emptyReason;
    }
    const number = decimalPattern.test(text) ? Number(text) : NaN;
    values[row] = number;
    if (Number.isNaN(number)) return 'is not a number';
    return Number.isFinite(number) ? undefined : 'is too large for a number';
  };
  return {
    set,
    setAll(records, from, at, row) {
      const { length } = records;
      if (row + length - from > values.length) values = grown(values, row + length - from);
      const into = values;
      for (let i = from, to = row; i < length; i++, to++) {
        const cell = records[i][at];
        const value = parseDecimal(cell);
        into[to] = value;
        if (Number.isNaN(value) && set(to, cell) !== undefined) return false;
      }
      return true;
    },
    reserve(rows) {
      if (rows > values.length) values = grown(values, rows);
    },
    finish: (rows) => ({ kind: 'number', values: trimmed(values, rows) }),
  };
}

function categoryReader(
  accepted: readonly string[] | undefined,
  missing: Set<string>,
  emptyReason: Reason,
  tooLong: (cell: string) => Reason,
): ColumnReader {
  let codes = new Int32Array(64);
  const levels: string[] = [...(accepted ?? [])];
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const set = (row: number, cell: string): Reason => {
    if (row >= codes.length) codes = grown(codes, row);
    const reason = tooLong(cell);
    if (reason) return reason;
    const text = cell.trim();
    const code = codeOf.get(text);
    if (code !== undefined) {
      codes[row] = code;
      return undefined;
    }
    codes[row] = -1;
    if (missing.has(text)) return emptyReason;
    if (accepted) return `is not one of ${accepted.map((level) => shown(level)).join(', ')}`;
    // A copy: a slice would keep the whole piece of the file alive.
    const copy = new TextDecoder().decode(new TextEncoder().encode(text));
    codes[row] = levels.length;
    codeOf.set(copy, levels.length);
    levels.push(copy);
    return undefined;
  };
  // Comparing with a few levels is faster than hashing every cell.
  const few = levels.length <= 8 ? [...levels] : [];
  return {
    set,
    setAll(records, from, at, row) {
      const { length } = records;
      if (row + length - from > codes.length) codes = grown(codes, row + length - from);
      for (let i = from, to = row; i < length; i++, to++) {
        const cell = records[i][at];
        let code = few.length - 1;
        while (code >= 0 && few[code] !== cell) code--;
        codes[to] = code;
        if (code < 0 && set(to, cell) !== undefined) return false;
      }
      return true;
    },
    reserve(rows) {
      if (rows > codes.length) codes = grown(codes, rows);
    },
    finish: (rows) => ({ kind: 'category', codes: trimmed(codes, rows), levels }),
  };
}

const grown = <T extends Float64Array | Int32Array>(cells: T, rows: number): T => {
  const larger = new (cells.constructor as new (length: number) => T)(Math.max(cells.length * 2, rows + 1));
  larger.set(cells);
  return larger;
};

/** A view when little is wasted, else a copy of the right size. */
const trimmed = <T extends Float64Array | Int32Array>(cells: T, rows: number): T =>
  (cells.length > rows * 1.125 + 64 ? cells.slice(0, rows) : cells.subarray(0, rows)) as T;

/** A finite decimal number, as number columns accept it. */
export const isDecimal = (text: string): boolean =>
  decimalPattern.test(text) && Number.isFinite(Number(text));

const decimalPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const powersOfTen = Float64Array.from({ length: 10 }, (_, i) => Number(`1e${i}`));

/**
 * The number of a plain decimal of at most 9 digits, else NaN, to be read more slowly. Exact: the digits and the power of ten are whole
 * numbers below 2⁵³, so their quotient is correctly rounded. (Half the time of Number(cell), measured.)
 */
export function parseDecimal(cell: string): number {
  const { length } = cell;
  if (length === 0 || length > 10) return NaN;
  let digits = 0;
  let point = 0;
  for (let i = 0; i < length; i++) {
    const digit = cell.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) digits = (digits * 10 + digit) | 0;
    else if (digit === -2 && point === 0) point = i + 1;
    else return NaN;
  }
  if (point === 0) return length > 9 ? NaN : digits;
  return length === 1 ? NaN : digits / powersOfTen[length - point];
}
