import type { TableNote } from '../table/note.js';
import { commentAdvice } from './comment-advice.js';
import type { Records } from './cut-records.js';
import { TableError, type TableIssue } from './error.js';
import type { FileFormat } from './find-format.js';
import { type FileNames, nameColumns } from './header.js';
import { checkedLimits, type ReadOptions } from './options.js';

/**
 * The cells of a row as wide as the header: a row may end in separators that the header lacks, and lack cells of the header's last
 * columns where those have no name. Undefined for any other width.
 *
 * @param named columns up to the last that has a name
 */
export function fittedRow(cells: readonly string[], width: number, named: number): string[] | undefined {
  if (cells.length < named) return undefined;
  if (cells.slice(width).some((cell) => cell.trim() !== '')) return undefined;
  return Array.from({ length: width }, (_, at) => cells[at] ?? '');
}

/** What takes the rows of a file. */
export interface RowSink {
  /** The columns, before any row; `line` is that of the header, or of the first row where there is none. */
  header(file: FileNames, format: FileFormat, line: number): void;
  /** Takes all these records, each as wide as the header, or none of them: then `false`, and they come again one by one. */
  takeAll(records: Records, from: number): boolean;
  /** One row, as wide as the header. */
  take(cells: readonly string[], line: number): void;
  /** A row of another width, and what is wrong with it. */
  takeRagged(issue: Omit<TableIssue, 'row'>): void;
}

/** Tells header and rows apart, and gives the rows on: those that are wholly empty left out, those that end in separators cut. */
export class Rows {
  readonly #sink: RowSink;
  readonly #options: ReadOptions;
  #format: FileFormat | undefined;
  #file: FileNames | undefined;
  /** Columns up to the last that has a name. */
  #named = 0;
  readonly #empty = { count: 0, line: 0 };
  readonly #trailing = { count: 0, line: 0 };

  constructor(options: ReadOptions, sink: RowSink) {
    this.#options = options;
    this.#sink = sink;
  }

  begin(format: FileFormat): void {
    this.#format = format;
  }

  add(records: Records): void {
    const from = this.#file === undefined ? this.#header(records) : 0;
    if (records.length === from) return;
    // All at once, column by column, is faster than row by row.
    if (this.#allWhole(records, from) && this.#sink.takeAll(records, from)) return;
    for (let i = from; i < records.length; i++) this.#row(records, i);
  }

  /** What was done about rows that are not as the header says. */
  notes(): TableNote[] {
    const note = (
      { count, line }: { count: number; line: number },
      one: string,
      many: string,
      option?: string,
    ) =>
      count === 0
        ? []
        : [
            {
              because: count === 1 ? `1 row ${one}` : `${count} rows ${many}`,
              line,
              about: 'file' as const,
              ...(option && { option }),
            },
          ];
    return [
      ...note(this.#empty, 'is wholly empty and left out', 'are wholly empty and left out', 'emptyRows'),
      ...note(
        this.#trailing,
        'ends in separators after the last column',
        'end in separators after the last column',
      ),
    ];
  }

  get isEmpty(): boolean {
    return this.#file === undefined;
  }

  /** Takes the columns' names from the first record or the options; gives the place of the first row. */
  #header(records: Records): number {
    const { names, name } = this.#options;
    const format = this.#format as FileFormat;
    const line = records.lines[0];
    const width = records.width(0);
    const limits = checkedLimits(this.#options.limits);
    const refuse = (reason: string) => new TableError([{ line, reason }], name);
    const what = format.header ? 'header' : 'first record';
    if (width > limits.columns)
      throw refuse(`the ${what} has ${width} columns; limits.columns is ${limits.columns}`);
    if (names !== undefined && names.length !== width)
      throw refuse(`the ${what} has ${width} columns, and names has ${names.length}`);
    const written = names ?? (format.header ? records.cells(0) : new Array<string>(width).fill(''));
    const long = written.find((cell) => cell.length > limits.cellLength);
    if (long !== undefined)
      throw new TableError([{ line, value: long.slice(0, 200), reason: 'is too long for a header' }], name);
    this.#file = nameColumns(written);
    this.#named = format.header ? this.#file.written.findLastIndex((cell) => cell !== '') + 1 : width;
    this.#sink.header(this.#file, format, line);
    return format.header ? 1 : 0;
  }

  get #width(): number {
    return this.#file?.names.length ?? 0;
  }

  /** Every record is as wide as the header, and none is empty. */
  #allWhole(records: Records, from: number): boolean {
    const width = this.#width;
    for (let i = from; i < records.length; i++)
      if (records.width(i) !== width || this.#isLeftOut(records, i)) return false;
    return true;
  }

  /** In a table of one column an empty row is a missing cell. */
  #isLeftOut(records: Records, i: number): boolean {
    return this.#width > 1 && this.#options.emptyRows !== 'keep' && records.isEmptyRow(i);
  }

  /** The row may be a comment, or a comment above the header may have been taken for it. */
  #commentAdvice(cells: readonly string[]): { advice?: string } {
    if (this.#format?.comment !== undefined) return {};
    const header = this.#format?.header && cells.length > this.#width ? this.#file?.written[0] : undefined;
    return { ...commentAdvice(header), ...commentAdvice(cells[0]) };
  }

  #row(records: Records, i: number): void {
    const line = records.lines[i];
    if (this.#isLeftOut(records, i)) {
      tally(this.#empty, line);
      return;
    }
    const cells = records.cells(i);
    if (cells.length === this.#width) {
      this.#sink.take(cells, line);
      return;
    }
    const fitted = fittedRow(cells, this.#width, this.#named);
    if (fitted === undefined) {
      this.#sink.takeRagged({
        line,
        reason: `the row has ${cells.length} cells, the header ${this.#width}`,
        ...this.#commentAdvice(cells),
      });
      return;
    }
    if (cells.length > this.#width) tally(this.#trailing, line);
    this.#sink.take(fitted, line);
  }
}

function tally(some: { count: number; line: number }, line: number): void {
  if (some.count++ === 0) some.line = line;
}
