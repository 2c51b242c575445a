import type { Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { type AuditInput, counted, largest, list, rowsWhere, union } from './check.js';
import type { Finding } from './finding.js';
import { fittingUnit } from './units.js';

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

export const hasRanges = (table: Table): boolean =>
  table.schema.columns.some(({ range }) => range !== undefined);

/** `implausible-values`. */
export function* implausibleValues({ table, thresholds, skip }: AuditInput): Steps<Finding[]> {
  if (!hasRanges(table)) {
    skip(['implausible-values'], 'the schema gives no column a range');
    return [];
  }
  const sides = implausibleSides(table);
  yield;
  const share = (column: string) =>
    sides.filter((side) => side.column === column).reduce((sum, { rows }) => sum + rows.length, 0) /
    table.rowCount;
  const found = sides.filter(({ column }) => share(column) > thresholds.implausibleShare);
  if (found.length === 0) return [];
  const columns = [...new Set(found.map(({ column }) => column))];
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
  const units = new Map(columns.map((column) => [column, unitOf(table, column)]));
  const fitting = columns.flatMap((column) => units.get(column) ?? []);
  const ask = 'Ask where they come from (other units, 0 for missing) before anything is learned from them.';
  return [
    {
      id: 'implausible-values',
      severity: 'error',
      columns,
      count,
      rows: union(
        found.map(({ rows }) => rows),
        table.rowCount,
      ),
      figure: Math.max(...columns.map(share)),
      explanation: `${counted(count, 'value lies', 'values lie')} outside the plausible range of the schema, in ${list(columns)}.${fitting.map(({ sentence }) => ` ${sentence}`).join('')}`,
      advice: fitting.length > 0 ? `Convert: ${fitting.map(({ advice }) => advice).join('; ')}. ${ask}` : ask,
      details: found.map(({ column, side, limit, rows }) => {
        const values = rows.map((row) => table.numbers(column)[row]);
        const [from, to] = [-largest(values.map((x) => -x)), largest(values)];
        const unit = units.get(column)?.unit;
        return {
          column,
          count: rows.length,
          values: `${side} ${limit}`,
          from,
          to,
          ...(unit && { 'would fit': unit }),
        };
      }),
    },
  ];
}

function unitOf(table: Table, column: string) {
  const { unit, range } = table.schema.columns.find(({ name }) => name === column) ?? {};
  const fits = range && fittingUnit(table.numbers(column), unit, range);
  return (
    fits && {
      unit: fits.unit,
      sentence: `${column} would fit ${fits.unit} in place of ${unit}.`,
      advice: `${column} from ${fits.unit} to ${unit} (${fits.formula})`,
    }
  );
}
