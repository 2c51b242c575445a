import type { Steps } from '../steps/steps.js';
import type { Column } from '../table/column.js';
import type { TableNote } from '../table/note.js';
import { type CellRules, columnReader, grown, missingIn, ownCopy, trimmed } from './columns.js';
import type { FileFormat } from './find-format.js';

/** The rows of a file as inference has met them, so that they need not be read again to be loaded. */
export interface Draft {
  readonly format: FileFormat;
  readonly rows: number;
  /** By their places in the file. */
  readonly columns: readonly DraftColumn[];
  /** What was done about rows that are not as the header says. */
  readonly notes: readonly TableNote[];
}

/**
 * The cells of one column before it is known what the column holds: their texts, each kept once; or, where they are many and
 * numbers, the numbers.
 */
export class DraftColumn {
  readonly #codeOf = new Map<string, number>();
  #codes: Int32Array = new Int32Array(64);
  #values: Float64Array | undefined;

  get keepsNumbers(): boolean {
    return this.#values !== undefined;
  }

  addText(row: number, text: string): void {
    if (row >= this.#codes.length) this.#codes = grown(this.#codes, row);
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      code = this.#codeOf.size;
      this.#codeOf.set(ownCopy(text), code);
    }
    this.#codes[row] = code;
  }

  /** NaN for a cell that means missing. */
  addNumber(row: number, value: number): void {
    let values = this.#values as Float64Array;
    if (row >= values.length) {
      values = grown(values, row);
      this.#values = values;
    }
    values[row] = value;
  }

  reserve(rows: number): void {
    if (this.#values === undefined) this.#codes = grown(this.#codes, rows);
    else this.#values = grown(this.#values, rows);
  }

  /** Numbers from here on; `read` gives those of the texts until now. */
  toNumbers(read: (text: string) => number): void {
    const values = [...this.#codeOf.keys()].map(read);
    this.#values = Float64Array.from(this.#codes, (code) => values[code]);
    this.#codes = new Int32Array(0);
    this.#codeOf.clear();
  }

  /** The column as loading would give it; undefined where the cells must be read for that. Takes the cells out of the draft. */
  *load(rules: CellRules, rows: number): Steps<Column | undefined> {
    const isNumber = rules.schema.kind === 'number';
    if (this.#values !== undefined)
      return isNumber ? { kind: 'number', values: trimmed(this.#values, rows) } : undefined;
    const read = isNumber || rules.schema.levels ? this.#readTexts(rules) : yield* this.#textsAsLevels(rules);
    if (read === undefined) return undefined;
    const codes = trimmed(this.#codes, rows);
    const of = read.kind === 'number' ? read.values : read.codes;
    const cells = read.kind === 'number' ? new Float64Array(rows) : codes;
    for (let i = 0; i < rows; i++) {
      cells[i] = of[codes[i]];
      if (i % cellsAtOnce === 0) yield;
    }
    return read.kind === 'number'
      ? { kind: 'number', values: cells as Float64Array }
      : { kind: 'category', codes, levels: read.levels };
  }

  /** Each text as loading reads it: texts that are equal are equal cells. */
  #readTexts(rules: CellRules): Column | undefined {
    const reader = columnReader(rules);
    let code = 0;
    for (const text of this.#codeOf.keys()) if (reader.set(code++, text) !== undefined) return undefined;
    return reader.finish(code);
  }

  /** The same where every text is a level, as loading meets them. There may be as many as rows: they are not hashed again. */
  *#textsAsLevels(rules: CellRules): Steps<Column> {
    const missing = missingIn(rules).texts;
    const levels: string[] = [];
    const codes = new Int32Array(this.#codeOf.size);
    for (const [text, code] of this.#codeOf) {
      codes[code] = missing.has(text) ? -1 : levels.push(text) - 1;
      if (code % cellsAtOnce === 0) yield;
    }
    return { kind: 'category', codes, levels };
  }
}

/** Between two pauses, of some milliseconds. */
const cellsAtOnce = 2 ** 14;
