import { escapeControls, shown } from '../arguments/assert.js';

/** One fault of a table: where it is, what stands there and why that is not accepted. */
export interface TableIssue {
  /** Data row, the first below the header is 1; absent when the fault is the header's or the file's. */
  row?: number;
  /** Line of the text, the first is 1. */
  line?: number;
  /** Column name of the schema. */
  column?: string;
  /** The cell as it was read. */
  value?: string;
  /** Why it is a fault, such as `is not a number`; reads on from the value where there is one. */
  reason: string;
  /** What can be done about it in a program, naming the option; a command line says it in its own words. */
  advice?: string;
}

/**
 * A table that cannot be read: `message` is one line that names file, row, column and cell of the first fault,
 * and `issues` holds the faults as data.
 */
export class TableError extends Error {
  override readonly name = 'TableError';
  readonly issues: readonly TableIssue[];

  /** `options.rest` is what the message says of further faults; by default how many more there are. */
  constructor(issues: readonly TableIssue[], file?: string, options?: ErrorOptions & { rest?: string }) {
    const [first, ...others] = issues;
    if (first === undefined) throw new RangeError('a TableError needs at least one issue');
    const rest = options?.rest ?? (others.length > 0 ? `and ${others.length} more` : '');
    super(`${filePrefix(file)}${formatIssue(first)}${rest && ` (${rest})`}`, options);
    this.issues = issues;
  }
}

/** `my.csv: `, on one line whatever the name holds; nothing when there is no name. */
export const filePrefix = (file: string | undefined): string =>
  file === undefined ? '' : `${escapeControls(file.length > 200 ? `${file.slice(0, 199)}…` : file)}: `;

/** One line, such as `row 12, column "HbA1c": "abc" is not a number (line 13)`. */
export function formatIssue({ row, line, column, value, reason, advice }: TableIssue): string {
  const place = [row !== undefined && `row ${row}`, column !== undefined && `column ${shown(column)}`].filter(
    Boolean,
  );
  const where = place.length > 0 ? `${place.join(', ')}: ` : '';
  const what = value === undefined ? reason : `${shown(value)} ${reason}`;
  return `${where}${what}${line === undefined ? '' : ` (line ${line})`}${advice === undefined ? '' : `; ${advice}`}`;
}
