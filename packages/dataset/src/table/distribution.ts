import { quantileSorted } from './describe.js';

/** A value and how many cells have it. */
export interface Run {
  readonly value: number;
  readonly size: number;
}

/** The cells on one side of the median; equal cells at the median are on neither. */
export interface Side {
  readonly count: number;
  /** Half the way from the median to the next value. */
  readonly edge: number;
  /** A quarter of the cells lies between the edge and `near`, a quarter beyond `far`. */
  readonly near: number;
  readonly far: number;
  /** The quartile of all cells on this side. */
  readonly quartile: number;
}

/** The numbers of a column in ascending order, missing cells left out. */
export class Distribution {
  readonly count: number;
  /** How many numbers differ. */
  readonly distinct: number;
  readonly #values: Float64Array;
  /** Cells up to and with each value; undefined where `#values` holds every cell. */
  readonly #upTo: Float64Array | undefined;

  private constructor(values: Float64Array, upTo: Float64Array | undefined, count: number, distinct: number) {
    this.#values = values;
    this.#upTo = upTo;
    this.count = count;
    this.distinct = distinct;
  }

  /** Of different values in ascending order, and the cells of each. */
  static ofSizes(values: Float64Array, sizes: Int32Array): Distribution {
    let count = 0;
    const upTo = Float64Array.from(sizes, (size) => {
      count += size;
      return count;
    });
    return new Distribution(values, upTo, count, values.length);
  }

  /** Of all cells in ascending order. */
  static ofSorted(sorted: Float64Array): Distribution {
    let distinct = 0;
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
    return new Distribution(sorted, undefined, sorted.length, distinct);
  }

  get min(): number {
    return this.#values[0] ?? NaN;
  }

  get max(): number {
    return this.#values.at(-1) ?? NaN;
  }

  /** By linear interpolation, as numpy's default. */
  quantile(p: number): number {
    if (this.#upTo === undefined) return quantileSorted(this.#values, p);
    const at = (this.count - 1) * p;
    const below = Math.floor(at);
    const low = this.#at(below);
    return at === below ? low : low + (this.#at(below + 1) - low) * (at - below);
  }

  /** What lies below or above the median, by `spreadQuantile`; undefined where nothing does. */
  side(side: 'low' | 'high'): Side | undefined {
    if (this.count === 0) return undefined;
    const { from, to, below, above } = this.#runAt(this.count / 2);
    const low = side === 'low';
    const count = low ? from : this.count - to;
    if (count === 0) return undefined;
    const at = (share: number) =>
      this.spreadQuantile((low ? from - share * count : to + share * count) / this.count);
    return {
      count,
      edge: low ? below : above,
      near: at(0.25),
      far: at(0.75),
      quartile: this.spreadQuantile(low ? 0.25 : 0.75),
    };
  }

  /**
   * The quantile when equal cells lie evenly between the middles to the next values on either side, so that it tells rounded numbers apart
   * as if they had not been rounded.
   */
  spreadQuantile(p: number): number {
    const at = p * this.count;
    const { from, to, below, above } = this.#runAt(at);
    return below + ((above - below) * (at - from)) / (to - from);
  }

  /** The cells from … to of the value at this place, and the middles to the next values. */
  #runAt(at: number): { from: number; to: number; below: number; above: number } {
    const values = this.#values;
    const cell = Math.min(this.count - 1, Math.floor(at));
    const value = this.#upTo === undefined ? values[cell] : this.#at(cell);
    const first = firstPlace(values, (x) => x >= value);
    const end = firstPlace(values, (x) => x > value);
    const [lower, upper] = [values[first - 1], values[end]];
    const below = (value + (lower ?? value - ((upper ?? value) - value))) / 2;
    const above = (value + (upper ?? value + (value - (lower ?? value)))) / 2;
    return this.#upTo === undefined
      ? { from: first, to: end, below, above }
      : { from: first > 0 ? this.#upTo[first - 1] : 0, to: this.#upTo[end - 1], below, above };
  }

  /** The lowest values and their cells, or the highest, the outermost first. */
  outermost(side: 'low' | 'high', most: number): Run[] {
    const runs: { value: number; size: number }[] = [];
    const { length } = this.#values;
    for (let i = 0; i < length; i++) {
      const at = side === 'low' ? i : length - 1 - i;
      const value = this.#values[at];
      const size = this.#upTo === undefined ? 1 : this.#upTo[at] - (at > 0 ? this.#upTo[at - 1] : 0);
      const last = runs.at(-1);
      if (last?.value === value) last.size += size;
      else if (runs.length === most) break;
      else runs.push({ value, size });
    }
    return runs;
  }

  #at(cell: number): number {
    const upTo = this.#upTo as Float64Array;
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle] > cell) high = middle;
      else low = middle + 1;
    }
    return this.#values[low] ?? NaN;
  }
}

/** The first place at which the test holds, of a test that holds from some place on. */
function firstPlace(values: Float64Array, test: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(values[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
