import { wholeGroups } from '../groups/holes.js';
import { idColumnSteps, identityColumns, identityFeatures } from '../groups/id-columns.js';
import { panelColumns } from '../groups/panels.js';
import { signaturesOf } from '../groups/signatures.js';
import { TableCodes } from '../groups/table-codes.js';
import { finish, type RunOptions, run, type Steps } from '../steps/steps.js';
import type { CategoryColumn } from './column.js';
import type { Table } from './table.js';

/** A table in a few figures; see `summarize`. */
export interface TableSummary {
  readonly rows: number;
  readonly columns: number;
  /** Rows of each class, in the order of the label's levels. */
  readonly classes: Record<string, number>;
  /** Missing cells of all columns. */
  readonly missing: number;
  /** Rows minus distinct rows, ids left out (see `idColumns`). */
  readonly exactDuplicates: number;
  /** Distinct combinations of the panel columns; 0 when there are none. */
  readonly panels: number;
  /** Columns whose joint values repeat far more than chance allows; see `findPanels`. */
  readonly panelColumns: readonly string[];
}

/** What a table holds, in a few figures. */
export const summarize = (table: Table): TableSummary => finish(summarySteps(table));

/** As `summarize`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
export const summarizeAsync = (table: Table, options: RunOptions = {}): Promise<TableSummary> =>
  run(summarySteps(table), options);

function* summarySteps(table: Table): Steps<TableSummary> {
  const codes = new TableCodes(table);
  yield* codes.prepare(table.columnNames);
  const ids = yield* idColumnSteps(codes);
  const { columns: panelColumnNames } = yield* panelColumns(codes, {
    columns: yield* identityFeatures(codes, ids),
  });
  const panels = panelColumnNames.length > 0 ? yield* wholeGroups(codes, panelColumnNames) : { count: 0 };
  const rows = yield* signaturesOf(codes, yield* identityColumns(codes, ids));
  const [label] = table.namesOf('label');
  return {
    rows: table.rowCount,
    columns: table.columnNames.length,
    classes: label === undefined ? {} : classCounts(table.column(label) as CategoryColumn),
    missing: table.columnNames.reduce((sum, name) => sum + missingIn(codes, name), 0),
    exactDuplicates: table.rowCount - rows.count,
    panels: panels.count,
    panelColumns: panelColumnNames,
  };
}

function missingIn(codes: TableCodes, name: string): number {
  const known = codes.of(name);
  if (known !== undefined) return known.missing;
  const numbers = codes.table.numbers(name);
  let missing = 0;
  for (let row = 0; row < numbers.length; row++) if (Number.isNaN(numbers[row])) missing++;
  return missing;
}

export function classCounts({ codes, levels }: CategoryColumn): Record<string, number> {
  const counts = new Int32Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) counts[codes[row]]++;
  return Object.fromEntries(levels.map((level, code) => [level, counts[code]]));
}
