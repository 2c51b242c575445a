import { assertInteger } from '../arguments/assert.js';
import type { Table } from '../table/table.js';
import { combine, expectedPairs, type Groups, rowGroups } from './group-rows.js';

export interface PanelOptions {
  /** Search among these columns; default the features. */
  readonly columns?: readonly string[];
  /** Fewest columns of a panel; default 3, since two that go together are better called correlated. */
  readonly minColumns?: number;
  /** Most that the number of combinations may be of what chance gives; default 0.25. */
  readonly maxRatio?: number;
  /** Fewest rows per combination, on average; default 5. */
  readonly minRows?: number;
}

/** Columns whose joint values repeat far more than chance allows, and the group of every row. */
export interface Panels extends Groups {
  /** None when no such columns were found. */
  readonly columns: readonly string[];
  /** Product of the columns' numbers of distinct values: the combinations that could be. */
  readonly possible: number;
}

/**
 * Finds the panels of a table without being told which columns make them.
 *
 * The measure of two groupings is their distinct pairs ÷ those expected if they were dealt independently, Σ 1 − (1 − p·q)ⁿ. The search
 * begins with the pair of columns of lowest measure and adds the column of lowest measure to the set, as long as that is at most
 * `maxRatio`. Where nothing is found, every distinct row of features is a group of its own.
 */
export function findPanels(table: Table, options: PanelOptions = {}): Panels {
  const { columns = table.featureNames, minColumns = 3, maxRatio = 0.25, minRows = 5 } = options;
  assertInteger('minColumns', minColumns, 2, 1e6);
  const single = columns.map((name): Candidate => ({ names: [name], groups: rowGroups(table, [name]) }));
  let chosen: Candidate | undefined;
  for (;;) {
    const starts: Candidate[] = chosen ? [chosen] : single;
    let best: (Candidate & { ratio: number }) | undefined;
    for (const [i, start] of starts.entries()) {
      for (const added of chosen ? single : single.slice(i + 1)) {
        if (start.names.includes(added.names[0])) continue;
        const groups = combine(start.groups, added.groups);
        const ratio = groups.count / expectedPairs(start.groups, added.groups);
        if (
          !(ratio <= maxRatio) ||
          groups.count * minRows > table.rowCount ||
          ratio >= (best?.ratio ?? Infinity)
        )
          continue;
        best = { names: [...start.names, ...added.names], groups, ratio };
      }
    }
    if (best === undefined) break;
    chosen = best;
  }
  if (chosen === undefined || chosen.names.length < minColumns) {
    return { columns: [], possible: 0, ...rowGroups(table, table.featureNames) };
  }
  const { names, groups } = chosen;
  const used = single.filter((column) => names.includes(column.names[0]));
  return {
    columns: used.flatMap((column) => column.names),
    possible: used.reduce((product, column) => product * column.groups.count, 1),
    ...groups,
  };
}

interface Candidate {
  readonly names: readonly string[];
  readonly groups: Groups;
}

/** Group of every row by its panel, numbered from 0; see `findPanels`. */
export function panelIds(table: Table, options?: PanelOptions): Int32Array {
  return findPanels(table, options).ids;
}
