import { assertInteger, shown } from '../arguments/assert.js';
import { finish, type RunOptions, run, type Steps } from '../steps/steps.js';
import type { CategoryColumn, Column } from './column.js';
import { type ColumnSummary, columnSteps, Description } from './describe.js';
import { type MatrixOptions, matrixOf } from './matrix.js';
import type { TableNote } from './note.js';
import { type ColumnRole, checkSchema, type TableSchema } from './schema.js';
import { textTable } from './text-table.js';

/** Row-major float32 numbers of `shape` [rows, columns]. */
export interface Matrix {
  readonly data: Float32Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** As `Matrix`, in float64. */
export interface Float64Matrix {
  readonly data: Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** One cell: a number, a text, or null where it is missing. */
export type Cell = number | string | null;
/** The cells of one row by the names of their columns. */
export type Row = Record<string, Cell>;

/** Typed columns of one length under a schema. Never changes: every operation gives a new table (which may share columns). */
export class Table {
  readonly schema: TableSchema;
  readonly rowCount: number;
  /** What was decided about the file without being told, such as the separator; also of every table made from this one. */
  readonly notes: readonly TableNote[];
  readonly #columns: readonly Column[];
  readonly #indexOf: ReadonlyMap<string, number>;

  /** @param columns one for each column of the schema, in its order, each of `rowCount` cells. */
  constructor(
    schema: TableSchema,
    columns: readonly Column[],
    rowCount: number,
    notes: readonly TableNote[] = [],
  ) {
    this.schema = checkSchema(schema);
    assertInteger('rowCount', rowCount, 0, 2 ** 32 - 1);
    if (columns.length !== schema.columns.length) {
      throw new RangeError(
        `columns must be one for each of the schema's ${schema.columns.length}, got ${columns.length}`,
      );
    }
    schema.columns.forEach(({ name, kind }, i) => {
      const column = columns[i];
      const cells = column.kind === 'number' ? column.values : column.codes;
      if (column.kind !== kind)
        throw new TypeError(`column ${shown(name)} must be of kind ${kind}, got ${column.kind}`);
      if (cells.length !== rowCount)
        throw new RangeError(`column ${shown(name)} must have ${rowCount} cells, got ${cells.length}`);
    });
    this.rowCount = rowCount;
    this.notes = notes;
    this.#columns = columns;
    this.#indexOf = new Map(schema.columns.map(({ name }, i) => [name, i]));
  }

  get columnNames(): string[] {
    return this.schema.columns.map(({ name }) => name);
  }

  /** Names of the columns with the role feature. */
  get featureNames(): string[] {
    return this.namesOf('feature');
  }

  /** Names of the features that are numbers. */
  get numberFeatureNames(): string[] {
    return this.featureNames.filter((name) => this.column(name).kind === 'number');
  }

  /** Names of the columns with this role, in the order of the schema. */
  namesOf(role: ColumnRole): string[] {
    return this.schema.columns.filter((column) => column.role === role).map(({ name }) => name);
  }

  /** @throws RangeError when no column has the role label. */
  get labelName(): string {
    const [label] = this.namesOf('label');
    if (label === undefined) throw new RangeError('the table has no column with the role label');
    return label;
  }

  /** Name of the number column to predict. @throws RangeError when no column has the role target. */
  get targetName(): string {
    const [target] = this.namesOf('target');
    if (target === undefined) throw new RangeError('the table has no column with the role target');
    return target;
  }

  /** @throws RangeError on an unknown name. */
  column(name: string): Column {
    return this.#columns[this.#at(name)];
  }

  /** The values of a number column, NaN where missing. Shared with the table: do not write to it. */
  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.kind !== 'number')
      throw new TypeError(`column ${shown(name)} must be a number column, it is a ${column.kind}`);
    return column.values;
  }

  /** The table with these columns, in this order. */
  select(names: readonly string[]): Table {
    const picked = names.map((name) => this.#at(name));
    const columns = picked.map((i) => this.schema.columns[i]);
    return new Table(
      { ...this.schema, columns },
      picked.map((i) => this.#columns[i]),
      this.rowCount,
      this.notes,
    );
  }

  /** The table without these columns. */
  drop(names: readonly string[]): Table {
    const gone = new Set(names.map((name) => this.#at(name)));
    return this.select(this.columnNames.filter((_, i) => !gone.has(i)));
  }

  /** The rows at these indices (0 is the first), in this order; an index may come twice. */
  takeRows(indices: ArrayLike<number>): Table {
    const { length } = indices;
    for (let i = 0; i < length; i++) assertInteger(`indices[${i}]`, indices[i], 0, this.rowCount - 1);
    const columns = this.#columns.map((column): Column => {
      if (column.kind === 'number') {
        const values = new Float64Array(length);
        for (let i = 0; i < length; i++) values[i] = column.values[indices[i]];
        return { kind: 'number', values };
      }
      const codes = new Int32Array(length);
      for (let i = 0; i < length; i++) codes[i] = column.codes[indices[i]];
      return { kind: 'category', codes, levels: column.levels };
    });
    return new Table(this.schema, columns, length, this.notes);
  }

  /** The rows for which `keep` is true. */
  filter(keep: (row: Row, index: number) => boolean): Table {
    const kept: number[] = [];
    for (let i = 0; i < this.rowCount; i++) if (keep(this.row(i), i)) kept.push(i);
    return this.takeRows(kept);
  }

  /** The table with the numbers of one column replaced. */
  withNumbers(name: string, values: Float64Array): Table {
    const at = this.#at(name);
    this.numbers(name);
    const columns = this.#columns.with(at, { kind: 'number', values });
    return new Table(this.schema, columns, this.rowCount, this.notes);
  }

  /** One row as an object of its own properties; a missing cell is null. */
  row(index: number): Row {
    assertInteger('index', index, 0, this.rowCount - 1);
    // fromEntries defines own properties, so a column "__proto__" is a column and not a prototype.
    return Object.fromEntries(
      this.schema.columns.map(({ name }, i) => [name, cellOf(this.#columns[i], index)]),
    );
  }

  /** Every row as an object; a missing cell is null. */
  toRows(): Row[] {
    return Array.from({ length: this.rowCount }, (_, i) => this.row(i));
  }

  /** The first n rows as a table. */
  head(n = 5): Table {
    assertInteger('n', n, 0, 2 ** 32 - 1);
    return this.takeRows(Array.from({ length: Math.min(n, this.rowCount) }, (_, i) => i));
  }

  /**
   * Columns side by side, row-major, as float32 or float64. A category becomes the columns that the encoder makes of it.
   *
   * @param names default: the features
   * @throws RangeError naming the column when a number is missing, or different numbers would be one in float32
   * @throws TypeError on a category without an encoder
   */
  toMatrix(names: readonly string[] | undefined, options: MatrixOptions & { type: 'float64' }): Float64Matrix;
  toMatrix(names?: readonly string[], options?: MatrixOptions & { type?: 'float32' }): Matrix;
  toMatrix(
    names: readonly string[] = this.featureNames,
    options: MatrixOptions = {},
  ): Matrix | Float64Matrix {
    if (names.length === 0)
      throw new RangeError('toMatrix needs at least one column, and no column has the role feature');
    return matrixOf(this, names, options) as Matrix | Float64Matrix;
  }

  /** The label of every row. @throws RangeError when one is missing */
  labels(): string[] {
    const name = this.labelName;
    const { codes, levels } = this.column(name) as CategoryColumn;
    return Array.from(codes, (code, i) => {
      const label = levels[code];
      if (label === undefined)
        throw new RangeError(
          `row ${i + 1}, column ${shown(name)}: the label is missing; leave such rows out (table.filter)`,
        );
      return label;
    });
  }

  /** The target of every row, as its own copy. @throws RangeError when one is missing */
  targets(): Float64Array {
    const name = this.targetName;
    const values = this.numbers(name).slice();
    const at = values.findIndex(Number.isNaN);
    if (at >= 0) throw new RangeError(`row ${at + 1}, column ${shown(name)}: the target is missing`);
    return values;
  }

  /** Count, missing, mean, sd, quartiles and negative share of every column; prints as a text table. */
  describe(): Description {
    return finish(this.#describeSteps());
  }

  /** As `describe`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
  describeAsync(options: RunOptions = {}): Promise<Description> {
    return run(this.#describeSteps(), options);
  }

  *#describeSteps(): Steps<Description> {
    const summaries: ColumnSummary[] = [];
    for (const [i, { name }] of this.schema.columns.entries()) {
      yield { stage: 'columns', done: i / this.#columns.length };
      summaries.push(yield* columnSteps(name, this.#columns[i]));
    }
    return new Description(summaries);
  }

  /** A text table of the first rows, and how many there are. */
  toString(rows = 10): string {
    const shownRows = Array.from({ length: Math.min(rows, this.rowCount) }, (_, i) =>
      this.#columns.map((column) => cellOf(column, i)),
    );
    const count = `${this.rowCount} rows, ${this.#columns.length} columns`;
    return `${textTable(this.columnNames, shownRows)}\n${this.rowCount > rows ? '… ' : ''}${count}`;
  }

  #at(name: string): number {
    const index = this.#indexOf.get(name);
    if (index !== undefined) return index;
    throw new RangeError(
      `no column ${shown(name)}; the table has ${this.columnNames.map((known) => shown(known)).join(', ')}`,
    );
  }
}

const cellOf = (column: Column, row: number): Cell => {
  if (column.kind === 'category') return column.levels[column.codes[row]] ?? null;
  const value = column.values[row];
  return Number.isNaN(value) ? null : value;
};
