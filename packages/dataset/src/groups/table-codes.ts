import type { Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { type Codes, codesOf } from './codes.js';

/** The codes of a table's columns, each made when it is first asked for: 4 bytes a cell. */
export class TableCodes {
  readonly table: Table;
  readonly #known = new Map<string, Codes | undefined>();

  constructor(table: Table) {
    this.table = table;
  }

  /** Undefined for a number column in which nearly every row of a large table has a value of its own. */
  of(name: string): Codes | undefined {
    if (!this.#known.has(name)) this.#known.set(name, codesOf(this.table.column(name)));
    return this.#known.get(name);
  }

  *prepare(names: readonly string[]): Steps<void> {
    for (const name of names) {
      this.of(name);
      yield;
    }
  }
}
