import { differInSample, drawnRows } from './drawn-rows.js';
import { expectedPairs, type Grouping, type Groups } from './group-rows.js';
import { NumberSet } from './number-set.js';

/** Most cells that one search for panels looks at: some 10 seconds. */
const mostCells = 4e9;

/** Pairs that could be, for each of which there may be a bit: 16 MB. */
const mostBits = 2 ** 27;

/** A grouping has at least as many pairs with another as groups, and they must be few. */
export const mayBePart = ({ count }: Groups, rows: number, minRows: number): boolean =>
  count > 1 && count * minRows <= rows;

/** Distinct pairs of two groupings as a share of those to be expected by chance, found without looking at all rows where a few settle it. */
export class PairMeasure {
  readonly #rows: number;
  readonly #maxRatio: number;
  readonly #mostNow: number;
  readonly #more: number;
  readonly #minRows: number;
  readonly #seen = new Int32Array(2 ** 20);
  #drawn: Int32Array | undefined;
  #stamp = 0;
  #looked = 0;

  /** @param more how many times as many rows shall show `maxRatio`; of those that there are it may be twice that, when this is above 1 */
  constructor(rows: number, maxRatio: number, minRows: number, more = 1) {
    this.#rows = rows;
    this.#maxRatio = maxRatio;
    this.#mostNow = more === 1 ? maxRatio : Math.min(2 * maxRatio, (1 + maxRatio) / 2);
    this.#minRows = minRows;
    this.#more = more;
  }

  /** Whether the bound of looked-at cells is reached; from then on nothing is measured. */
  get spent(): boolean {
    return this.#looked > mostCells;
  }

  /** The measure, when it is below `lowest` and the pair may be part of a panel. */
  of(a: Grouping, b: Grouping, lowest: number): number | undefined {
    const possible = a.count * b.count;
    const most = Math.min(
      this.#rows / this.#minRows,
      this.#maxRatio * possible,
      Math.min(this.#mostNow, lowest) * Math.min(possible, this.#rows),
    );
    if (Math.max(a.count, b.count) > most || this.spent) return undefined;
    const pairs =
      possible <= this.#seen.length ? this.#distinctInTable(a, b, most) : this.#distinctOfMany(a, b, most);
    if (pairs === undefined) return undefined;
    const [inA, inB] = a.missing + b.missing === 0 ? [a.sizes, b.sizes] : sizesOfWhole(a, b);
    const ratio = pairs / expectedPairs(inA, inB);
    if (!(ratio <= this.#mostNow && ratio < lowest)) return undefined;
    return this.#more === 1 || pairs <= this.#maxRatio * expectedPairs(inA, inB, this.#more)
      ? ratio
      : undefined;
  }

  /** Distinct pairs, or undefined when there are more than `most`. */
  #distinctInTable(a: Grouping, b: Grouping, most: number): number | undefined {
    const [idsA, idsB, width, seen] = [a.ids, b.ids, b.count, this.#seen];
    const stamp = ++this.#stamp;
    let pairs = 0;
    let row = 0;
    for (; row < idsA.length && pairs <= most; row++) {
      const [x, y] = [idsA[row], idsB[row]];
      if (x < 0 || y < 0) continue;
      const key = x * width + y;
      if (seen[key] === stamp) continue;
      seen[key] = stamp;
      pairs++;
    }
    this.#looked += row;
    return pairs <= most ? pairs : undefined;
  }

  #distinctOfMany(a: Grouping, b: Grouping, most: number): number | undefined {
    if (this.#differsInSample(a, b, most)) return undefined;
    return a.count * b.count <= mostBits ? this.#distinctInBits(a, b, most) : this.#distinctInSet(a, b, most);
  }

  /** A bit for each pair that could be: a fifth of the time of a set. */
  #distinctInBits(a: Grouping, b: Grouping, most: number): number | undefined {
    const [idsA, idsB, width] = [a.ids, b.ids, b.count];
    const seen = new Int32Array(((a.count * width) >>> 5) + 1);
    let pairs = 0;
    let row = 0;
    for (; row < idsA.length && pairs <= most; row++) {
      const [x, y] = [idsA[row], idsB[row]];
      if (x < 0 || y < 0) continue;
      const key = x * width + y;
      const bit = 1 << (key & 31);
      if ((seen[key >>> 5] & bit) !== 0) continue;
      seen[key >>> 5] |= bit;
      pairs++;
    }
    this.#looked += row;
    return pairs <= most ? pairs : undefined;
  }

  #distinctInSet(a: Grouping, b: Grouping, most: number): number | undefined {
    const set = new NumberSet();
    let row = 0;
    for (; row < a.ids.length && set.size <= most; row++) {
      const [x, y] = [a.ids[row], b.ids[row]];
      if (x >= 0 && y >= 0) set.add(x * b.count + y);
    }
    this.#looked += row;
    return set.size <= most ? set.size : undefined;
  }

  /** Whether a sample shows more than `most` different pairs. */
  #differsInSample(a: Grouping, b: Grouping, most: number): boolean {
    if (this.#rows < 2 ** 16) return false;
    const set = new NumberSet();
    let present = 0;
    this.#drawn ??= drawnRows(this.#rows);
    for (const row of this.#drawn) {
      const [x, y] = [a.ids[row], b.ids[row]];
      if (x < 0 || y < 0) continue;
      present++;
      set.add(x * b.count + y);
    }
    return differInSample(present, present - set.size, most);
  }
}

/** Rows of each group, of the rows that have both. */
function sizesOfWhole(a: Grouping, b: Grouping): [Int32Array, Int32Array] {
  const [sizesA, sizesB] = [new Int32Array(a.count), new Int32Array(b.count)];
  for (let row = 0; row < a.ids.length; row++) {
    if (a.ids[row] < 0 || b.ids[row] < 0) continue;
    sizesA[a.ids[row]]++;
    sizesB[b.ids[row]]++;
  }
  return [sizesA, sizesB];
}
