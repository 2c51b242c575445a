import type { Steps } from '../steps/steps.js';
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
