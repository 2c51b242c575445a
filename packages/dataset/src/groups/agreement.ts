import type { Steps } from '../steps/steps.js';
import { AgreementBuckets } from './agreement-buckets.js';
import type { OnAgree, Pattern } from './patterns.js';
import { type Cells, isMissing, type Signatures } from './signatures.js';

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
  const buckets = oneByOne < byBuckets ? undefined : yield* AgreementBuckets.of(signatures, patterns);
  let looked = 0;
  for (const [i, a] of patterns.entries()) {
    for (const b of patterns.slice(i + 1)) {
      if (a.missing.size === 0 && b.missing.size === 0) continue;
      if (buckets) {
        yield* buckets.compare([a, b], onAgree);
        looked += a.signatures.length + b.signatures.length;
      } else {
        yield* comparePairs(signatures, [a, b], onAgree);
        looked += a.signatures.length * b.signatures.length;
      }
      if (looked > 5e4) {
        looked = 0;
        yield;
      }
    }
  }
  return true;
}

function* comparePairs(
  { columns, first }: Signatures,
  pair: readonly [Pattern, Pattern],
  onAgree: OnAgree,
): Steps<void> {
  const [a, b] = pair;
  let looked = 0;
  for (const one of a.signatures) {
    looked += b.signatures.length;
    if (looked > 5e4) {
      looked = 0;
      yield;
    }
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
