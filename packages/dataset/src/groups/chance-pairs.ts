import { poissonTail } from '../statistics/tails.js';
import type { Signatures } from './signatures.js';

/** Pairs of rows that are alike. */
export function pairsAlike({ sizes }: Signatures): number {
  let pairs = 0;
  for (const size of sizes) pairs += (size * (size - 1)) / 2;
  return pairs;
}

/**
 * Pairs of rows that agree in all columns when every column is dealt on its own: n·(n − 1) ÷ 2 · Π s, where s is the share of pairs that
 * agree in one column.
 */
export function pairsByChance({ columns, ids }: Signatures): number {
  const n = ids.length;
  return columns.reduce((product, { agreement }) => product * agreement, (n * (n - 1)) / 2);
}

/** Whether so many pairs are more than chance gives: at least twice as many, and of a probability below 0.005. */
export function moreThanChance(
  pairs: number,
  signatures: Signatures,
  expected = pairsByChance(signatures),
): boolean {
  return pairs >= 1 && pairs >= 2 * expected && poissonTail(pairs, expected) < 0.005;
}
