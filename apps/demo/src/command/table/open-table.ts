import { readFile } from 'node:fs/promises';
import {
  checkSchema,
  formatIssue,
  formatNote,
  type OpenedTable,
  sampleDiabetes,
  type TableIssue,
  type TableNote,
  type TableSchema,
} from '@rectify/dataset';
import { openTableFile } from '@rectify/dataset/node';
import type { Context } from '../context.js';
import { reason } from '../output.js';
import { UsageError } from '../usage-error.js';
import { openOptions, type TableArguments } from './table-options.js';

/** A table to work on, and what it is called. */
export interface NamedTable extends OpenedTable {
  /** The path as it was given; null for the embedded table. */
  readonly path: string | null;
}

/**
 * Opens the table that the arguments name, the embedded one where they name none; what was found rather than given is said on
 * standard error.
 *
 * @throws TableError for what is wrong in the file, UsageError for what is wrong in the arguments
 */
export async function openTable(
  file: string | undefined,
  args: TableArguments,
  { stderr, signal }: Context,
): Promise<NamedTable> {
  if (file !== undefined && args.data !== undefined && file !== args.data)
    throw new UsageError(`the table is given twice: ${file} and --data ${args.data}`);
  const path = file ?? args.data;
  if (path === undefined) return embedded(args);
  const schema = args.schema === undefined ? undefined : await schemaFile(args.schema);
  let opened: OpenedTable;
  try {
    opened = await openTableFile(path, openOptions(args, schema, signal));
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      throw new UsageError(asOptions(error.message), { cause: error });
    throw error;
  }
  for (const note of opened.notes) stderr.write(`${path}: ${shownNote(note)}\n`);
  for (const issue of opened.issues) stderr.write(`${path}: left out: ${shownIssue(issue)}\n`);
  return { ...opened, path };
}

function embedded(args: TableArguments): NamedTable {
  const given = tableOptionNames.find((name) => args[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(
      `--${args[given] === false ? 'no-' : ''}${given} needs a FILE: the embedded table is read by its own schema`,
    );
  const table = sampleDiabetes();
  return { table, schema: table.schema, notes: [], issues: [], path: null };
}

const tableOptionNames: readonly (keyof TableArguments)[] = [
  'label',
  'target',
  'ignore',
  'features',
  'group',
  'id',
  'delimiter',
  'decimal',
  'thousands',
  'encoding',
  'missing',
  'header',
  'schema',
];

/** The schema in a file, checked. */
async function schemaFile(path: string): Promise<TableSchema> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `--schema ${path}: ${error.code === 'ENOENT' ? 'there is no such file' : reason(error)}`,
      { cause: error },
    );
  });
  try {
    return checkSchema(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`--schema ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** Options of the library as options of the command. */
const asOptions = (message: string): string =>
  message
    .replace(/\bmissingTexts(\[\d+\])?/g, '--missing')
    .replace(/(^|: )(\w+)( must )/, (whole, start, name, rest) =>
      tableOptionNames.some((known) => known === name) ? `${start}--${name}${rest}` : whole,
    );

/** A note, with the options of the command; what it has none for stands in the schema that `rectify schema` writes. */
const shownNote = ({ option, ...note }: TableNote): string => {
  const words = option?.split(' or ').map((name) => {
    if (name === 'missingTexts') return '--missing';
    return tableOptionNames.some((known) => known === name) ? `--${name}` : '--schema';
  });
  return formatNote({ ...note, ...(words && { option: [...new Set(words)].join(' or ') }) });
};

const shownIssue = (issue: TableIssue): string => formatIssue(issue);
