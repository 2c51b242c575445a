import type { Steps } from '../steps/steps.js';
import { type AuditInput, counted, list, rowsWhere } from './check.js';
import type { Finding } from './finding.js';

interface Gaps {
  readonly column: string;
  readonly missing: number;
  readonly isMissing: (row: number) => boolean;
}

/** `missing-values`. */
export function* missingValues(input: AuditInput): Steps<Finding[]> {
  const { table, thresholds, features } = input;
  const rows = table.rowCount;
  const all: Gaps[] = [];
  for (const column of table.columnNames) {
    const cells = table.column(column);
    const isMissing =
      cells.kind === 'number'
        ? (row: number) => Number.isNaN(cells.values[row])
        : (row: number) => cells.codes[row] < 0;
    let missing = 0;
    for (let row = 0; row < rows; row++) if (isMissing(row)) missing++;
    all.push({ column, missing, isMissing });
    yield;
  }
  const gaps = all.filter(({ missing }) => missing / rows > thresholds.missingShare);
  if (gaps.length === 0) return [];
  const columns = gaps.map(({ column }) => column);
  const count = gaps.reduce((sum, { missing }) => sum + missing, 0);
  const inFeatures = all.filter(({ column }) => features.includes(column));
  const isEmpty = (row: number) =>
    inFeatures.length > 0 && inFeatures.every(({ isMissing }) => isMissing(row));
  const empty = inFeatures.every(({ missing }) => missing > 0) ? rowsWhere(table, isEmpty).length : 0;
  const wholly = empty > 0 ? ` ${counted(empty, 'row has', 'rows have')} no value in any feature.` : '';
  return [
    {
      id: 'missing-values',
      severity: 'warning',
      columns,
      count,
      rows: rowsWhere(table, (row) => gaps.some(({ isMissing }) => isMissing(row))),
      figure: Math.max(...gaps.map(({ missing }) => missing / rows)),
      explanation: `${counted(count, 'cell is', 'cells are')} missing, in ${list(columns)}.${wholly}`,
      advice: 'Impute them with figures of the training part (fitImputer), or drop the rows.',
      details: gaps.map(({ column, missing }) => ({ column, missing, share: missing / rows })),
    },
  ];
}
