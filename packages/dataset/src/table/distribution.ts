import { quantileSorted } from './describe.js';

/** A value and how many cells have it. */
export interface Run {
  readonly value: number;
  readonly size: number;
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
