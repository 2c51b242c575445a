import type { Column } from './column.js';
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

export function describeColumn(name: string, column: Column): ColumnSummary {
  if (column.kind === 'category') {
    const present = column.codes.filter((code) => code >= 0);
    return {
      ...{
        column: name,
        kind: 'category',
        count: present.length,
        missing: column.codes.length - present.length,
      },
      ...{
        distinct: new Set(present).size,
        mean: NaN,
        sd: NaN,
        min: NaN,
        q1: NaN,
        median: NaN,
        q3: NaN,
        max: NaN,
      },
      negativeShare: NaN,
    };
  }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  const { mean, sd } = moments(sorted);
  let negative = 0;
  let distinct = 0;
  sorted.forEach((value, i) => {
    if (value < 0) negative++;
    if (i === 0 || value !== sorted[i - 1]) distinct++;
  });
  const [min, q1, median, q3, max] = [0, 0.25, 0.5, 0.75, 1].map((p) => quantileSorted(sorted, p)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    ...{
      column: name,
      kind: 'number',
      count: sorted.length,
      missing: column.values.length - sorted.length,
      distinct,
    },
    ...{ mean, sd, min, q1, median, q3, max, negativeShare: negative / sorted.length },
  };
}

/** Mean and population standard deviation, in two passes; NaN of no values. */
export function moments(values: ArrayLike<number>): { mean: number; sd: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / n) };
}

/** The p-quantile of ascending values by linear interpolation (Hyndman and Fan's type 7, numpy's default); NaN of no values. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return at === below ? low : low + (high - low) * (at - below);
}
