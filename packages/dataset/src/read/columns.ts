import { shown } from '../arguments/assert.js';
import type { Column } from '../table/column.js';
import type { ColumnSchema } from '../table/schema.js';
import type { Records } from './cut-records.js';
import { MissingTexts } from './missing-texts.js';
import { type NumberFormat, readNumber, readPlainNumber } from './number-text.js';

/** Keeps the cells of one column. `set` is the one way to read a cell; `setAll` only spares it what is plain. */
export interface ColumnReader {
  /** Gives the reason when the cell cannot be kept, and may be repeated for a row. */
  set(row: number, cell: string): Reason;
  /** Keeps cell `at` of the records from `from` on, the first in `row`; false, and the rest undone, when one cannot be kept. */
  setAll(records: Records, from: number, at: number, row: number): boolean;
  reserve(rows: number): void;
}

/** A reader that ends in a column of the table. */
export interface KeptReader extends ColumnReader {
  finish(rows: number): Column;
}

type Reason = string | undefined;

/** How the cells of one column are to be read. */
export interface CellRules {
  readonly schema: ColumnSchema;
  readonly numbers: NumberFormat;
  /** Texts that mean missing, besides the schema's. */
  readonly missingTexts: readonly string[];
  readonly maxCellLength: number;
}

export function columnReader(rules: CellRules): KeptReader {
  return rules.schema.kind === 'number' ? new NumberReader(rules) : new CategoryReader(rules);
}

const tooLong = (cell: string, longest: number): Reason =>
  cell.length > longest ? `has ${cell.length} characters; limits.cellLength is ${longest}` : undefined;

class NumberReader implements KeptReader {
  readonly #rules: CellRules;
  readonly #missing: MissingTexts;
  readonly #decimal: number;
  readonly #affixes: readonly string[];
  #values = new Float64Array(64);

  constructor(rules: CellRules) {
    this.#rules = rules;
    this.#missing = missingIn(rules);
    this.#decimal = rules.numbers.decimal.charCodeAt(0);
    // The longer first: of `mg` and `mg/dL`, the whole is meant.
    this.#affixes = [...(rules.schema.affixes ?? [])].sort((a, b) => b.length - a.length);
  }

  set(row: number, cell: string): Reason {
    if (row >= this.#values.length) this.#values = grown(this.#values, row);
    const { maxCellLength, numbers, schema } = this.#rules;
    const reason = tooLong(cell, maxCellLength);
    if (reason) return reason;
    const text = cell.trim();
    const number = text === '' ? NaN : readNumber(text, numbers, this.#affixes);
    if (this.#missing.texts.has(text) || this.#missing.values.includes(number)) {
      this.#values[row] = NaN;
      return schema.missing === 'error' ? emptyReason(text) : undefined;
    }
    this.#values[row] = number;
    if (Number.isNaN(number)) return `is not a number${this.#hint(text)}`;
    return Number.isFinite(number) ? undefined : 'is too large for a number';
  }

  setAll(records: Records, from: number, at: number, row: number): boolean {
    const { firsts, starts, ends, text, length } = records;
    const rows = row + length - from;
    if (rows > this.#values.length) this.#values = grown(this.#values, rows);
    const into = this.#values;
    const missing = this.#missing.values;
    const { maxCellLength } = this.#rules;
    for (let i = from, to = row; i < length; i++, to++) {
      const k = firsts[i] + at;
      // A cell with doubled quotes ends below 0, and so is not plain.
      const value = readPlainNumber(text, starts[k], ends[k], this.#decimal);
      into[to] = value;
      const plain = !Number.isNaN(value) && ends[k] - starts[k] <= maxCellLength;
      const present = plain && (missing.length === 0 || !missing.includes(value));
      if (!present && this.set(to, records.cell(i, at)) !== undefined) return false;
    }
    return true;
  }

  reserve(rows: number): void {
    if (rows > this.#values.length) this.#values = grown(this.#values, rows);
  }

  finish(rows: number): Column {
    return { kind: 'number', values: trimmed(this.#values, rows) };
  }

  /** What a number that is written otherwise would need. */
  #hint(text: string): string {
    const { decimal, thousands } = this.#rules.numbers;
    const other = decimal === '.' ? ',' : '.';
    if (!Number.isNaN(readNumber(text, { decimal: other, thousands: null })))
      return `: the decimal mark is ${shown(decimal)}`;
    if (thousands === null && !Number.isNaN(readNumber(text, { decimal, thousands: other })))
      return `: no thousands mark is read`;
    return '';
  }
}

class CategoryReader implements KeptReader {
  readonly #rules: CellRules;
  readonly #missing: MissingTexts;
  readonly #levels: string[];
  readonly #codeOf: Map<string, number>;
  // Comparing with a few levels is faster than cutting out and hashing every cell.
  readonly #few: readonly string[];
  #codes = new Int32Array(64);

  constructor(rules: CellRules) {
    const { levels, spellings } = rules.schema;
    this.#rules = rules;
    this.#missing = missingIn(rules);
    this.#levels = [...(levels ?? [])];
    this.#codeOf = new Map(this.#levels.map((level, code) => [level, code]));
    const short = this.#levels.every((level) => level.length <= rules.maxCellLength);
    this.#few = this.#levels.length <= 8 && short ? [...this.#levels] : [];
    for (const [text, level] of Object.entries(spellings ?? {})) {
      if (!this.#codeOf.has(level)) this.#codeOf.set(level, this.#levels.push(level) - 1);
      this.#codeOf.set(text.trim(), this.#codeOf.get(level) as number);
    }
  }

  set(row: number, cell: string): Reason {
    if (row >= this.#codes.length) this.#codes = grown(this.#codes, row);
    const { maxCellLength, schema } = this.#rules;
    const reason = tooLong(cell, maxCellLength);
    if (reason) return reason;
    const text = cell.trim();
    const code = this.#codeOf.get(text);
    if (code !== undefined) {
      this.#codes[row] = code;
      return undefined;
    }
    this.#codes[row] = -1;
    if (this.#missing.texts.has(text)) return schema.missing === 'error' ? emptyReason(text) : undefined;
    if (schema.levels) return `is not one of ${schema.levels.map((level) => shown(level)).join(', ')}`;
    const copy = ownCopy(text);
    this.#codes[row] = this.#levels.length;
    this.#codeOf.set(copy, this.#levels.length);
    this.#levels.push(copy);
    return undefined;
  }

  setAll(records: Records, from: number, at: number, row: number): boolean {
    const { firsts, starts, ends, text, length } = records;
    const rows = row + length - from;
    if (rows > this.#codes.length) this.#codes = grown(this.#codes, rows);
    const few = this.#few;
    for (let i = from, to = row; i < length; i++, to++) {
      const k = firsts[i] + at;
      let code = few.length - 1;
      while (code >= 0 && !standsAt(text, starts[k], ends[k], few[code])) code--;
      this.#codes[to] = code;
      if (code < 0 && this.set(to, records.cell(i, at)) !== undefined) return false;
    }
    return true;
  }

  reserve(rows: number): void {
    if (rows > this.#codes.length) this.#codes = grown(this.#codes, rows);
  }

  finish(rows: number): Column {
    return { kind: 'category', codes: trimmed(this.#codes, rows), levels: this.#levels };
  }
}

/** A column of no name that is not in the schema: separators at the end of each line make such. It must be empty. */
export class NothingReader implements ColumnReader {
  set(_row: number, cell: string): Reason {
    return cell.trim() === '' ? undefined : 'stands in a column without a name that the schema does not know';
  }

  setAll(records: Records, from: number, at: number): boolean {
    for (let i = from; i < records.length; i++) if (!records.isEmptyCell(i, at)) return false;
    return true;
  }

  reserve(): void {}
}

/** The texts of schema and options that mean missing. A level that the schema names is a level, whatever else it may mean. */
export function missingIn({ schema, missingTexts, numbers }: CellRules): MissingTexts {
  const given = [...(schema.missingTexts ?? []), ...missingTexts];
  return schema.kind === 'number'
    ? new MissingTexts(given, numbers)
    : new MissingTexts(given.filter((text) => !schema.levels?.includes(text.trim())));
}

const emptyReason = (text: string): string =>
  text === '' ? 'is empty, and the column may not be' : 'means missing, and the column may not be';

/** Whether the text from `start` to before `end` is `level`. */
function standsAt(text: string, start: number, end: number, level: string): boolean {
  const { length } = level;
  if (end - start !== length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(start + i) !== level.charCodeAt(i)) return false;
  return true;
}

/** A copy of a cell: a slice would keep the whole piece of the file alive. */
export const ownCopy = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

export const grown = <T extends Float64Array | Int32Array>(cells: T, rows: number): T => {
  const larger = new (cells.constructor as new (length: number) => T)(Math.max(cells.length * 2, rows + 1));
  larger.set(cells);
  return larger;
};

/** A view when little is wasted, else a copy of the right size. */
export const trimmed = <T extends Float64Array | Int32Array>(cells: T, rows: number): T =>
  (cells.length > rows * 1.125 + 64 ? cells.slice(0, rows) : cells.subarray(0, rows)) as T;
