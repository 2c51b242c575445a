// Opens the table that a worker holds.
import {
  type ColumnRole,
  type ColumnSchema,
  type OpenedTable,
  openTable,
  sampleDiabetes,
  Table,
  type TableSchema,
} from '@rectify/dataset';
import { sha256Of } from './sha256.js';
import type { Choices, ColumnChoice } from './table-info.js';

export interface OpenProgress {
  /** Share of the reading that is done, 0 to 1. */
  readonly done: number;
  readonly records: number;
}

/** A table, and the SHA-256 of the file it was read from; empty for the embedded one. */
export interface Chosen {
  readonly opened: OpenedTable;
  readonly sha256: string;
}

/** Least time between two reports of progress: each makes the page draw. */
const reportEvery = 100;

/** A file up to this size is read into memory once; a longer one from the disk each time. */
const mostInMemory = 2 ** 28;

/**
 * The table of a file, or the embedded one, with what the reader decided about its columns.
 *
 * @throws TableError for what is wrong in the file; RangeError for a choice that fits no column
 */
export async function openChosen(
  file: File | null,
  { label, columns }: Choices,
  onProgress: (progress: OpenProgress) => void,
): Promise<Chosen> {
  if (file === null) return { opened: await embedded(label, columns), sha256: '' };
  const source = file.size <= mostInMemory ? await bytesOf(file) : file;
  // The browser hashes beside the reading.
  const hash = sha256Of(source);
  hash.catch(() => {}); // it is waited for below, unless the table cannot be read
  const reading = { name: file.name, onProgress: seldom(onProgress) };
  const found = await openTable(source, { ...reading, ...(label !== '' && { label }) });
  const opened = await withChoices(found, columns, (schema) => openTable(source, { ...reading, schema }));
  return { opened, sha256: await hash };
}

/** The browser says "could not be found" of a folder that was dropped, and of a file that has changed since. */
const bytesOf = (file: File): Promise<Uint8Array<ArrayBuffer>> =>
  file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    (cause: unknown) => {
      const why = 'cannot be read: it is a folder, or was moved or changed since it was given';
      throw new Error(`${file.name}: ${why}`, { cause });
    },
  );

async function withChoices(
  found: OpenedTable,
  columns: readonly ColumnChoice[],
  readBy: (schema: TableSchema) => Promise<OpenedTable>,
): Promise<OpenedTable> {
  if (columns.length === 0) return found;
  const schema = chosenSchema(found.schema, columns);
  // A column of another kind is read anew; a role is a word about what is there.
  const isRead = schema.columns.some(({ kind }, i) => kind !== found.schema.columns[i].kind);
  if (isRead) return { ...(await readBy(schema)), notes: found.notes };
  return { ...found, schema, table: withSchema(found.table, schema) };
}

function seldom(onProgress: (progress: OpenProgress) => void) {
  let last = -Infinity;
  return ({ read, total, records }: { read: number; total?: number; records: number }) => {
    if (performance.now() - last < reportEvery) return;
    last = performance.now();
    onProgress({ done: total ? read / total : 0, records });
  };
}

async function embedded(label: string, columns: readonly ColumnChoice[]): Promise<OpenedTable> {
  const table = sampleDiabetes();
  const asked = label === '' ? table.schema : labelled(table.schema, label);
  const schema = chosenSchema(asked, columns);
  // A column of another kind is read anew, as that of a file is.
  if (schema.columns.some(({ kind }, i) => kind !== table.schema.columns[i].kind))
    return openTable(csvOf(table), { schema });
  return { table: withSchema(table, schema), schema, notes: [], issues: [] };
}

/** The embedded table as a file has it: no cell of it needs quotes. */
export const csvOf = (table: Table) =>
  [table.columnNames, ...table.toRows().map((row) => table.columnNames.map((name) => row[name] ?? ''))]
    .map((cells) => cells.join(','))
    .join('\n');

const withSchema = (table: Table, schema: TableSchema) =>
  new Table(
    schema,
    table.columnNames.map((name) => table.column(name)),
    table.rowCount,
    table.notes,
  );

/** The schema with another label; the one before is a feature. */
function labelled(schema: TableSchema, label: string): TableSchema {
  if (!schema.columns.some(({ name }) => name === label))
    throw new RangeError(
      `label must name a column, got "${label}"; the table has ${schema.columns.map(({ name }) => `"${name}"`).join(', ')}`,
    );
  return {
    ...schema,
    columns: schema.columns.map((column) => {
      if (column.name === label) return { ...column, role: column.kind === 'category' ? 'label' : 'target' };
      return column.role === 'label' || column.role === 'target' ? { ...column, role: 'feature' } : column;
    }),
  };
}

const roles: Record<ColumnChoice['as'], ColumnRole | undefined> = {
  ...{
    feature: 'feature',
    group: 'group',
    id: 'id',
    ignore: 'other',
    category: undefined,
    number: undefined,
  },
};

function chosenSchema(schema: TableSchema, choices: readonly ColumnChoice[]): TableSchema {
  for (const { name } of choices)
    if (!schema.columns.some((column) => column.name === name))
      throw new RangeError(`there is no column "${name}" in this table`);
  return {
    ...schema,
    columns: schema.columns.map((column) =>
      choices.filter(({ name }) => name === column.name).reduce(chosenColumn, column),
    ),
  };
}

function chosenColumn(column: ColumnSchema, { as }: ColumnChoice): ColumnSchema {
  const role = roles[as];
  if (role !== undefined) return { ...column, role };
  if (as === column.kind) return column;
  const { name, missingTexts } = column;
  const kept = { name, kind: as as 'number' | 'category', ...(missingTexts && { missingTexts }) };
  // What is told is a category, what is predicted a number.
  const aim = as === 'category' ? 'label' : 'target';
  return { ...kept, role: column.role === 'label' || column.role === 'target' ? aim : column.role };
}
