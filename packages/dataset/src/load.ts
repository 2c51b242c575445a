import { assertInteger, assertOneOf, shown } from './_assert.js';
import { Decoder, passText } from './_decode.js';
import { type ColumnReader, columnReader } from './_read-columns.js';
import { BrokenText, Tokeniser } from './_tokenise.js';
import { TableError, type TableIssue } from './error.js';
import { type ColumnSchema, checkSchema, headerKey, type TableSchema } from './schema.js';
import { piecesOf, type TableSource } from './source.js';
import { Table } from './table.js';

export interface LoadProgress {
  /** Bytes read (characters for a string source). */
  readonly read: number;
  /** All there are, where that is known. */
  readonly total?: number;
  readonly rows: number;
}

export interface LoadLimits {
  /** Bytes of the source (characters of a string); default 1 GiB. */
  readonly size?: number;
  /** Columns of the file; default 1000. */
  readonly columns?: number;
  /** Characters of a cell; default 10 000. */
  readonly cellLength?: number;
  /** Characters of a record; default 1 048 576. */
  readonly recordLength?: number;
}

export interface LoadOptions {
  readonly schema: TableSchema;
  /** File name, put before every error message. */
  readonly name?: string;
  /**
   * `strict` (default): the first `maxIssues` bad cells reject the table. `lenient`: a row with a bad cell is left out, and the result of
   * `onDropped` tells which. Faults that put all further text in doubt (quotes, encoding, header, limits) reject in both.
   */
  readonly mode?: 'strict' | 'lenient';
  /** Bad cells that are listed; strict stops reading there. Default 100. */
  readonly maxIssues?: number;
  /** Called once, before the table is given, when lenient mode left rows out. */
  readonly onDropped?: (dropped: DroppedRows) => void;
  /** Character between cells; default a comma. */
  readonly delimiter?: ',' | ';' | '\t' | '|';
  /** A label of the Encoding Standard, such as `windows-1252`; default `utf-8`. */
  readonly encoding?: string;
  readonly limits?: LoadLimits;
  /** Rejects with the signal's reason. */
  /** Length of the source, where the caller knows it and the source does not tell (a stream). */
  readonly total?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** What lenient mode left out. */
export interface DroppedRows {
  /** Data row numbers (the first is 1) of all rows that are left out. */
  readonly rows: readonly number[];
  /** The first `maxIssues` faults. */
  readonly issues: readonly TableIssue[];
  /** How many faults there are. */
  readonly count: number;
}

/**
 * Reads CSV into a table of typed columns, piece by piece, and keeps nothing but the columns.
 *
 * The header may have other case, outer spaces, a byte order mark and another order than the schema. Outer spaces of cells do not
 * count, and blank lines are skipped. Numbers are decimal (`-1.5e3`), never hexadecimal, `Infinity` or with grouping.
 *
 * @throws TableError (as a rejection) whose message is one line naming file, row, column and cell, and whose `issues` are data
 */
export async function loadTable(source: TableSource, options: LoadOptions): Promise<Table> {
  const loader = new Loader(options);
  try {
    for await (const piece of piecesOf(source, options))
      loader.push(piece.data, piece.total ?? options.total);
    return loader.end();
  } catch (error) {
    throw error instanceof BrokenText ? loader.failure([error.issue], error) : error;
  }
}

class Loader {
  readonly #options: LoadOptions;
  readonly #maxIssues: number;
  readonly #limits: Required<LoadLimits>;
  readonly #tokeniser: Tokeniser;
  readonly #decoder: Decoder;
  readonly #issues: TableIssue[] = [];
  readonly #dropped: number[] = [];
  #issueCount = 0;
  #columns: FileColumn[] | undefined;
  #width = 0;
  #read = 0;
  #kept = 0;
  #seen = 0;
  #reserved = false;

  constructor(options: LoadOptions) {
    checkSchema(options.schema);
    if (options.mode !== undefined) assertOneOf('mode', options.mode, ['strict', 'lenient']);
    this.#options = options;
    this.#maxIssues = options.maxIssues ?? 100;
    assertInteger('maxIssues', this.#maxIssues, 1, 1e6);
    this.#limits = {
      size: 2 ** 30,
      columns: 1000,
      cellLength: 10_000,
      recordLength: 2 ** 20,
      ...options.limits,
    };
    for (const [key, value] of Object.entries(this.#limits))
      assertInteger(`limits.${key}`, value, 1, Number.MAX_SAFE_INTEGER);
    const delimiter = options.delimiter ?? ',';
    assertOneOf('delimiter', delimiter, [',', ';', '\t', '|']);
    this.#tokeniser = new Tokeniser(delimiter, this.#limits.recordLength, (cells, line) =>
      this.#record(cells, line),
    );
    this.#decoder = new Decoder(
      options.encoding ?? 'utf-8',
      (text) => this.#tokeniser.push(text),
      () => this.#tokeniser.lineAtEnd(),
    );
  }

  push(piece: string | Uint8Array, total: number | undefined): void {
    this.#read += piece.length;
    if (this.#read > this.#limits.size) {
      throw new BrokenText({ reason: `the file is longer than limits.size, ${this.#limits.size}` });
    }
    if (typeof piece === 'string')
      passText(
        piece,
        (text) => this.#tokeniser.push(text),
        () => this.#tokeniser.lineAtEnd(),
      );
    else this.#decoder.push(piece);
    this.#reserve(total);
    this.#options.onProgress?.({ read: this.#read, ...(total !== undefined && { total }), rows: this.#kept });
  }

  end(): Table {
    this.#decoder.end();
    this.#tokeniser.end();
    if (this.#columns === undefined) throw this.failure([{ reason: 'the file is empty' }]);
    if (this.#issues.length > 0 && this.#options.mode !== 'lenient') throw this.failure(this.#issues);
    if (this.#seen === 0) throw this.failure([{ reason: 'the file has a header and no rows' }]);
    if (this.#issues.length > 0) {
      this.#options.onDropped?.({ rows: this.#dropped, issues: this.#issues, count: this.#issueCount });
    }
    const ordered = this.#options.schema.columns.flatMap(
      (schema) => this.#columns?.find((column) => column.schema === schema) ?? [],
    );
    const schema = { ...this.#options.schema, columns: ordered.map((column) => column.schema) };
    return new Table(
      schema,
      ordered.map(({ reader }) => reader.finish(this.#kept)),
      this.#kept,
    );
  }

  failure(issues: readonly TableIssue[], cause?: unknown): TableError {
    const stopped = this.#issues.length >= this.#maxIssues ? `; reading stopped there` : '';
    const rest = issues.length > 1 ? `and ${issues.length - 1} more${stopped}` : '';
    return new TableError(issues, this.#options.name, { ...(cause !== undefined && { cause }), rest });
  }

  #record(cells: string[], line: number): void {
    if (this.#columns === undefined) {
      this.#columns = this.#header(cells, line);
      return;
    }
    const row = ++this.#seen;
    const before = this.#issueCount;
    if (cells.length !== this.#width) {
      this.#fault({ row, line, reason: `the row has ${cells.length} cells, the header ${this.#width}` });
    } else {
      for (const { at, schema, reader } of this.#columns) {
        const value = cells[at] as string;
        const reason = reader.set(this.#kept, value);
        if (reason !== undefined) this.#fault({ row, line, column: schema.name, value, reason });
      }
    }
    if (this.#issueCount === before) this.#kept++;
    else this.#dropped.push(row);
  }

  #fault(issue: TableIssue): void {
    this.#issueCount++;
    if (this.#issues.length < this.#maxIssues) {
      const { value } = issue;
      // A copy of the cell's beginning: a slice would keep the whole piece of the file alive.
      this.#issues.push(
        value === undefined ? issue : { ...issue, value: JSON.parse(JSON.stringify(value.slice(0, 200))) },
      );
    }
    if (this.#issues.length >= this.#maxIssues && this.#options.mode !== 'lenient')
      throw this.failure(this.#issues);
  }

  #header(cells: string[], line: number): FileColumn[] {
    const { schema } = this.#options;
    if (cells.length > this.#limits.columns) {
      throw this.failure([
        { line, reason: `the header has ${cells.length} columns; limits.columns is ${this.#limits.columns}` },
      ]);
    }
    this.#width = cells.length;
    const known = new Map(schema.columns.map((column) => [headerKey(column.name), column]));
    const columns: FileColumn[] = [];
    const issues: TableIssue[] = [];
    const seen = new Set<string>();
    cells.forEach((cell, at) => {
      const key = headerKey(cell);
      const column = known.get(key);
      if (key.length > this.#limits.cellLength)
        issues.push({ line, value: cell.slice(0, 200), reason: 'is too long for a header' });
      else if (seen.has(key)) issues.push({ line, value: cell, reason: 'stands in the header twice' });
      else if (column)
        columns.push({ at, schema: column, reader: columnReader(column, this.#limits.cellLength) });
      else if (schema.extraColumns !== 'ignore') {
        issues.push({
          line,
          value: cell,
          reason: 'is a column that the schema does not name (extraColumns: "ignore" leaves such out)',
        });
      }
      seen.add(key);
    });
    const found = cells.length > 12 ? [...cells.slice(0, 12), '…'] : cells;
    const absent = schema.columns
      .filter(({ name, optional }) => !optional && !seen.has(headerKey(name)))
      .map(({ name }): TableIssue => {
        const reason = `missing from the header, which has ${found.map((cell) => shown(cell.trim(), 30)).join(', ')}`;
        return { column: name, line, reason };
      });
    if (absent.length + issues.length > 0) throw this.failure([...absent, ...issues]);
    return columns;
  }

  /** Once the first rows tell how long a row is, columns get their final size, so that they need not grow by copying. */
  #reserve(total: number | undefined): void {
    if (this.#reserved || total === undefined || this.#read < 2 ** 18 || this.#seen === 0) return;
    this.#reserved = true;
    const rows = Math.ceil((this.#seen / this.#read) * Math.min(total, this.#limits.size) * 1.05);
    for (const { reader } of this.#columns ?? []) reader.reserve(rows);
  }
}

interface FileColumn {
  readonly at: number;
  readonly schema: ColumnSchema;
  readonly reader: ColumnReader;
}
