import { sortedNumbers } from '../steps/sorted.js';
import { finish, type Steps } from '../steps/steps.js';
import type { CategoryColumn, Column } from './column.js';
import { textTable } from './text-table.js';

/** What one column holds. The figures of a category are NaN. */
export interface ColumnSummary {
  readonly column: string;
  readonly kind: 'number' | 'category';
  /** Cells that are not missing. */
  readonly count: number;
  readonly missing: number;
  /** Different values, missing not counted. */
  readonly distinct: number;
  readonly mean: number;
  /** Population standard deviation (divided by count), as scikit-learn's StandardScaler. */
  readonly sd: number;
  readonly min: number;
  /** Quartiles interpolate linearly between neighbours, as numpy's default. */
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  /** Share of the counted cells that are below 0. */
  readonly negativeShare: number;
}

/** Summaries of all columns as data, printable as a text table. */
export class Description {
  readonly columns: readonly ColumnSummary[];

  constructor(columns: readonly ColumnSummary[]) {
    this.columns = columns;
  }

  toString(): string {
    const keys = [
      'column',
      'count',
      'missing',
      'distinct',
      'mean',
      'sd',
      'min',
      'q1',
      'median',
      'q3',
      'max',
    ] as const;
    return textTable(
      [...keys, 'negative'],
      this.columns.map((summary) => [...keys.map((key) => summary[key]), summary.negativeShare]),
    );
  }
}

export const describeColumn = (name: string, column: Column): ColumnSummary =>
  finish(columnSteps(name, column));

export function* columnSteps(name: string, column: Column): Steps<ColumnSummary> {
  return column.kind === 'category' ? ofTexts(name, column) : yield* ofNumbers(name, column.values);
}

function ofTexts(column: string, { codes, levels }: CategoryColumn): ColumnSummary {
  const seen = new Uint8Array(levels.length);
  let [count, distinct] = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) continue;
    count++;
    if (seen[codes[row]] === 0) distinct++;
    seen[codes[row]] = 1;
  }
  const figures = { mean: NaN, sd: NaN, min: NaN, q1: NaN, median: NaN, q3: NaN, max: NaN };
  const missing = codes.length - count;
  return { column, kind: 'category', count, missing, distinct, ...figures, negativeShare: NaN };
}

function* ofNumbers(column: string, numbers: Float64Array): Steps<ColumnSummary> {
  const sorted = yield* sortedNumbers(numbers);
  const count = sorted.length;
  const { mean, sd } = moments(sorted);
  let [negative, distinct] = [0, 0];
  for (let i = 0; i < count; i++) {
    if (sorted[i] < 0) negative++;
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  }
  const at = (p: number) => quantileSorted(sorted, p);
  const figures = { mean, sd, min: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), max: at(1) };
  const missing = numbers.length - count;
  return { column, kind: 'number', count, missing, distinct, ...figures, negativeShare: negative / count };
}

/** Mean and population standard deviation, in two passes; NaN of no values. */
export function moments(values: ArrayLike<number>): { mean: number; sd: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  const sd = Math.sqrt(squares / n);
  return squares > 1e-280 && squares < Infinity ? { mean, sd } : momentsOfExtremes(values, mean, sd);
}

/** Where squares overflow, or vanish: of the numbers divided by a power of 2, which is exact. */
function momentsOfExtremes(
  values: ArrayLike<number>,
  mean: number,
  sd: number,
): { mean: number; sd: number } {
  const n = values.length;
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(values[i]));
  if (!(most > 0 && most < Infinity)) return { mean, sd };
  const scale = 2 ** Math.floor(Math.log2(most));
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) sum += values[i] / scale;
  for (let i = 0; i < n; i++) squares += (values[i] / scale - sum / n) ** 2;
  return { mean: (sum / n) * scale, sd: Math.sqrt(squares / n) * scale };
}

/** The p-quantile of ascending values by linear interpolation (Hyndman and Fan's type 7, numpy's default); NaN of no values. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return at === below ? low : low + (high - low) * (at - below);
}
