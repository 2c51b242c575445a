import { poissonTail } from '../statistics/tails.js';
import type { Signatures } from './signatures.js';

/** Pairs of equal rows, how many chance gives, and the rows of them. */
export interface EqualPairs {
  readonly pairs: number;
  readonly expected: number;
  /** Rows that have a partner, but one of each kind of equal rows. */
  readonly extra: number;
  /** Rows that could have one. */
  readonly rows: number;
}

/**
 * Whether so many pairs of equal rows are more than chance gives: at least twice as many, and of a probability below 0.002. Four equal rows
 * are six pairs at a blow, so the rows are held against chance too: of n rows and E expected pairs at most n·(1 − (1 − e^(−λ)) ÷ λ), with
 * λ = 2·E ÷ n, are equal to an earlier one, whatever the shares of the values are.
 *
 * @param tests how many such questions are asked of one table: the probability is for all of them together (Bonferroni)
 */
export const moreThanChance = ({ pairs, expected, extra, rows }: EqualPairs, tests = 1): boolean =>
  pairs >= 1 &&
  pairs >= 2 * expected &&
  poissonTail(pairs, expected) < 0.002 / tests &&
  poissonTail(extra, extraByChance(expected, rows)) < 0.002 / tests;

function extraByChance(expected: number, rows: number): number {
  const each = (2 * expected) / rows;
  return each < 1e-4 ? expected : rows * (1 + Math.expm1(-each) / each);
}

/**
 * Whether rows repeat more than they would if every column were dealt on its own: then n·(n − 1) ÷ 2 · Π s pairs would be alike, where s
 * is the share of pairs that agree in one column.
 */
export function repeatsBeyondChance({ columns, ids, sizes }: Signatures): boolean {
  const n = ids.length;
  let pairs = 0;
  for (const size of sizes) pairs += (size * (size - 1)) / 2;
  const expected = columns.reduce((product, { agreement }) => product * agreement, (n * (n - 1)) / 2);
  return moreThanChance({ pairs, expected, extra: n - sizes.length, rows: n });
}
