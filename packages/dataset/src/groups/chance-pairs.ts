import { poissonTail } from '../statistics/tails.js';
import type { Signatures } from './signatures.js';

/**
 * Whether so many pairs of equal rows are more than chance gives: at least twice as many, and of a probability below 0.002.
 *
 * @param tests how many such questions are asked of one table: the probability is for all of them together (Bonferroni)
 */
export const moreThanChance = (pairs: number, expected: number, tests = 1): boolean =>
  pairs >= 1 && pairs >= 2 * expected && poissonTail(pairs, expected) < 0.002 / tests;

/**
 * Whether rows repeat more than they would if every column were dealt on its own: then n·(n − 1) ÷ 2 · Π s pairs would be alike, where s
 * is the share of pairs that agree in one column.
 */
export function repeatsBeyondChance({ columns, ids, sizes }: Signatures): boolean {
  const n = ids.length;
  let pairs = 0;
  for (const size of sizes) pairs += (size * (size - 1)) / 2;
  return moreThanChance(
    pairs,
    columns.reduce((product, { agreement }) => product * agreement, (n * (n - 1)) / 2),
  );
}
