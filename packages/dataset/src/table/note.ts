import { shown } from '../arguments/assert.js';

/** Something that was decided about a file without being told: what, where it shows, and which option decides otherwise. */
export interface TableNote {
  /** What was found, and what was made of it. */
  readonly because: string;
  /** Column that it is about; absent when it is about the file. */
  readonly column?: string;
  /** Line of the text where it shows first, the first is 1. */
  readonly line?: number;
  /** Name of the option that decides otherwise, such as `delimiter`. */
  readonly option?: string;
  /** The note is about the whole file's form rather than what a column means. */
  readonly about?: 'file' | 'column';
}

/** One line, such as `separated by ";" (option delimiter)`. */
export function formatNote({ because, column, line, option }: TableNote): string {
  const where = column === undefined ? '' : `column ${shown(column)}: `;
  const at = line === undefined ? '' : ` (line ${line})`;
  return `${where}${because}${at}${option === undefined ? '' : `; to decide otherwise pass ${option}`}`;
}
