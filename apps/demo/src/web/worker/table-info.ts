// What the page knows of the table that a worker holds.
import { formatIssue, formatNote, type OpenedTable, type Row, type TableSchema } from '@rectify/dataset';

/** A column's role or kind, where it is not the one that was found. */
export interface ColumnChoice {
  readonly name: string;
  readonly as: 'feature' | 'category' | 'number' | 'group' | 'id' | 'ignore';
}

/** What a reader decided about a table's columns. */
export interface Choices {
  /** The column to tell or to predict; empty for the one that is found. */
  readonly label: string;
  readonly columns: readonly ColumnChoice[];
}

export const noChoices: Choices = { label: '', columns: [] };

export interface ColumnInfo {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly role: string;
  readonly unit: string | undefined;
}

export interface TableInfo {
  /** The file's name; null for the embedded table. */
  readonly name: string | null;
  /** SHA-256 of the file's bytes, in hex; empty for the embedded table. */
  readonly sha256: string;
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
  /** The column to tell or to predict; none where nothing is. */
  readonly label: string | undefined;
  readonly task: 'classification' | 'regression' | undefined;
  /** What was found of the file rather than given, and what of it was left out. */
  readonly notes: readonly string[];
  readonly firstRows: readonly Row[];
  readonly schema: TableSchema;
}

const rowsShown = 6;

export function infoOf(
  { table, notes, issues, schema }: OpenedTable,
  name: string | null,
  sha256: string,
): TableInfo {
  const [label] = [...table.namesOf('label'), ...table.namesOf('target')];
  return {
    ...{ name, sha256, schema, label },
    rows: table.rowCount,
    columns: table.schema.columns.map(({ name, kind, role, unit }) => ({ name, kind, role, unit })),
    task:
      label === undefined ? undefined : table.namesOf('label').length > 0 ? 'classification' : 'regression',
    notes: [...notes.map(formatNote), ...issues.map((issue) => `left out: ${formatIssue(issue)}`)],
    firstRows: table.head(rowsShown).toRows(),
  };
}
