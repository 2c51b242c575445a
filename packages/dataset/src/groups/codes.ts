import type { Column } from '../table/column.js';
import { mixed, NumberSet } from './number-set.js';

/** The values of a column, numbered from 0. A missing cell is −1: it is no value. */
export interface Codes {
  readonly ids: Int32Array;
  /** How many different values there are. */
  readonly count: number;
  /** Rows of each value. */
  readonly sizes: Int32Array;
  /** Missing cells. */
  readonly missing: number;
  /** The number that each code stands for, ascending; a category has none. */
  readonly values?: Float64Array;
}

/** Undefined where more than `limitOf(rows)` numbers differ: then nearly every row has a value of its own. */
export const codesOf = (column: Column): Codes | undefined =>
  column.kind === 'number' ? numberCodes(column.values) : categoryCodes(column.codes, column.levels.length);

/** In order of the levels; levels that do not occur have no number. */
export function categoryCodes(codes: Int32Array, levels: number): Codes {
  const occurs = new Uint8Array(levels);
  for (const code of codes) if (code >= 0) occurs[code] = 1;
  const idOf = new Int32Array(levels);
  let count = 0;
  for (let level = 0; level < levels; level++) idOf[level] = occurs[level] === 1 ? count++ : -1;
  return counted(
    codes.map((code) => (code < 0 ? -1 : idOf[code])),
    count,
  );
}

/** Values that differ more cannot make groups of five rows. Up to 65536 they are numbered all the same: it costs little. */
const limitOf = (rows: number): number => Math.max(2 ** 16, rows / 5);

/** NaN is missing; 0 and −0 are one value. */
export function numberCodes(numbers: Float64Array): Codes | undefined {
  const limit = limitOf(numbers.length);
  if (numbers.length > limit && differsInSample(numbers, limit)) return undefined;
  const ids = new Int32Array(numbers.length);
  const set = new NumberSet();
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row];
    ids[row] = Number.isNaN(value) ? -1 : set.add(value);
    if (set.size > limit) return undefined;
  }
  const values = set.values().sort();
  const rankOf = new Int32Array(values.length);
  values.forEach((value, rank) => {
    rankOf[set.add(value)] = rank;
  });
  for (let row = 0; row < ids.length; row++) if (ids[row] >= 0) ids[row] = rankOf[ids[row]];
  return { ...counted(ids, values.length), values };
}

/**
 * Of m rows drawn freely some m² ÷ 2·limit pairs would be equal if `limit` values were equally frequent, and more if they were not.
 * Half of that is out of reach of chance (168 pairs for a million rows, with a standard deviation of 13).
 */
function differsInSample(numbers: Float64Array, limit: number): boolean {
  const drawn = 2 ** 13;
  const rows = new Set(Array.from({ length: drawn }, (_, i) => (mixed(i, 1) >>> 0) % numbers.length));
  const set = new NumberSet();
  let equal = 0;
  for (const row of rows) {
    const { size } = set;
    // Missing cells count as equal: a column of them is cheap to number.
    if (Number.isNaN(numbers[row]) || set.add(numbers[row]) < size) equal++;
  }
  return equal < rows.size ** 2 / limit / 4;
}

function counted(ids: Int32Array, count: number): Codes {
  const sizes = new Int32Array(count);
  let missing = 0;
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    if (id < 0) missing++;
    else sizes[id]++;
  }
  return { ids, count, sizes, missing };
}
