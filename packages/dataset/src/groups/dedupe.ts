import type { Table } from '../table/table.js';
import { rowGroups } from './group-rows.js';

export interface Deduped {
  /** The first row of each kind, in the order of the table. */
  readonly table: Table;
  /** Index of each kept row in the table it came from. */
  readonly rows: Uint32Array;
  /** How many rows of the table each kept row stands for. */
  readonly counts: Uint32Array;
}

/** Keeps one of equal rows, and how many there were. @param columns rows are equal when these are; default all */
export function dedupe(table: Table, columns: readonly string[] = table.columnNames): Deduped {
  const { ids, count } = rowGroups(table, columns);
  const rows = new Uint32Array(count);
  const counts = new Uint32Array(count);
  ids.forEach((id, row) => {
    if (counts[id] === 0) rows[id] = row;
    counts[id] = counts[id] + 1;
  });
  return { table: table.takeRows(rows), rows, counts };
}
