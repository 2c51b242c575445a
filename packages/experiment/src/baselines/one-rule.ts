import type { CategoryColumn, Column, Table } from '@rectify/dataset';
import { shown } from '../arguments/assert.js';
import type { Problem } from '../design/problem.js';
import { short } from '../words/numbers.js';
import { fitMajority, type Majority } from './majority.js';

/** One question on one column, and what each answer to it makes one say. */
export interface OneRule {
  readonly column: string;
  /** For a number column: values above it go to the second part. */
  readonly threshold?: number;
  /** At most, and above the threshold; or one for each level of a category. A missing value goes to `rest`. */
  readonly parts: readonly Majority[];
  readonly rest: Majority;
}

/**
 * The best single rule of a training part: a threshold on one number column, or the levels of one category, with the most common class
 * (or the mean) of each side; the fewest errors (least squared error) decide, those of rows without a value among them; the first column of
 * equal ones wins. It is what the audit's `threshold-solves-task` warns of, and the 1R of Holte 1993 with one cut.
 */
export function fitOneRule(problem: Problem, rows: Uint32Array): OneRule {
  const { table, features, truth, task, classes } = problem;
  const own = Float64Array.from(rows, (row) => truth[row]);
  const majority = (list: ArrayLike<number>) => fitMajority(list, task, classes.length);
  const rest = majority(own);
  const ofRest = (some: Uint32Array) => costOf(rest, problem, some);
  const equal = 1e-9 * ofRest(rows); // by rounding alone
  let best: { column: string; threshold?: number; cost: number } | undefined;
  for (const column of features) {
    const of = table.column(column);
    const found = of.kind === 'number' ? bestThreshold(problem, of.values, rows) : byLevel(problem, of, rows);
    if (found === undefined) continue;
    const cost = found.cost + ofRest(rows.filter((row) => isMissing(of, row)));
    if (cost < (best?.cost ?? Infinity) - equal) best = { column, ...found, cost };
  }
  if (best === undefined) return { column: features[0], threshold: Infinity, parts: [rest, rest], rest };
  const parts = Array.from({ length: partsOf(table, best.column) }, (): number[] => []);
  for (const row of rows) parts[partOf(table, best, row)]?.push(truth[row]);
  const { column, threshold } = best;
  return {
    ...{ column, parts: parts.map((list) => (list.length > 0 ? majority(list) : rest)), rest },
    ...(threshold !== undefined && { threshold }),
  };
}

/** What the rule says of a row. */
export const appliedRule = (rule: OneRule, { table }: Problem, row: number): Majority =>
  rule.parts[partOf(table, rule, row)] ?? rule.rest;

/** `Plasma R > 11: Type2, else Normal`. */
export function ruleText({ column, threshold, parts }: OneRule, { table, classes }: Problem): string {
  const said = ({ answer }: Majority) => (classes.length > 0 ? classes[answer] : short(answer));
  const of = table.column(column);
  if (threshold === Infinity) return `no rule, always ${said(parts[0])}`;
  if (threshold !== undefined)
    return `${column} > ${+threshold.toPrecision(6)}: ${said(parts[1])}, else ${said(parts[0])}`;
  const levels = of.kind === 'category' ? of.levels : [];
  const shownLevels = levels.slice(0, 6).map((level, i) => `${shown(level)}: ${said(parts[i])}`);
  return `${column} ${shownLevels.join(', ')}${levels.length > 6 ? ', …' : ''}`;
}

function partsOf(table: Table, name: string): number {
  const column = table.column(name);
  return column.kind === 'number' ? 2 : column.levels.length;
}

/** The part of a row; −1 where its value is missing. */
function partOf(
  table: Table,
  { column, threshold }: { column: string; threshold?: number },
  row: number,
): number {
  const of = table.column(column);
  if (of.kind === 'category') return of.codes[row];
  const value = of.values[row];
  return Number.isNaN(value) ? -1 : value > (threshold as number) ? 1 : 0;
}

const isMissing = (column: Column, row: number): boolean =>
  column.kind === 'number' ? Number.isNaN(column.values[row]) : column.codes[row] < 0;

/** Errors, or squared errors, of one answer for these rows. */
function costOf({ answer }: Majority, { truth, task }: Problem, rows: Uint32Array): number {
  let cost = 0;
  for (const row of rows) {
    const away = truth[row] - answer;
    cost += task === 'regression' ? away * away : away === 0 ? 0 : 1;
  }
  return cost;
}

/** Errors of a part that says its most common class, or squared errors of one that says its mean, while rows come and go. */
interface Side {
  add(value: number, sign: 1 | -1): void;
  cost(): number;
}

function sideOf({ task, classes }: Problem): Side {
  if (task === 'regression') {
    let [rows, sum, squares] = [0, 0, 0];
    return {
      add(value, sign) {
        rows += sign;
        sum += sign * value;
        squares += sign * value * value;
      },
      cost: () => (rows > 0 ? squares - (sum * sum) / rows : 0),
    };
  }
  const counts = new Float64Array(classes.length);
  let rows = 0;
  return {
    add(value, sign) {
      counts[value] += sign;
      rows += sign;
    },
    cost() {
      let most = 0;
      for (const n of counts) if (n > most) most = n;
      return rows - most;
    },
  };
}

function bestThreshold(problem: Problem, values: Float64Array, rows: Uint32Array) {
  // About the mean, so that squares of a target far from 0 lose no digits.
  const centre = problem.task === 'regression' ? problem.truth[rows[0]] : 0;
  const truth = (row: number) => problem.truth[row] - centre;
  const known = rows.filter((row) => !Number.isNaN(values[row])).sort((a, b) => values[a] - values[b]);
  const [below, above] = [sideOf(problem), sideOf(problem)];
  for (const row of known) above.add(truth(row), 1);
  let best: { threshold: number; cost: number } | undefined;
  for (let i = 0; i + 1 < known.length; i++) {
    below.add(truth(known[i]), 1);
    above.add(truth(known[i]), -1);
    const [here, next] = [values[known[i]], values[known[i + 1]]];
    if (here === next) continue;
    const cost = below.cost() + above.cost();
    // Halfway, but never at the upper value, which rounding may give.
    if (cost < (best?.cost ?? Infinity)) best = { threshold: Math.min((here + next) / 2, next), cost };
    if (best && best.threshold === next) best = { threshold: here, cost };
  }
  return best;
}

function byLevel(problem: Problem, { codes, levels }: CategoryColumn, rows: Uint32Array) {
  const sides = levels.map(() => sideOf(problem));
  for (const row of rows) sides[codes[row]]?.add(problem.truth[row], 1);
  return { cost: sides.reduce((sum, side) => sum + side.cost(), 0) };
}
