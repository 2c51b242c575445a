import { shown } from '../arguments/assert.js';
import type { Problem } from './problem.js';

/** Nearer to 1 than these, a number passes float32 only where the others of its column differ by rounding alone. */
const [small, large] = [1e-18, 1e18];

/** Whether a number of the features or the target is so far from 1 that a float32 may not hold what becomes of it. */
export const mayPassFloat32 = ({ table, features, label }: Problem): boolean =>
  [...features, label].some((name) => {
    const column = table.column(name);
    return (
      column.kind === 'number' &&
      column.values.some((value) => Math.abs(value) > large || (value !== 0 && Math.abs(value) < small))
    );
  });

/**
 * Networks hold numbers of up to 3.4e38.
 *
 * @param row among the labelled rows
 * @param prepared what the cell has become: scaled by what the training part was like
 * @throws RangeError that names the cell, where it is too far away
 */
export function assertFloat32(problem: Problem, name: string, row: number, prepared: number): void {
  if (Number.isFinite(Math.fround(prepared))) return;
  const value = problem.table.numbers(name)[row];
  const [is, asks] = Number.isNaN(value)
    ? ['is missing', 'its column is filled with the median']
    : [`has the value ${value}`, 'is it a code for missing?'];
  throw new RangeError(
    `column ${shown(name)} ${is} in row ${problem.rows[row] + 1}: as a network gets it, it passes 3.4e38, the largest float32; ${asks}`,
  );
}
