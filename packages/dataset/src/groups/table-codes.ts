import type { Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { type Codes, codesOf } from './codes.js';
import type { Groups } from './group-rows.js';

/** The cells of one column as numbers that are equal when the cells are. */
export interface Cells {
  readonly name: string;
  /** Codes, −1 where missing; or the numbers themselves, NaN where missing. */
  readonly of: Int32Array | Float64Array;
  /** Share of the pairs of rows that agree in this column, missing cells left out. */
  readonly agreement: number;
  /** Whether a cell is missing. */
  readonly gaps: boolean;
}

/** Rows that are alike in every one of some columns, holes included, are one signature, numbered in order of appearance. */
export interface Signatures extends Groups {
  readonly columns: readonly Cells[];
  /** First row of each. */
  readonly first: Int32Array;
  /** Rows of each. */
  readonly sizes: Int32Array;
}

/** The codes of a table's columns, each made when it is first asked for: 4 bytes a cell. */
export class TableCodes {
  readonly table: Table;
  readonly #known = new Map<string, Codes | undefined>();

  /** The last two. */
  #made: { readonly names: readonly string[]; readonly signatures: Signatures }[] = [];

  constructor(table: Table) {
    this.table = table;
  }

  /** Undefined for a number column in which nearly every row of a large table has a value of its own. */
  of(name: string): Codes | undefined {
    if (!this.#known.has(name)) this.#known.set(name, codesOf(this.table.column(name)));
    return this.#known.get(name);
  }

  /** Signatures that were made not long ago of these columns, or else of some of them: several checks ask for the same. */
  lastSignatures(names: readonly string[]): { names: readonly string[]; signatures: Signatures } | undefined {
    const wanted = new Set(names);
    const fitting = this.#made.filter(({ names: of }) => of.every((name) => wanted.has(name)));
    return fitting.sort((a, b) => b.names.length - a.names.length)[0];
  }

  keepSignatures(names: readonly string[], signatures: Signatures): void {
    this.#made = [...this.#made.slice(-1), { names, signatures }];
  }

  *prepare(names: readonly string[]): Steps<void> {
    for (const name of names) {
      this.of(name);
      yield;
    }
  }
}
