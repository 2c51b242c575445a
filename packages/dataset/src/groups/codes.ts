import type { Column } from '../table/column.js';
import { differInSample, drawnRows } from './drawn-rows.js';
import { NumberSet } from './number-set.js';

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
  const all = counted(codes, levels);
  if (!all.sizes.includes(0)) return all; // the column's own codes, without a copy
  const idOf = new Int32Array(levels);
  let count = 0;
  for (let level = 0; level < levels; level++) idOf[level] = all.sizes[level] > 0 ? count++ : -1;
  const ids = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) ids[row] = codes[row] < 0 ? -1 : idOf[codes[row]];
  return { ids, count, sizes: all.sizes.filter((size) => size > 0), missing: all.missing };
}

/** Values that differ more cannot make groups of five rows. Up to 65536 they are numbered all the same: it costs little. */
const limitOf = (rows: number): number => Math.max(2 ** 16, rows / 5);

/** NaN is missing; 0 and −0 are one value. */
export function numberCodes(numbers: Float64Array): Codes | undefined {
  const limit = limitOf(numbers.length);
  if (numbers.length > limit && differsInSample(numbers, limit)) return undefined;
  const scaled = scaledCodes(numbers);
  if (scaled !== undefined) return scaled.count > limit ? undefined : scaled;
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

/** Whole numbers that are ranked by a table of all that could be, not by a hash. */
const mostPlaces = 2 ** 20;

/**
 * Numbers of few decimals as whole numbers: x = k ÷ 10ᵈ exactly, with d at most 4 and few numbers k between the ends; undefined where that
 * does not hold. It takes a fifth of the time of hashing at a million rows, and most measured columns are such.
 */
function scaledCodes(numbers: Float64Array): Codes | undefined {
  const first = numbers.subarray(0, 64);
  const scale = [1, 10, 100, 1000, 10_000].find((tried) =>
    first.every((x) => Number.isNaN(x) || Math.round(x * tried) / tried === x),
  );
  if (scale === undefined) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (let row = 0; row < numbers.length; row++) {
    const x = numbers[row];
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const offset = Math.round(low * scale);
  const places = Math.round(high * scale) - offset + 1;
  // Where there is no number, the ends are infinite.
  if (!(places >= 1 && places <= Math.min(mostPlaces, Math.max(1024, 4 * numbers.length)))) return undefined;
  const ids = new Int32Array(numbers.length);
  const sizes = new Int32Array(places);
  let missing = 0;
  for (let row = 0; row < numbers.length; row++) {
    const x = numbers[row];
    const k = Math.round(x * scale);
    if (k / scale === x) {
      ids[row] = k - offset;
      sizes[k - offset]++;
    } else if (Number.isNaN(x)) {
      ids[row] = -1;
      missing++;
    } else return undefined;
  }
  const rankOf = new Int32Array(places);
  let count = 0;
  for (let k = 0; k < places; k++) if (sizes[k] > 0) rankOf[k] = count++;
  for (let row = 0; row < ids.length; row++) if (ids[row] >= 0) ids[row] = rankOf[ids[row]];
  const values = new Float64Array(count);
  for (let k = 0; k < places; k++) if (sizes[k] > 0) values[rankOf[k]] = (k + offset) / scale;
  return { ids, count, sizes: sizes.filter((size) => size > 0), missing, values };
}

/** Whether a sample shows that more than `limit` numbers differ. */
function differsInSample(numbers: Float64Array, limit: number): boolean {
  const set = new NumberSet();
  let present = 0;
  for (const row of drawnRows(numbers.length)) {
    if (Number.isNaN(numbers[row])) continue;
    present++;
    set.add(numbers[row]);
  }
  return differInSample(present, present - set.size, limit);
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
