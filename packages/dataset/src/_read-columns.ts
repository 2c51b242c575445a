import { shown } from './_assert.js';
import type { Column } from './column.js';
import type { ColumnSchema } from './schema.js';

/** Keeps the cells of one column. `set` gives the reason when the cell cannot be kept, and may be repeated for a row. */
export interface ColumnReader {
  set(row: number, cell: string): string | undefined;
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
  return {
    set(row, cell) {
      if (row >= values.length) values = grown(values, row);
      const value = parseDecimal(cell);
      values[row] = value;
      if (!Number.isNaN(value)) return undefined;
      const reason = tooLong(cell);
      if (reason) return reason;
      const text = cell.trim();
      if (missing.has(text)) return emptyReason;
      const number = decimalPattern.test(text) ? Number(text) : NaN;
      values[row] = number;
      if (Number.isNaN(number)) return 'is not a number';
      return Number.isFinite(number) ? undefined : 'is too large for a number';
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
  return {
    set(row, cell) {
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
const powersOfTen = Array.from({ length: 16 }, (_, i) => Number(`1e${i}`));

/**
 * The number of an unsigned or negative plain decimal of at most 15 digits, else NaN. Exact: digits and power of ten are whole numbers
 * below 2⁵³, and their quotient is correctly rounded.
 */
export function parseDecimal(cell: string): number {
  const { length } = cell;
  let at = cell.charCodeAt(0) === 45 ? 1 : 0;
  const negative = at === 1;
  if (length === at || length > at + 16) return NaN;
  let digits = 0;
  let count = 0;
  let point = -1;
  for (; at < length; at++) {
    const code = cell.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits = digits * 10 + (code - 48);
      count++;
    } else if (code === 46 && point < 0) point = count;
    else return NaN;
  }
  if (count === 0 || count > 15) return NaN;
  const value = point < 0 ? digits : digits / (powersOfTen[count - point] as number);
  return negative ? -value : value;
}
