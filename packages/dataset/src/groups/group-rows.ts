import type { Steps } from '../steps/steps.js';

/** A group for every row, numbered from 0 in order of appearance. */
export interface Groups {
  readonly ids: Int32Array;
  readonly count: number;
}

/** Groups of the rows that have one; −1 is none. */
export interface Grouping extends Groups {
  /** Rows of each group. */
  readonly sizes: Int32Array;
  /** Rows without a group. */
  readonly missing: number;
}

/** Rows with the same key are one group (keys compare as in a Map, so NaN equals NaN and 0 equals −0). */
export function* groupBy(keys: ArrayLike<unknown>): Steps<Groups> {
  const known = new Map<unknown, number>();
  const ids = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    let id = known.get(key);
    if (id === undefined) {
      id = known.size;
      known.set(key, id);
    }
    ids[i] = id;
    if ((i & 0xffff) === 0) yield;
  }
  return { ids, count: known.size };
}

/** How many rows each group has. */
export function groupSizes({ ids, count }: Groups): Int32Array {
  const sizes = new Int32Array(count);
  for (let row = 0; row < ids.length; row++) sizes[ids[row]]++;
  return sizes;
}

/**
 * Distinct pairs to be expected if two groupings of the same rows were dealt independently: Σ 1 − (1 − p·q)ⁿ over all pairs of groups.
 *
 * @param sizes rows of each group
 * @param more in how many times as many rows
 */
export function expectedPairs(sizesA: Int32Array, sizesB: Int32Array, more = 1): number {
  let n = 0;
  for (let group = 0; group < sizesA.length; group++) n += sizesA[group];
  // Groups of one size have one term; there are at most √(2n) different sizes.
  const tallyOf = (sizes: Int32Array) => {
    const tally = new Map<number, number>();
    for (const size of sizes) if (size > 0) tally.set(size, (tally.get(size) ?? 0) + 1);
    return tally;
  };
  const ofB = tallyOf(sizesB);
  let sum = 0;
  for (const [sizeA, timesA] of tallyOf(sizesA)) {
    for (const [sizeB, timesB] of ofB) {
      sum -= timesA * timesB * Math.expm1(more * n * Math.log1p(-(sizeA / n) * (sizeB / n)));
    }
  }
  return sum;
}
