/** A group for every row, numbered from 0 in order of appearance. */
export interface Groups {
  readonly ids: Int32Array;
  readonly count: number;
}

/** Rows with the same key are one group (keys compare as in a Map, so NaN equals NaN and 0 equals −0). */
export function groupBy(keys: ArrayLike<unknown>): Groups {
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
  }
  return { ids, count: known.size };
}

/** How many rows each group has. */
export function groupSizes({ ids, count }: Groups): Int32Array {
  const sizes = new Int32Array(count);
  for (const id of ids) sizes[id] = sizes[id] + 1;
  return sizes;
}

/** Distinct pairs to be expected if the two groupings were dealt independently: Σ 1 − (1 − p·q)ⁿ over all pairs of groups. */
export function expectedPairs(a: Groups, b: Groups): number {
  const n = a.ids.length;
  // Groups of one size have one term; there are at most √(2n) different sizes.
  const sizesOf = (groups: Groups) => {
    const tally = new Map<number, number>();
    for (const size of groupSizes(groups)) tally.set(size, (tally.get(size) ?? 0) + 1);
    return tally;
  };
  const sizesOfB = sizesOf(b);
  let sum = 0;
  for (const [sizeA, timesA] of sizesOf(a)) {
    for (const [sizeB, timesB] of sizesOfB) {
      sum -= timesA * timesB * Math.expm1(n * Math.log1p(-(sizeA / n) * (sizeB / n)));
    }
  }
  return sum;
}
