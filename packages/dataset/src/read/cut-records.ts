import type { TableIssue } from './error.js';

/**
 * Records that follow each other, as places in one piece of text: a cell is cut out only when it is asked for. Valid until the next
 * piece is cut.
 *
 * The cells of record i are `firsts[i]` to before `firsts[i + 1]`. Cell k is `text` from `starts[k]` to before `ends[k]`, without the
 * quotes around it; a cell that holds doubled quotes has `~ends[k]` instead, which is below 0.
 */
export class Records {
  text = '';
  length = 0;
  starts: Int32Array = new Int32Array(0);
  ends: Int32Array = new Int32Array(0);
  firsts: Int32Array = new Int32Array(1);
  /** The line that each record begins on. */
  lines: Int32Array = new Int32Array(0);

  /** Empties the list, and makes room for as many cells as the text can have. */
  begin(text: string): void {
    this.text = text;
    this.length = 0;
    if (this.starts.length > text.length) return;
    this.starts = new Int32Array(text.length + 1);
    this.ends = new Int32Array(text.length + 1);
    this.firsts = new Int32Array(text.length + 2);
    this.lines = new Int32Array(text.length + 1);
  }

  width(record: number): number {
    return this.firsts[record + 1] - this.firsts[record];
  }

  cell(record: number, at: number): string {
    const k = this.firsts[record] + at;
    const end = this.ends[k];
    return end >= 0
      ? this.text.slice(this.starts[k], end)
      : this.text.slice(this.starts[k], ~end).replaceAll('""', '"');
  }

  cells(record: number): string[] {
    return Array.from({ length: this.width(record) }, (_, at) => this.cell(record, at));
  }

  /** Whether cell `at` of the record holds nothing but spaces. */
  isEmptyCell(record: number, at: number): boolean {
    return this.#isEmpty(this.firsts[record] + at);
  }

  /** Whether no cell of the record holds anything but spaces. */
  isEmptyRow(record: number): boolean {
    for (let k = this.firsts[record]; k < this.firsts[record + 1]; k++) if (!this.#isEmpty(k)) return false;
    return true;
  }

  #isEmpty(k: number): boolean {
    const start = this.starts[k];
    const end = this.ends[k];
    if (start === end) return true;
    // Most cells are told by their first character.
    const first = this.text.charCodeAt(start);
    if (end < 0 || (first > 0x20 && first < 0x7f)) return false;
    return this.text.slice(start, end).trim() === '';
  }
}

export interface RecordRules {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
  /** Text that begins a line which is no record. */
  readonly comment: string | undefined;
  readonly maxRecordLength: number;
}

/** Cuts one piece of text into records. */
export class RecordCutter {
  readonly records = new Records();
  readonly #rules: RecordRules;
  #text = '';
  /** Line of the record that is cut, or comes next. */
  line: number;
  // Where the next cell begins, and where the next marks stand, −1 when there are none.
  #at = 0;
  #delimiter = -1;
  #newline = -1;
  /** Line breaks inside the quotes of the record. */
  #inner = 0;

  constructor(rules: RecordRules, line: number) {
    this.#rules = rules;
    this.line = line;
  }

  /**
   * Cuts all whole records of the text; blank lines are left out. A last text must end with a line break, so that only an open quote
   * leaves a record unfinished.
   *
   * @returns where the unfinished record begins, and the fault that ended the cutting, if one did
   */
  cut(text: string, last: boolean): { rest: number; fault?: TableIssue } {
    const { records } = this;
    const { comment, maxRecordLength } = this.#rules;
    records.begin(text);
    this.#text = text;
    this.#at = 0;
    this.#delimiter = text.indexOf(this.#rules.delimiter);
    this.#newline = text.indexOf(this.#rules.newline);
    let cells = 0;
    while (this.#newline >= 0) {
      const begin = this.#at;
      if (comment !== undefined && text.startsWith(comment, begin)) {
        this.#moveTo(this.#newline + 1);
        this.line++;
        continue;
      }
      records.firsts[records.length] = cells;
      this.#inner = 0;
      let after = this.#cell(cells++);
      while (after === 'cell') after = this.#cell(cells++);
      if (after === 'broken') return { rest: begin, fault: { line: this.line, reason: goesOn } };
      if (after === 'unfinished')
        return last ? { rest: begin, fault: { line: this.line, reason: notClosed } } : { rest: begin };
      if (this.#at - begin > maxRecordLength + 1)
        return { rest: begin, fault: tooLong(text.slice(begin), this.line, maxRecordLength) };
      if (cells - records.firsts[records.length] === 1 && this.#isBlank(begin)) {
        cells--;
      } else {
        records.lines[records.length++] = this.line;
        records.firsts[records.length] = cells;
      }
      this.line += 1 + this.#inner;
    }
    return { rest: this.#at };
  }

  /** Cuts the cell that begins here, and says what comes after it. */
  #cell(k: number): 'cell' | 'record' | 'unfinished' | 'broken' {
    const { starts, ends } = this.records;
    const at = this.#at;
    if (this.#text.charCodeAt(at) === quote) return this.#quotedCell(k);
    starts[k] = at;
    if (this.#delimiter >= 0 && (this.#delimiter < this.#newline || this.#newline < 0)) {
      ends[k] = this.#delimiter;
      this.#at = this.#delimiter + 1;
      this.#delimiter = this.#text.indexOf(this.#rules.delimiter, this.#at);
      return 'cell';
    }
    if (this.#newline < 0) return 'unfinished';
    const end = this.#newline;
    // A CR before an LF belongs to the line break; where CR ends the line, there is none before it.
    ends[k] = end > at && this.#text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    this.#at = end + 1;
    this.#newline = this.#text.indexOf(this.#rules.newline, this.#at);
    return 'record';
  }

  #quotedCell(k: number): 'cell' | 'record' | 'unfinished' | 'broken' {
    const text = this.#text;
    const { delimiter, newline } = this.#rules;
    const start = this.#at + 1;
    let doubled = false;
    let close = text.indexOf('"', start);
    while (close >= 0 && text.charCodeAt(close + 1) === quote) {
      doubled = true;
      close = text.indexOf('"', close + 2);
    }
    if (close < 0) return 'unfinished';
    let end = close + 1;
    while (end < text.length && text[end] !== delimiter && text[end] !== newline && text[end].trim() === '')
      end++;
    if (end === text.length) return 'unfinished';
    const after = text[end];
    if (after !== delimiter && after !== newline) return 'broken';
    this.records.starts[k] = start;
    this.records.ends[k] = doubled ? ~close : close;
    if (this.#newline < close) this.#inner += count(text.slice(start, close), newline);
    this.#moveTo(end + 1);
    return after === delimiter ? 'cell' : 'record';
  }

  #moveTo(at: number): void {
    this.#at = at;
    if (this.#delimiter >= 0 && this.#delimiter < at)
      this.#delimiter = this.#text.indexOf(this.#rules.delimiter, at);
    if (this.#newline >= 0 && this.#newline < at) this.#newline = this.#text.indexOf(this.#rules.newline, at);
  }

  #isBlank(begin: number): boolean {
    const { records } = this;
    const first = records.firsts[records.length];
    // A cell in quotes begins after its quote: a missing cell in the only column is no blank line.
    return records.starts[first] === begin && records.text.slice(begin, records.ends[first]).trim() === '';
  }
}

const quote = 0x22;
const carriageReturn = 0x0d;
const notClosed = 'a quoted cell is not closed';
const goesOn = 'a quoted cell goes on after its closing quote (a quote inside one is written twice)';

export const tooLong = (record: string, line: number, longest: number): TableIssue => ({
  line,
  value: record.slice(0, 100),
  reason: `begins a record of more than ${longest} characters: an unclosed quote, or limits.recordLength is too low`,
});

/** How often the mark stands in the text. */
export function count(text: string, mark: string): number {
  let n = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) n++;
  return n;
}
