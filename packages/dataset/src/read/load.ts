import { assertInteger, assertOneOf } from '../arguments/assert.js';
import { run, type Steps } from '../steps/steps.js';
import type { Column } from '../table/column.js';
import type { TableNote } from '../table/note.js';
import { type ColumnSchema, checkSchema, type TableSchema } from '../table/schema.js';
import { Table } from '../table/table.js';
import {
  type CellRules,
  type ColumnReader,
  columnReader,
  type KeptReader,
  NothingReader,
  ownCopy,
} from './columns.js';
import type { Records } from './cut-records.js';
import type { Draft } from './draft.js';
import { TableError, type TableIssue } from './error.js';
import { expectedRows } from './expected-rows.js';
import type { FileFormat } from './find-format.js';
import {
  columnsByPlace,
  type FileNames,
  type HeaderMatch,
  headerIssues,
  matchHeader,
  namingNotes,
} from './header.js';
import { checkMissingColumns, missingTextsOf } from './missing-texts.js';
import { checkedLimits, checkReadOptions, type LoadProgress, type ReadOptions } from './options.js';
import { readHeader } from './read-header.js';
import { readRecords } from './records.js';
import { type RowSink, Rows } from './rows.js';
import { nameOf, refusePath, type TableSource } from './source.js';

/** How a table is loaded. */
export interface LoadOptions extends ReadOptions {
  readonly schema: TableSchema;
  /**
   * `strict` (default): the first `maxIssues` bad cells reject the table. `lenient`: a row with a bad cell is left out, and
   * `onDropped` is told which. Faults that put all further text in doubt (quotes, encoding, header, limits) reject in both.
   */
  readonly mode?: 'strict' | 'lenient';
  /** Bad cells that are listed; strict stops reading there. Default 100. */
  readonly maxIssues?: number;
  /** Called once, before the table is given, when lenient mode left rows out. */
  readonly onDropped?: (dropped: DroppedRows) => void;
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
 * count; blank lines and rows without any content are skipped. Numbers are decimal (`-1.5e3`), never hexadecimal or `Infinity`.
 * Separator, decimal mark and encoding are found where they are not given, and `table.notes` says what was found.
 *
 * @throws TableError (as a rejection) whose message is one line naming file, row, column and cell, and whose `issues` are data
 */
export async function loadTable(source: TableSource, options: LoadOptions): Promise<Table> {
  refusePath(source);
  if (options?.schema === undefined) {
    const accepted = 'diabetesSchema, or what inferSchema(source) proposes for another table';
    throw new TypeError(`options.schema must be the schema of the table: ${accepted}`);
  }
  checkReadOptions('loadTable', options, ['schema', 'mode', 'maxIssues', 'onDropped']);
  const loader = new Loader({ ...options, ...nameOf(source, options) });
  await loader.read(source);
  return loader.end();
}

/**
 * Loads the rows that inference has kept: of the source only the header is read, as any loading reads it. Undefined where the cells
 * must be read again.
 */
export async function loadDraft(
  source: TableSource,
  options: LoadOptions,
  draft: Draft,
): Promise<Table | undefined> {
  const header = await readHeader(source, options, options.schema);
  if (header === undefined || !isSameFormat(header.format, draft.format)) return undefined;
  const loader = new Loader(options);
  loader.header(header.file, header.format, header.line);
  return run(loader.endWith(draft), options.signal ? { signal: options.signal } : {});
}

const isSameFormat = (a: FileFormat, b: FileFormat): boolean =>
  a.delimiter === b.delimiter &&
  a.comment === b.comment &&
  a.header === b.header &&
  a.skip === b.skip &&
  a.numbers.decimal === b.numbers.decimal &&
  a.numbers.thousands === b.numbers.thousands;

class Loader implements RowSink {
  readonly #options: LoadOptions;
  readonly #maxIssues: number;
  readonly #limits = checkedLimits(undefined);
  readonly #rows: Rows;
  readonly #issues: TableIssue[] = [];
  readonly #dropped: number[] = [];
  readonly #notes: TableNote[] = [];
  #issueCount = 0;
  #columns: KeptColumn[] = [];
  /** Columns that must be empty. */
  #spare: SpareColumn[] = [];
  #kept = 0;
  #seen = 0;
  #reserved = false;

  constructor(options: LoadOptions) {
    checkSchema(options.schema);
    if (options.mode !== undefined) assertOneOf('mode', options.mode, ['strict', 'lenient']);
    this.#options = options;
    this.#maxIssues = options.maxIssues ?? 100;
    assertInteger('maxIssues', this.#maxIssues, 1, 1e6);
    this.#limits = checkedLimits(options.limits);
    this.#rows = new Rows(options, this);
  }

  async read(source: TableSource): Promise<void> {
    try {
      await readRecords(source, this.#options, this.#options.schema, {
        begin: (format) => this.#rows.begin(format),
        add: (records) => this.#rows.add(records),
        onProgress: (progress) => this.#reserve(progress),
      });
    } catch (error) {
      throw this.#withFaultsBefore(error);
    }
  }

  end(): Table {
    if (this.#rows.isEmpty) throw this.#failure([{ reason: 'the file is empty' }]);
    if (this.#issues.length > 0 && this.#options.mode !== 'lenient') throw this.#failure(this.#issues);
    if (this.#seen === 0) throw this.#failure([{ reason: 'the file has a header and no rows' }]);
    if (this.#issues.length > 0) {
      this.#options.onDropped?.({ rows: this.#dropped, issues: this.#issues, count: this.#issueCount });
    }
    const columns = this.#inOrder.map(({ reader }) => reader.finish(this.#kept));
    return this.#table(columns, this.#kept, this.#rows.notes());
  }

  /**
   * The table of these rows, once the header is known; undefined where a cell must be read again. A column that is not in an inferred
   * schema was seen to be empty.
   */
  *endWith(draft: Draft): Steps<Table | undefined> {
    const columns: Column[] = [];
    for (const { at, schema } of this.#inOrder) {
      const column = yield* draft.columns[at].load(this.#rulesOf(schema, draft.format), draft.rows);
      if (column === undefined) return undefined;
      columns.push(column);
    }
    return this.#table(columns, draft.rows, draft.notes);
  }

  /** The columns of the file in the order of the schema. */
  get #inOrder(): KeptColumn[] {
    return this.#options.schema.columns.flatMap(
      (schema) => this.#columns.find((column) => column.schema === schema) ?? [],
    );
  }

  #table(columns: readonly Column[], rows: number, notes: readonly TableNote[]): Table {
    const schema = { ...this.#options.schema, columns: this.#inOrder.map((column) => column.schema) };
    return new Table(schema, columns, rows, [...this.#notes, ...notes]);
  }

  header(file: FileNames, format: FileFormat, line: number): void {
    const { names, schema } = this.#options;
    const match =
      format.header || names !== undefined ? matchHeader(file, schema, line) : this.#matchByPlace(file, line);
    const issues = headerIssues(file, match, schema, line);
    if (issues.length > 0) throw this.#failure(issues);
    checkMissingColumns(
      this.#options,
      schema.columns.map((column) => column.name),
    );
    for (const [at, column] of match.columns.entries()) {
      if (column !== undefined) {
        this.#columns.push({ at, schema: column, reader: columnReader(this.#rulesOf(column, format)) });
      } else if (file.written[at] === '' && schema.extraColumns !== 'ignore') {
        this.#spare.push({ at, name: file.names[at], reader: new NothingReader() });
      }
    }
    const kept = format.header ? this.#columns.map(({ at }) => at) : [];
    this.#notes.push(...format.notes, ...match.notes, ...namingNotes(file, kept, line));
  }

  #matchByPlace(file: FileNames, line: number): HeaderMatch {
    const { length } = file.names;
    const columns = columnsByPlace(length, this.#options.schema);
    if (columns !== undefined) return { columns: [...columns], issues: [], notes: [] };
    const wanted = this.#options.schema.columns.length;
    const reason = `the file has no header and ${length} columns, and the schema ${wanted}: names must say which is which`;
    throw this.#failure([{ line, reason }]);
  }

  #rulesOf(schema: ColumnSchema, { numbers }: FileFormat): CellRules {
    const missingTexts = missingTextsOf(schema, this.#options);
    return { schema, numbers, missingTexts, maxCellLength: this.#limits.cellLength };
  }

  takeAll(records: Records, from: number): boolean {
    const takes = ({ at, reader }: FileColumn) => reader.setAll(records, from, at, this.#kept);
    // A fault among these rows makes them be read again row by row, so that faults come in the order of the file.
    if (!this.#columns.every(takes) || !this.#spare.every(takes)) return false;
    this.#seen += records.length - from;
    this.#kept += records.length - from;
    return true;
  }

  take(cells: readonly string[], line: number): void {
    const row = ++this.#seen;
    const before = this.#issueCount;
    for (const { at, schema, reader } of this.#columns)
      this.#set(reader, cells[at], { row, line, column: schema.name });
    for (const { at, name, reader } of this.#spare) this.#set(reader, cells[at], { row, line, column: name });
    if (this.#issueCount === before) this.#kept++;
    else this.#dropped.push(row);
  }

  takeRagged(issue: Omit<TableIssue, 'row'>): void {
    const row = ++this.#seen;
    this.#fault({ row, ...issue });
    this.#dropped.push(row);
  }

  #set(reader: ColumnReader, value: string, place: Omit<TableIssue, 'reason'>): void {
    const reason = reader.set(this.#kept, value);
    if (reason !== undefined) this.#fault({ ...place, value, reason });
  }

  #fault(issue: TableIssue): void {
    this.#issueCount++;
    if (this.#issues.length < this.#maxIssues) {
      const { value } = issue;
      this.#issues.push(value === undefined ? issue : { ...issue, value: ownCopy(value.slice(0, 200)) });
    }
    if (this.#issues.length >= this.#maxIssues && this.#options.mode !== 'lenient')
      throw this.#failure(this.#issues);
  }

  /** Bad cells above the place where reading broke off are told first. */
  #withFaultsBefore(error: unknown): unknown {
    const full = this.#options.mode === 'lenient' || this.#issues.length >= this.#maxIssues;
    if (!(error instanceof TableError) || full || this.#issues.length === 0) return error;
    return this.#failure([...this.#issues, ...error.issues]);
  }

  #failure(issues: readonly TableIssue[]): TableError {
    const stopped = this.#issues.length >= this.#maxIssues ? '; reading stopped there' : '';
    const rest = issues.length > 1 ? `and ${issues.length - 1} more${stopped}` : '';
    return new TableError(issues, this.#options.name, { rest });
  }

  #reserve(progress: LoadProgress): void {
    const rows = this.#reserved ? undefined : expectedRows(progress, this.#seen, this.#limits.size);
    if (rows === undefined) return;
    this.#reserved = true;
    for (const { reader } of this.#columns) reader.reserve(rows);
  }
}

interface FileColumn {
  readonly at: number;
  readonly reader: ColumnReader;
}

interface KeptColumn extends FileColumn {
  readonly schema: ColumnSchema;
  readonly reader: KeptReader;
}

interface SpareColumn extends FileColumn {
  readonly name: string;
}
