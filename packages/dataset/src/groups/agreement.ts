import type { Steps } from '../steps/steps.js';
import { hashOf, mixed } from './number-set.js';
import { type Cells, isMissing, type Signatures } from './signatures.js';

/** Signatures that lack the same columns. */
export interface Pattern {
  /** Places in `signatures.columns` of those that are missing; none for whole rows. */
  readonly missing: ReadonlySet<number>;
  readonly signatures: readonly number[];
}

export function* patternsOf({ columns, first }: Signatures): Steps<Pattern[]> {
  const withGaps = columns.flatMap((column, at) => (column.gaps ? [{ column, at }] : []));
  if (withGaps.length === 0) return [{ missing: new Set(), signatures: Array.from(first.keys()) }];
  const whole: Pattern & { signatures: number[] } = { missing: new Set(), signatures: [] };
  const known = new Map<number | string, Pattern & { signatures: number[] }>([[0, whole]]);
  for (let signature = 0; signature < first.length; signature++) {
    if ((signature & 0x7fff) === 0) yield;
    const key = missingIn(withGaps, first[signature]);
    let pattern = known.get(key);
    if (pattern === undefined) {
      const missing = withGaps.filter(({ column }) => isMissing(column, first[signature]));
      pattern = { missing: new Set(missing.map(({ at }) => at)), signatures: [] };
      known.set(key, pattern);
    }
    pattern.signatures.push(signature);
  }
  return [...known.values()].filter(({ signatures }) => signatures.length > 0);
}

/** Which of the columns lack the row's cell, as a number of a bit for each, or a text where they are too many; 0 for none. */
function missingIn(columns: readonly { readonly column: Cells }[], row: number): number | string {
  let [bits, bit, text] = [0, 1, ''];
  for (let i = 0; i < columns.length; i++) {
    if (i > 0 && i % 50 === 0) {
      text += `${bits},`;
      [bits, bit] = [0, 1];
    }
    if (isMissing(columns[i].column, row)) bits += bit;
    bit *= 2;
  }
  return text === '' ? bits : /^[0,]*$/.test(text) && bits === 0 ? 0 : text + bits;
}

/**
 * Calls `onAgree` for signatures a of one pattern and b of another, of which every a agrees with every b: equal in all columns where both
 * have a value. This is the one rule for missing cells, in panels, groups, twins and conflicts alike.
 */
export type OnAgree = (a: readonly number[], b: readonly number[], of: readonly [Pattern, Pattern]) => void;

/**
 * Finds all signatures that agree, but those of one pattern, which never do. Either every two are compared, or they are sorted into
 * buckets by the columns that two patterns share, whichever looks at fewer cells.
 *
 * @returns false, having done nothing, when more than `most` cells would have to be looked at
 */
export function* findAgreeing(
  signatures: Signatures,
  patterns: readonly Pattern[],
  onAgree: OnAgree,
  most = Infinity,
): Steps<boolean> {
  const holed = patterns.filter(({ missing }) => missing.size > 0);
  const inHoled = holed.reduce((sum, pattern) => sum + pattern.signatures.length, 0);
  const oneByOne = inHoled * signatures.count * 2;
  const byBuckets = holed.length * signatures.count * signatures.columns.length * 4;
  if (Math.min(oneByOne, byBuckets) > most) return false;
  const compare = oneByOne < byBuckets ? comparePairs : compareBuckets;
  let looked = 0;
  for (const [i, a] of patterns.entries()) {
    for (const b of patterns.slice(i + 1)) {
      if (a.missing.size === 0 && b.missing.size === 0) continue;
      compare(signatures, [a, b], onAgree);
      looked +=
        oneByOne < byBuckets
          ? a.signatures.length * b.signatures.length
          : a.signatures.length + b.signatures.length;
      if (looked > 5e4) {
        looked = 0;
        yield;
      }
    }
  }
  return true;
}

function comparePairs(
  { columns, first }: Signatures,
  pair: readonly [Pattern, Pattern],
  onAgree: OnAgree,
): void {
  const [a, b] = pair;
  for (const one of a.signatures) {
    const row = first[one];
    for (const other of b.signatures) {
      const otherRow = first[other];
      const differs = ({ of }: Cells) => of[row] !== of[otherRow];
      const at = columns.findIndex(
        (column) => differs(column) && !isMissing(column, row) && !isMissing(column, otherRow),
      );
      if (at < 0) onAgree([one], [other], pair);
    }
  }
}

function compareBuckets(
  { columns, first }: Signatures,
  pair: readonly [Pattern, Pattern],
  onAgree: OnAgree,
): void {
  const [a, b] = pair;
  const shared = columns.filter((_, j) => !a.missing.has(j) && !b.missing.has(j));
  const hash = (signature: number) => {
    let sum = 0;
    for (const { of } of shared) sum = mixed(sum, hashOf(of[first[signature]]));
    return sum;
  };
  const alike = (one: number, other: number) => shared.every(({ of }) => of[first[one]] === of[first[other]]);
  // Signatures of one hash are nearly always alike; those that are not get a bucket of their own.
  const buckets = new Map<number, { a: number[]; b: number[] }[]>();
  const sides = [
    { side: 'a', list: a.signatures },
    { side: 'b', list: b.signatures },
  ] as const;
  const [fewer, more] = a.signatures.length <= b.signatures.length ? sides : ([sides[1], sides[0]] as const);
  for (const { side, list } of [fewer, more]) {
    for (const signature of list) {
      const key = hash(signature);
      const chain = buckets.get(key);
      // What nobody of the smaller pattern has can agree with nobody.
      if (side === more.side && chain === undefined) continue;
      const bucket = chain?.find((known) => alike(known[fewer.side][0], signature));
      if (bucket) bucket[side].push(signature);
      else if (side === fewer.side) {
        const fresh = { a: [], b: [], [side]: [signature] };
        if (chain) chain.push(fresh);
        else buckets.set(key, [fresh]);
      }
    }
  }
  for (const chain of buckets.values())
    for (const bucket of chain) if (bucket[more.side].length > 0) onAgree(bucket.a, bucket.b, pair);
}
