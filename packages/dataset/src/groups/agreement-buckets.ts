import type { Steps } from '../steps/steps.js';
import { hashOf, mixed } from './number-set.js';
import type { OnAgree, Pattern } from './patterns.js';
import { isMissing, type Signatures } from './signatures.js';

/** Signatures between two pauses: some milliseconds. */
const atOnce = 2 ** 17;

/**
 * Sorts the signatures of two patterns into buckets by the columns that both have. A signature's hash is that of its cells, joined by
 * exclusive or, so that the columns that the other pattern lacks are taken out of it again, a cell at a time.
 */
export class AgreementBuckets {
  readonly #signatures: Signatures;
  readonly #starts = new Map<Pattern, number>();
  /** Of all cells of a signature, pattern after pattern. */
  readonly #ofAll: Int32Array;
  /** Of the cells of each column with gaps, in the same order; 0 where missing. */
  readonly #ofColumn: (Int32Array | undefined)[] = [];
  readonly #scratch: readonly [Int32Array, Int32Array];

  private constructor(signatures: Signatures, patterns: readonly Pattern[]) {
    this.#signatures = signatures;
    this.#ofAll = new Int32Array(signatures.count);
    let [start, longest] = [0, 0];
    for (const pattern of patterns) {
      this.#starts.set(pattern, start);
      start += pattern.signatures.length;
      longest = Math.max(longest, pattern.signatures.length);
    }
    this.#scratch = [new Int32Array(longest), new Int32Array(longest)];
  }

  static *of(signatures: Signatures, patterns: readonly Pattern[]): Steps<AgreementBuckets> {
    const buckets = new AgreementBuckets(signatures, patterns);
    const { columns, first, count } = signatures;
    for (const [j, column] of columns.entries()) {
      const ofCells = new Int32Array(column.gaps ? count : 0);
      let at = 0;
      for (const pattern of patterns) {
        for (const signature of pattern.signatures) {
          const row = first[signature];
          if (!isMissing(column, row)) {
            const hash = mixed(j, hashOf(column.of[row]));
            buckets.#ofAll[at] ^= hash;
            if (column.gaps) ofCells[at] = hash;
          }
          at++;
        }
      }
      buckets.#ofColumn.push(column.gaps ? ofCells : undefined);
      yield;
    }
    return buckets;
  }

  *compare(pair: readonly [Pattern, Pattern], onAgree: OnAgree): Steps<void> {
    const [a, b] = pair;
    const { columns, first } = this.#signatures;
    const shared = columns.filter((_, j) => !a.missing.has(j) && !b.missing.has(j)).map(({ of }) => of);
    const alike = (one: number, other: number) => {
      const [row, otherRow] = [first[one], first[other]];
      for (const of of shared) if (of[row] !== of[otherRow]) return false;
      return true;
    };
    const [fewer, more] = a.signatures.length <= b.signatures.length ? [a, b] : [b, a];
    // What nobody of the smaller pattern has can agree with nobody, so that its values alone have buckets.
    const ofFewer: number[][] = [];
    const ofMore: (number[] | undefined)[] = [];
    const hashes: number[] = [];
    const mask = 2 ** Math.ceil(Math.log2(2 * fewer.signatures.length + 2)) - 1;
    const places = new Int32Array(mask + 1); // one more than the bucket, 0 for none
    const placeOf = (hash: number, signature: number) => {
      let place = (hash ^ (hash >>> 15)) & mask;
      for (;;) {
        const bucket = places[place] - 1;
        if (bucket < 0 || (hashes[bucket] === hash && alike(ofFewer[bucket][0], signature))) return place;
        place = (place + 1) & mask;
      }
    };
    const keys = this.#keys(fewer, more, this.#scratch[0]);
    for (let i = 0; i < fewer.signatures.length; i++) {
      const signature = fewer.signatures[i];
      const place = placeOf(keys[i], signature);
      if (places[place] > 0) ofFewer[places[place] - 1].push(signature);
      else {
        places[place] = ofFewer.push([signature]);
        hashes.push(keys[i]);
      }
      if (i % atOnce === atOnce - 1) yield;
    }
    const sought = this.#keys(more, fewer, this.#scratch[1]);
    for (let i = 0; i < more.signatures.length; i++) {
      const signature = more.signatures[i];
      const bucket = places[placeOf(sought[i], signature)] - 1;
      if (bucket >= 0) {
        const known = ofMore[bucket];
        if (known) known.push(signature);
        else ofMore[bucket] = [signature];
      }
      if (i % atOnce === atOnce - 1) yield;
    }
    for (const [bucket, list] of ofFewer.entries()) {
      const others = ofMore[bucket];
      if (others === undefined) continue;
      if (fewer === a) onAgree(list, others, pair);
      else onAgree(others, list, pair);
    }
  }

  /** The hash of each signature of a pattern, in the columns that it shares with the other. */
  #keys(pattern: Pattern, other: Pattern, keys: Int32Array): Int32Array {
    const start = this.#starts.get(pattern) as number;
    const { length } = pattern.signatures;
    keys.set(this.#ofAll.subarray(start, start + length));
    for (const j of other.missing) {
      const ofCells = this.#ofColumn[j];
      if (ofCells === undefined || pattern.missing.has(j)) continue;
      for (let i = 0; i < length; i++) keys[i] ^= ofCells[start + i];
    }
    return keys;
  }
}
