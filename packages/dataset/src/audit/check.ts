// What all checks of the audit share: what they are given, and how they count, list and word what they found.
import type { Codes } from '../groups/codes.js';
import type { IdColumn } from '../groups/id-columns.js';
import type { Panels } from '../groups/panels.js';
import type { TableCodes } from '../groups/table-codes.js';
import type { Split } from '../split/split.js';
import { sortedNumbers } from '../steps/sorted.js';
import type { Steps } from '../steps/steps.js';
import type { CategoryColumn } from '../table/column.js';
import { Distribution, type Run, type Side } from '../table/distribution.js';
import type { Table } from '../table/table.js';
import type { Finding, FindingId } from './finding.js';
import type { AuditThresholds } from './thresholds.js';

/** What a check is given. */
export interface AuditInput {
  readonly table: Table;
  readonly thresholds: AuditThresholds;
  readonly codes: TableCodes;
  readonly panels: Panels;
  readonly ids: readonly IdColumn[];
  /** All columns but ids. */
  readonly identity: readonly string[];
  /** The features but ids. */
  readonly features: readonly string[];
  /** Those of them that are numbers. */
  readonly numbers: readonly string[];
  /** Undefined without a label column, or where no row, or every row, has one class. */
  readonly labels: Labels | undefined;
  readonly split: Split | undefined;
  readonly groups: ArrayLike<number> | undefined;
  /** Says that a check did not run. */
  skip(ids: readonly FindingId[], reason: string): void;
  /** Says what was left out of a check that ran. */
  note(text: string): void;
  /** What is asked of the sorted numbers of a column; they themselves are not kept. */
  profile(name: string): Steps<Profile>;
}

/** A check finds something, or nothing, or says by `skip` why it cannot run. It yields wherever it may be paused. */
export type Check = (input: AuditInput) => Steps<Finding[]>;

/** The labels of the rows that have one. */
export interface Labels {
  readonly name: string;
  /** Class of every row, −1 where the label is missing. */
  readonly ids: Int32Array;
  readonly sizes: Int32Array;
  readonly names: readonly string[];
  /** Rows with a label. */
  readonly rows: number;
  readonly majority: { readonly id: number; readonly name: string; readonly share: number };
}

export function labelsOf(codes: TableCodes, name: string): Labels {
  const { ids, sizes, missing } = codes.of(name) as Codes;
  const { codes: cells, levels } = codes.table.column(name) as CategoryColumn;
  const occurs = new Set(cells);
  const names = levels.filter((_, code) => occurs.has(code));
  const rows = ids.length - missing;
  const id = sizes.indexOf(largest(sizes));
  return { name, ids, sizes, names, rows, majority: { id, name: names[id] ?? '', share: sizes[id] / rows } };
}

/** Figures of the sorted numbers of a column. */
export interface Profile {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly q1: number;
  readonly q3: number;
  /** Between the quartiles of the numbers before rounding, as far as these can be known. */
  readonly iqr: number;
  /** What lies below and above the median; undefined where nothing does. */
  readonly sides: { readonly low: Side | undefined; readonly high: Side | undefined };
  /** The outermost eleven values on either side. */
  readonly lowest: readonly Run[];
  readonly highest: readonly Run[];
}

export function* profileOf(codes: TableCodes, name: string): Steps<Profile> {
  const known = codes.of(name);
  const cells =
    known?.values !== undefined
      ? Distribution.ofSizes(known.values, known.sizes)
      : Distribution.ofSorted(yield* sortedNumbers(codes.table.numbers(name)));
  const { count, min, max } = cells;
  const sides = { low: cells.side('low'), high: cells.side('high') };
  return {
    count,
    min,
    max,
    sides,
    q1: cells.quantile(0.25),
    q3: cells.quantile(0.75),
    iqr: cells.spreadQuantile(0.75) - cells.spreadQuantile(0.25),
    lowest: cells.outermost('low', 11),
    highest: cells.outermost('high', 11),
  };
}

/** Of checks that are tried again and again, such as one for each column, chance may make one fire in a thousand tables. */
export const chanceLevel = 0.001;

/** Rows of each class (columns of the matrix) for each value (its rows), of the rows that have both; row-major. */
export function countsByClass(ids: Int32Array, count: number, { ids: classes, sizes }: Labels): Int32Array {
  const k = sizes.length;
  const counts = new Int32Array(count * k);
  for (let row = 0; row < ids.length; row++) {
    if (ids[row] >= 0 && classes[row] >= 0) counts[ids[row] * k + classes[row]]++;
  }
  return counts;
}

/** Of any number of values; Math.max(...values) takes only some 100 000. */
export const largest = (values: ArrayLike<number>): number => {
  let most = values[0] ?? 0;
  for (let i = 1; i < values.length; i++) if (values[i] > most) most = values[i];
  return most;
};

export const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
};

export const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;

export const list = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

/** `1 row`, `2 rows`. */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;

export function rowsWhere(table: Table, test: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (test(row)) rows.push(row);
  return rows;
}

/** Rows that are in one list at least, ascending. */
export function union(lists: readonly (readonly number[])[], rowCount: number): number[] {
  const marked = new Uint8Array(rowCount);
  for (const rows of lists) for (const row of rows) marked[row] = 1;
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++) if (marked[row] === 1) rows.push(row);
  return rows;
}

/** Most details that a finding keeps. */
export const mostDetails = 1000;
