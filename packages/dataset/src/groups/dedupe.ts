import type { Table } from '../table/table.js';
import { idColumns } from './id-columns.js';
import { rowGroups } from './signatures.js';

/** What `dedupe` leaves of a table. */
export interface Deduped {
  /** The first row of each kind, in the order of the table. */
  readonly table: Table;
  /** Index of each kept row in the table it came from. */
  readonly rows: Uint32Array;
  /** How many rows of the table each kept row stands for. */
  readonly counts: Uint32Array;
}

/**
 * Keeps one of equal rows, and how many there were. A missing cell equals none but a missing cell, so that no value is lost.
 *
 * @param columns rows are equal when these are; default all but ids (see `idColumns`)
 */
export function dedupe(table: Table, columns: readonly string[] = columnsButIds(table)): Deduped {
  const { first, sizes } = rowGroups(table, columns);
  const rows = Uint32Array.from(first);
  return { table: table.takeRows(rows), rows, counts: Uint32Array.from(sizes) };
}

function columnsButIds(table: Table): string[] {
  const ids = new Set(idColumns(table).map(({ column }) => column));
  return table.columnNames.filter((name) => !ids.has(name));
}
