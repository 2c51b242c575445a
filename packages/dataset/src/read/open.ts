import { diabetesSchema } from '../diabetes/schema.js';
import type { TableNote } from '../table/note.js';
import type { ColumnSchema, TableSchema } from '../table/schema.js';
import type { Table } from '../table/table.js';
import { filePrefix, type TableIssue } from './error.js';
import type { FileFormat } from './find-format.js';
import { type FileNames, listed, matchHeader } from './header.js';
import { type InferOptions, inferSchema } from './infer.js';
import { type LoadOptions, loadTable } from './load.js';
import { checkReadOptions, type ReadOptions, readKeys } from './options.js';
import { readRecords } from './records.js';
import { roleKeys, rolesGiven } from './roles.js';
import { type RowSink, Rows } from './rows.js';
import { kept, nameOf, refusePath, type TableSource } from './source.js';

/** Everything that reading, inferring and loading take; what is not given is found, and said. */
export interface OpenOptions extends InferOptions, Pick<LoadOptions, 'mode' | 'maxIssues' | 'onDropped'> {
  /** The schema of the table, as `inferSchema` proposes it, edited or not; then no option may give a role. */
  readonly schema?: TableSchema;
}

/** A table, and all that was decided on the way to it. */
export interface OpenedTable {
  readonly table: Table;
  readonly schema: TableSchema;
  /** What was found rather than given: of the file, then of its columns. */
  readonly notes: readonly TableNote[];
  /** Cells that do not fit the schema: lenient loading left their rows out. */
  readonly issues: readonly TableIssue[];
}

const ownKeys = [...roleKeys, 'maxLevels', 'schema', 'mode', 'maxIssues', 'onDropped'];

/** Columns of the diabetes table that make a header its header, of eight. */
const columnsThatTell = 6;

/**
 * Opens a table that nothing is known of, in one call: finds how it is written, its columns and its label, and loads it.
 *
 * - With `schema`, the table is loaded by it.
 * - Without `label` or `target`, a header with six or more of the diabetes table's eight columns is that table: it is loaded by
 *   `diabetesSchema`, a feature that it lacks is an error that names it, and columns beside it are left out.
 * - Any other table is loaded by what `inferSchema` proposes with these options; a guessed label is said, with the runners-up.
 *
 * The source is read two or three times; a stream is kept in memory for that, up to `limits.size`.
 *
 * @throws TableError (as a rejection) naming file, row, column and cell; TypeError or RangeError naming a wrong option
 */
export async function openTable(source: TableSource, options: OpenOptions = {}): Promise<OpenedTable> {
  checkReadOptions('openTable', options, ownKeys);
  refusePath(source);
  const named = { ...options, ...nameOf(source, options) };
  const rereadable = await kept(source, named);
  return openAgain(() => rereadable, named);
}

/** `openTable` for a source that can be had again and again. */
export async function openAgain(source: () => TableSource, options: OpenOptions): Promise<OpenedTable> {
  checkReadOptions('openTable', options, ownKeys);
  if (options.schema !== undefined) {
    const role = roleKeys.find((key) => options[key] !== undefined);
    if (role !== undefined)
      throw new RangeError(
        `${filePrefix(options.name)}schema and ${role} must not both be given: the schema has the roles`,
      );
    return load(source(), options, options.schema, []);
  }
  if (options.label === undefined && options.target === undefined && options.header !== false) {
    const file = await namesOf(source(), options);
    const diabetes = file && diabetesTable(file, options);
    if (diabetes !== undefined) return load(source(), options, diabetes.schema, diabetes.notes);
  }
  const { schema, notes } = await inferSchema(source(), {
    ...picked(options, [...roleKeys, 'maxLevels']),
    ...passes(options, 0),
  });
  return load(source(), options, schema, notes, 1);
}

async function load(
  source: TableSource,
  options: OpenOptions,
  schema: TableSchema,
  notes: readonly TableNote[],
  pass?: number,
): Promise<OpenedTable> {
  const issues: TableIssue[] = [];
  const table = await loadTable(source, {
    ...picked(options, ['mode', 'maxIssues']),
    ...(pass === undefined ? {} : passes(options, pass)),
    schema,
    onDropped: (dropped) => {
      issues.push(...dropped.issues);
      options.onDropped?.(dropped);
    },
  });
  const said = new Set(notes.map(({ because }) => because));
  const all = [...table.notes.filter(({ because }) => !said.has(because)), ...notes];
  return { table, schema: table.schema, notes: all, issues };
}

/** The options of reading, and those of these names. */
function picked<K extends keyof OpenOptions>(
  options: OpenOptions,
  keys: readonly K[],
): ReadOptions & Pick<OpenOptions, K> {
  const wanted = [...readKeys, ...keys];
  const entries = Object.entries(options).filter(([key]) => wanted.includes(key));
  return Object.fromEntries(entries) as ReadOptions & Pick<OpenOptions, K>;
}

/** Progress over two readings, where the length is known. */
function passes({ onProgress }: OpenOptions, pass: number): Pick<ReadOptions, 'onProgress'> {
  if (onProgress === undefined) return {};
  return {
    onProgress: ({ read, total, records }) =>
      onProgress(
        total === undefined ? { read, records } : { read: read + pass * total, total: 2 * total, records },
      ),
  };
}

/** The schema for a file with the header of the diabetes table; undefined for another. */
function diabetesTable(
  file: FileNames,
  options: OpenOptions,
): { schema: TableSchema; notes: TableNote[] } | undefined {
  const { columns, issues } = matchHeader(file, diabetesSchema);
  const found = columns.filter((column) => column !== undefined).length + issues.length;
  if (found < columnsThatTell) return undefined;
  const roles = rolesGiven(options, file.names);
  const own = diabetesSchema.columns.map((column): ColumnSchema => {
    const role = roles.get(columns.indexOf(column));
    const isLeftOut = options.features !== undefined && column.role === 'feature' && role === undefined;
    return { ...column, role: role ?? (isLeftOut ? 'other' : column.role) };
  });
  const beside = file.names.flatMap((name, at): ColumnSchema[] => {
    const role = roles.get(at);
    if (columns[at] !== undefined || role === undefined || role === 'other') return [];
    return [{ name, kind: role === 'feature' ? 'number' : 'category', role }];
  });
  const extra = file.names.filter(
    (name, at) =>
      columns[at] === undefined && file.written[at] !== '' && !beside.some((column) => column.name === name),
  );
  const notes: TableNote[] = [
    {
      because: 'the header is that of the diabetes table, so its schema is used',
      line: 1,
      option: 'label or schema',
      about: 'file',
    },
  ];
  if (extra.length > 0)
    notes.push({
      because: `${listed(extra)} not of the diabetes table, and left out`,
      line: 1,
      option: 'label or schema',
      about: 'file',
    });
  return { schema: { columns: [...own, ...beside], extraColumns: 'ignore' }, notes };
}

/** The names in a file's header; undefined when it has none. */
async function namesOf(source: TableSource, options: OpenOptions): Promise<FileNames | undefined> {
  const { onProgress: _, ...reading } = picked(options, []);
  const header = new HeaderAlone(reading);
  try {
    await readRecords(source, reading, diabetesSchema, header);
  } catch (error) {
    if (!(error instanceof HeaderKnown)) throw error;
    return error.file;
  }
  return undefined;
}

/** Ends the reading of a file whose header is known. */
class HeaderKnown extends Error {
  readonly file: FileNames | undefined;
  constructor(file: FileNames | undefined) {
    super('the header is known');
    this.file = file;
  }
}

class HeaderAlone implements RowSink {
  readonly #rows: Rows;

  constructor(options: ReadOptions) {
    this.#rows = new Rows(options, this);
  }

  begin(format: FileFormat): void {
    this.#rows.begin(format);
  }

  add(records: Parameters<Rows['add']>[0]): void {
    this.#rows.add(records);
  }

  header(file: FileNames, format: FileFormat): void {
    throw new HeaderKnown(format.header ? file : undefined);
  }

  takeAll(): boolean {
    return true;
  }

  take(): void {}

  takeRagged(): void {}
}
