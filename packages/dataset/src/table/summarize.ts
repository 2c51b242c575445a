import { findPanels } from '../groups/panels.js';
import { rowGroups } from '../groups/signatures.js';
import type { CategoryColumn } from './column.js';
import type { Table } from './table.js';

export interface TableSummary {
  readonly rows: number;
  readonly columns: number;
  /** Rows of each class, in the order of the label's levels. */
  readonly classes: Record<string, number>;
  /** Missing cells of all columns. */
  readonly missing: number;
  /** Rows minus distinct rows. */
  readonly exactDuplicates: number;
  /** Distinct combinations of the panel columns; 0 when there are none. */
  readonly panels: number;
  /** Columns whose joint values repeat far more than chance allows; see `findPanels`. */
  readonly panelColumns: readonly string[];
}

/** What a table holds, in a few figures. */
export function summarize(table: Table): TableSummary {
  const panels = findPanels(table);
  const label = table.schema.columns.find(({ role }) => role === 'label');
  return {
    rows: table.rowCount,
    columns: table.columnNames.length,
    classes: label ? classCounts(table.column(label.name) as CategoryColumn) : {},
    missing: table.describe().columns.reduce((sum, { missing }) => sum + missing, 0),
    exactDuplicates: table.rowCount - rowGroups(table, table.columnNames).count,
    panels: panels.columns.length > 0 ? panels.count : 0,
    panelColumns: panels.columns,
  };
}

export function classCounts({ codes, levels }: CategoryColumn): Record<string, number> {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = counts[code] + 1;
  return Object.fromEntries(levels.map((level, code) => [level, counts[code]]));
}
