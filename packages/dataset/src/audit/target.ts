import type { Codes } from '../groups/codes.js';
import { ranksOf, squares } from '../statistics/ranks.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, largest, list, percent } from './check.js';
import type { Finding } from './finding.js';

/** Of fewer rows chance puts two columns into one order too easily: 2 ÷ 10! of the pairs. */
const fewestRows = 10;
/** Rows that are looked at, evenly over the table. */
const mostRows = 5000;

/**
 * `label-leak` of a number to predict: the share of the variance of its ranks that a column tells, by its own ranks (Spearman's ρ²) or, where
 * it has few values, by the mean of each (η²). Ranks, since one far value would be most of the variance of the numbers themselves.
 */
export function* targetLeak({ table, thresholds, codes, identity, skip }: AuditInput): Steps<Finding[]> {
  const [target] = table.namesOf('target');
  if (target === undefined || table.namesOf('label').length > 0) return [];
  const goals = table.numbers(target);
  const rows = someRows(goals);
  if (rows.length < fewestRows || rows.every((row) => goals[row] === goals[rows[0]])) {
    const few = rows.length < fewestRows;
    skip(
      ['label-leak'],
      few
        ? `fewer than ${fewestRows} rows have a number in ${target}`
        : `every ${target} is ${goals[rows[0]]}`,
    );
    return [];
  }
  const leaks: { column: string; tellsTarget: number }[] = [];
  for (const { name, kind, role } of table.schema.columns) {
    if (!identity.includes(name) || role === 'target' || role === 'group') continue;
    yield;
    const known = codes.of(name);
    const byValue = known ? shareByValue(known, goals, rows, thresholds.leakMinRows) : 0;
    const byRank = kind === 'number' ? shareByRank(table.numbers(name), goals, rows) : 0;
    const tellsTarget = Math.max(byValue, byRank);
    if (tellsTarget >= thresholds.leakPurity) leaks.push({ column: name, tellsTarget });
  }
  if (leaks.length === 0) return [];
  const columns = leaks.map(({ column }) => column);
  const least = -largest(leaks.map(({ tellsTarget }) => -tellsTarget));
  return [
    {
      id: 'label-leak',
      severity: 'error',
      columns,
      count: columns.length,
      rows: [],
      figure: largest(leaks.map(({ tellsTarget }) => tellsTarget)),
      explanation: `${target} follows from ${list(columns)}: ${percent(least)}${least < 1 ? ' or more' : ''} of the variance of its ranks.`,
      advice: 'Leave such columns out of the features.',
      details: leaks,
    },
  ];
}

function someRows(goals: Float64Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < goals.length; row++) if (!Number.isNaN(goals[row])) rows.push(row);
  const step = Math.max(1, rows.length / mostRows);
  return rows.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

/** η² of the ranks; 0 where the values have too few rows. */
function shareByValue(
  { ids, count }: Codes,
  goals: Float64Array,
  rows: readonly number[],
  leastRows: number,
): number {
  const present = rows.filter((row) => ids[row] >= 0);
  const ranks = ranksOf(present.map((row) => goals[row]));
  const [sums, sizes] = [new Float64Array(count), new Int32Array(count)];
  present.forEach((row, i) => {
    sums[ids[row]] += ranks[i];
    sizes[ids[row]]++;
  });
  const values = sizes.filter((size) => size > 0).length;
  if (values < 2 || present.length < Math.max(fewestRows, leastRows * values)) return 0;
  const within = present.map((row, i) => ranks[i] - sums[ids[row]] / sizes[ids[row]]);
  return 1 - squares(within) / squares(ranks);
}

/** Spearman's ρ²; 0 where either is constant. */
function shareByRank(numbers: Float64Array, goals: Float64Array, rows: readonly number[]): number {
  const present = rows.filter((row) => !Number.isNaN(numbers[row]));
  if (present.length < fewestRows) return 0;
  const a = ranksOf(present.map((row) => numbers[row]));
  const b = ranksOf(present.map((row) => goals[row]));
  let product = 0;
  for (let i = 0; i < a.length; i++) product += a[i] * b[i];
  const of = squares(a) * squares(b);
  return of > 0 ? product ** 2 / of : 0;
}
