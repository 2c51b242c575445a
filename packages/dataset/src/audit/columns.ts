import { groupBy, groupSizes } from '../groups/group-rows.js';
import type { Panels } from '../groups/panels.js';
import { negativeShares } from '../prepare/negative-share.js';
import type { ColumnSummary } from '../table/describe.js';
import type { Table } from '../table/table.js';
import type { Finding } from './finding.js';
import type { AuditThresholds } from './thresholds.js';

export interface AuditInput {
  readonly table: Table;
  readonly thresholds: AuditThresholds;
  readonly panels: Panels;
}

/** Findings that need no label: columns one by one, or two by two. */
export function auditColumns(input: AuditInput): Finding[] {
  const { table } = input;
  const features = table.numberFeatureNames.map((name) => ({ name, values: table.numbers(name) }));
  const summaries = table.describe().columns;
  return [
    ...missingValues(input, summaries),
    ...constantColumns(input, summaries),
    ...nearConstantColumns(input, summaries),
    ...outliers(input, summaries),
    ...implausibleValues(input),
    ...correlatedFeatures(input, features),
    ...noNegativeInputs(input),
  ];
}

function missingValues({ table, thresholds }: AuditInput, summaries: readonly ColumnSummary[]): Finding[] {
  const gaps = summaries.filter(({ missing }) => missing / table.rowCount > thresholds.missingShare);
  if (gaps.length === 0) return [];
  const columns = gaps.map(({ column }) => column);
  const cells = columns.map((name) => table.column(name));
  const count = gaps.reduce((sum, { missing }) => sum + missing, 0);
  const isMissing = (row: number) =>
    cells.some((column) =>
      column.kind === 'number' ? Number.isNaN(column.values[row]) : column.codes[row] < 0,
    );
  return [
    {
      id: 'missing-values',
      severity: 'warning',
      columns,
      count,
      rows: rowsWhere(table, isMissing),
      figure: Math.max(...gaps.map(({ missing }) => missing / table.rowCount)),
      explanation: `${count} cells are missing, in ${list(columns)}.`,
      advice: 'Impute them with figures of the training part (fitImputer), or drop the rows.',
      details: gaps.map(({ column, missing }) => ({ column, missing, share: missing / table.rowCount })),
    },
  ];
}

function constantColumns({ table }: AuditInput, summaries: readonly ColumnSummary[]): Finding[] {
  const constant = summaries.filter(({ distinct }) => distinct <= 1 && table.rowCount > 1);
  if (constant.length === 0) return [];
  const columns = constant.map(({ column }) => column);
  return [
    {
      id: 'constant-columns',
      severity: 'warning',
      columns,
      count: columns.length,
      rows: [],
      figure: 1,
      explanation: `${list(columns)} ${columns.length > 1 ? 'have' : 'has'} one value in every row, so nothing can be learned from it.`,
      advice: 'Drop such columns.',
      details: constant.map(({ column, mean }) => ({
        column,
        value: Number.isNaN(mean) ? 'one text or none' : mean,
      })),
    },
  ];
}

function nearConstantColumns(
  { table, thresholds }: AuditInput,
  summaries: readonly ColumnSummary[],
): Finding[] {
  const near = summaries
    .filter(({ distinct }) => distinct > 1)
    .map(({ column, count }) => {
      const cells = table.column(column);
      const present =
        cells.kind === 'number'
          ? cells.values.filter((x) => !Number.isNaN(x))
          : cells.codes.filter((code) => code >= 0);
      return { column, share: largest(groupSizes(groupBy(present))) / count };
    })
    .filter(({ share }) => share >= thresholds.nearConstantShare);
  if (near.length === 0) return [];
  const columns = near.map(({ column }) => column);
  return [
    {
      id: 'near-constant-columns',
      severity: 'info',
      columns,
      count: columns.length,
      rows: [],
      figure: Math.max(...near.map(({ share }) => share)),
      explanation: `One value fills nearly every row of ${list(columns)}.`,
      advice: 'Check that the rare values are real, and whether the column is worth its input.',
      details: near,
    },
  ];
}

function outliers({ table, thresholds }: AuditInput, summaries: readonly ColumnSummary[]): Finding[] {
  const features = new Set(table.numberFeatureNames);
  const found = summaries
    .filter(({ column }) => features.has(column))
    .map(({ column, q1, q3, count }) => {
      const reach = thresholds.outlierFence * (q3 - q1);
      const [low, high] = [q1 - reach, q3 + reach];
      const values = table.numbers(column);
      const rows = rowsWhere(table, (row) => values[row] < low || values[row] > high);
      return { column, low, high, count: rows.length, share: rows.length / count, rows };
    })
    .filter(({ share }) => share > thresholds.outlierShare);
  if (found.length === 0) return [];
  const columns = found.map(({ column }) => column);
  const count = found.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      id: 'outliers',
      severity: 'info',
      columns,
      count,
      rows: union(found.map(({ rows }) => rows)),
      figure: Math.max(...found.map(({ share }) => share)),
      explanation: `${count} values lie more than ${thresholds.outlierFence} interquartile ranges beyond the quartiles, in ${list(columns)}.`,
      advice: 'Look at them; a robust scaler (fitRobustScaler) keeps them from setting the scale.',
      details: found.map(({ rows: _, ...detail }) => detail),
    },
  ];
}

/** Cells of one column on one side of the schema's range. */
export interface ImplausibleSide {
  readonly column: string;
  readonly side: 'below' | 'above';
  readonly limit: number;
  readonly rows: readonly number[];
}

export function implausibleSides(table: Table): ImplausibleSide[] {
  return table.schema.columns.flatMap(({ name, kind, range }) => {
    if (kind !== 'number' || range === undefined) return [];
    const values = table.numbers(name);
    const below = rowsWhere(table, (row) => values[row] < range.low);
    const above = rowsWhere(table, (row) => values[row] > range.high);
    return [
      { column: name, side: 'below', limit: range.low, rows: below } as const,
      { column: name, side: 'above', limit: range.high, rows: above } as const,
    ].filter(({ rows }) => rows.length > 0);
  });
}

function implausibleValues({ table, thresholds }: AuditInput): Finding[] {
  const sides = implausibleSides(table);
  const share = (column: string) =>
    sides.filter((side) => side.column === column).reduce((sum, { rows }) => sum + rows.length, 0) /
    table.rowCount;
  const found = sides.filter(({ column }) => share(column) > thresholds.implausibleShare);
  if (found.length === 0) return [];
  const columns = [...new Set(found.map(({ column }) => column))];
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
  return [
    {
      id: 'implausible-values',
      severity: 'error',
      columns,
      count,
      rows: union(found.map(({ rows }) => rows)),
      figure: Math.max(...columns.map(share)),
      explanation: `${count} values lie outside the plausible range of the schema, in ${list(columns)}.`,
      advice: 'Ask where they come from (other units, 0 for missing) before anything is learned from them.',
      details: found.map(({ column, side, limit, rows }) => {
        const values = rows.map((row) => table.numbers(column)[row]);
        const [low, high] = [
          values.reduce((a, b) => Math.min(a, b)),
          values.reduce((a, b) => Math.max(a, b)),
        ];
        return { column, count: rows.length, values: `${side} ${limit}`, from: low, to: high };
      }),
    },
  ];
}

function correlatedFeatures(
  { thresholds }: AuditInput,
  features: readonly { name: string; values: Float64Array }[],
): Finding[] {
  const pairs = features
    .flatMap((a, i) =>
      features
        .slice(i + 1)
        .map((b) => ({ first: a.name, second: b.name, correlation: pearson(a.values, b.values) })),
    )
    .filter(({ correlation }) => Math.abs(correlation) >= thresholds.correlation)
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  const [strongest] = pairs;
  if (strongest === undefined) return [];
  const columns = features
    .map(({ name }) => name)
    .filter((name) => pairs.some(({ first, second }) => first === name || second === name));
  return [
    {
      id: 'correlated-features',
      severity: 'info',
      columns,
      count: pairs.length,
      rows: [],
      figure: Math.abs(strongest.correlation),
      explanation: `${pairs.length} pairs of features say nearly the same, ${strongest.first} and ${strongest.second} most of all (r = ${strongest.correlation.toFixed(3)}).`,
      advice: 'Drop one of each pair, or reduce them by PCA (fitPca); read single weights with care.',
      details: pairs,
    },
  ];
}

/** Over the rows in which neither is missing; NaN when one is constant there. */
function pearson(a: Float64Array, b: Float64Array): number {
  let n = 0;
  let [meanA, meanB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    const [dx, dy] = [x - meanA, y - meanB];
    meanA += dx / n;
    meanB += dy / n;
    aa += dx * (x - meanA);
    bb += dy * (y - meanB);
    ab += dx * (y - meanB);
  }
  return ab / Math.sqrt(aa * bb);
}

function noNegativeInputs({ table, thresholds }: AuditInput): Finding[] {
  const names = table.numberFeatureNames;
  const complete = rowsWhere(table, (row) => names.every((name) => !Number.isNaN(table.numbers(name)[row])));
  if (names.length === 0 || complete.length < 2) return [];
  const { features, components } = negativeShares(table);
  const figure = Math.max(...features.map(({ raw }) => raw));
  if (figure > thresholds.negativeShare) return [];
  const range = (shares: number[]) => `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;
  return [
    {
      id: 'no-negative-inputs',
      severity: 'info',
      columns: names,
      count: names.length,
      rows: [],
      figure,
      explanation: `No feature has more than ${percent(figure)} negative values, but standardised ${range(features.map(({ standardised }) => standardised))} of each feature is negative, and ${range([...components])} of each principal component.`,
      advice:
        'Do not choose an activation by the sign of raw inputs: scaling decides it, and hidden units see their own sums.',
      details: [
        ...features.map(({ column, raw, standardised }) => ({ column, raw, standardised })),
        ...components.map((share, k) => ({ column: `component ${k + 1}`, standardised: share })),
      ],
    },
  ];
}

/** Of any number of values; Math.max(...values) takes only some 100 000. */
const largest = (values: Int32Array): number => values.reduce((most, value) => Math.max(most, value), 0);

export const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;

export const list = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

export function rowsWhere(table: Table, test: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < table.rowCount; row++) if (test(row)) rows.push(row);
  return rows;
}

const union = (lists: readonly (readonly number[])[]): number[] =>
  [...new Set(lists.flat())].sort((a, b) => a - b);
