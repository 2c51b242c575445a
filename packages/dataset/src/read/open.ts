import { diabetesSchema } from '../diabetes/schema.js';
import type { TableNote } from '../table/note.js';
import type { ColumnSchema, TableSchema } from '../table/schema.js';
import type { Table } from '../table/table.js';
import { filePrefix, type TableIssue } from './error.js';
import { type FileNames, listed, matchHeader } from './header.js';
import { Inference, type InferOptions } from './infer.js';
import { type LoadOptions, loadDraft, loadTable } from './load.js';
import { checkReadOptions, type ReadOptions, readKeys } from './options.js';
import { readHeader } from './read-header.js';
import { roleKeys, rolesGiven } from './roles.js';
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
 * The source is read to its end once, or twice where its columns show late what they are, and its beginning before and after; a
 * stream is kept in memory for that, up to `limits.size`.
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
    const header = await readHeader(source(), picked(options, []), diabetesSchema);
    const diabetes = header?.format.header && diabetesTable(header.file, options);
    if (diabetes) return load(source(), options, diabetes.schema, diabetes.notes);
  }
  const { schema, notes, table } = await infer(source, options);
  if (table !== undefined) return opened(table, notes, []);
  return load(
    source(),
    options,
    schema,
    notes,
    progressOf(options, 1, () => 2),
  );
}

interface Inferred {
  readonly schema: TableSchema;
  readonly notes: readonly TableNote[];
  /** Absent where the cells must be read again. */
  readonly table: Table | undefined;
}

/** Infers a schema, and the table of it where all cells could be kept meanwhile. */
async function infer(source: () => TableSource, options: OpenOptions): Promise<Inferred> {
  const passes = () => (inference.keeps ? 1 : 2);
  const inference = new Inference(
    { ...picked(options, [...roleKeys, 'maxLevels']), ...progressOf(options, 0, passes) },
    true,
  );
  await inference.read(source());
  const { schema, notes } = inference.end();
  const draft = inference.draft();
  const loading = { ...picked(options, ['mode', 'maxIssues']), schema };
  return { schema, notes, table: draft && (await loadDraft(source(), loading, draft)) };
}

async function load(
  source: TableSource,
  options: OpenOptions,
  schema: TableSchema,
  notes: readonly TableNote[],
  progress: Pick<ReadOptions, 'onProgress'> = {},
): Promise<OpenedTable> {
  const issues: TableIssue[] = [];
  const table = await loadTable(source, {
    ...picked(options, ['mode', 'maxIssues']),
    ...progress,
    schema,
    onDropped: (dropped) => {
      issues.push(...dropped.issues);
      options.onDropped?.(dropped);
    },
  });
  return opened(table, notes, issues);
}

function opened(table: Table, notes: readonly TableNote[], issues: readonly TableIssue[]): OpenedTable {
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

/** Progress over several readings, of which `before` are done, where the length is known. */
function progressOf(
  { onProgress }: OpenOptions,
  before: number,
  passes: () => number,
): Pick<ReadOptions, 'onProgress'> {
  if (onProgress === undefined) return {};
  return {
    onProgress: ({ read, total, records }) =>
      onProgress(
        total === undefined
          ? { read, records }
          : { read: read + before * total, total: passes() * total, records },
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
