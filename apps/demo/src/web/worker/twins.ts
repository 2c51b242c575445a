// Which test rows of a random split have a twin in training.
import type { Table } from '@rectify/dataset';
import { resolveDesign, splitsOf } from '@rectify/experiment';
import { type Shared, sharedUnits } from '../../live/shared-units.js';

export interface Twins {
  /** None where no test row has a twin. */
  readonly shared: Shared | undefined;
  readonly testRows: number;
  /** Some of them: places in the table, the first row is 0. */
  readonly pairs: readonly { readonly test: number; readonly train: number }[];
  /** How the table asks to be split, and why. */
  readonly asks: string;
}

const mostPairs = 8;

/** @throws RangeError where the table cannot be split */
export function twinsOf(table: Table, seed: number): Twins {
  const options = { seeds: 2, seed, trainRows: 1_000_000, testRows: 1_000_000 };
  const { design, problem } = resolveDesign(table, { ...options, split: 'random' });
  const [{ train, test }] = splitsOf(problem, design, seed);
  const first = new Map<number, number>();
  for (const row of train) if (!first.has(problem.unitOf[row])) first.set(problem.unitOf[row], row);
  const pairs = Array.from(test).flatMap((row) => {
    const twin = first.get(problem.unitOf[row]);
    return twin === undefined || problem.units.kind === 'row'
      ? []
      : [{ test: problem.rows[row], train: problem.rows[twin] }];
  });
  return {
    shared: sharedUnits(problem, train, test),
    testRows: test.length,
    pairs: pairs.slice(0, mostPairs),
    asks: resolveDesign(table, options).design.splitReason,
  };
}
