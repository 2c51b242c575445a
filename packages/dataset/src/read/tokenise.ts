// The tokeniser is Papa Parse, for these reasons, in this order: it reports malformed and unclosed quotes (uDSV and d3-dsv read on in
// silence and give wrong rows; uDSV also needs `new Function`, which a strict CSP forbids); its Parser takes text piece by piece and says
// where the unfinished record begins, in any runtime and without a Buffer polyfill (csv-parse is as strict, but its browser build carries
// 120 to 215 KB of Node, at half the speed); MIT, no dependencies, maintained.
import Papa from 'papaparse';
import { shown } from '../arguments/assert.js';
import type { TableIssue } from './error.js';

/** A fault after which the meaning of all further text is in doubt, so that no mode can read on. */
export class BrokenText extends Error {
  readonly issue: TableIssue;
  constructor(issue: TableIssue) {
    super(issue.reason);
    this.issue = issue;
  }
}

/** Cells of records that follow each other, and the line that each begins on. */
export type OnRecords = (records: string[][], lineOf: (index: number) => number) => void;

/** Cuts text that comes in pieces into records. Blank lines are skipped. Line ends: LF and CRLF, or CR throughout. */
export class Tokeniser {
  readonly #onRecords: OnRecords;
  readonly #delimiter: string;
  readonly #maxRecordLength: number;
  readonly #pieceLength: number;
  #parser: Papa.Parser | undefined;
  #newline = '\n';
  #line = 1;
  #pending = '';
  #fresh: string[] = [];
  #freshLength = 0;

  /** @param pieceLength characters that are parsed at a time; tests make it small */
  constructor(
    delimiter: string,
    maxRecordLength: number,
    onRecords: OnRecords,
    pieceLength: number = 2 ** 16,
  ) {
    this.#pieceLength = pieceLength;
    this.#delimiter = delimiter;
    this.#maxRecordLength = maxRecordLength;
    this.#onRecords = onRecords;
  }

  push(text: string): void {
    this.#fresh.push(text);
    this.#freshLength += text.length;
    // Waiting until the new text is as long as the unfinished record keeps the total work linear, however small the pieces.
    if (this.#freshLength >= Math.max(this.#pieceLength, this.#pending.length)) this.#parse(false);
  }

  end(): void {
    this.#parse(true);
  }

  /** The line on which the text pushed so far ends. */
  lineAtEnd(): number {
    return this.#line + count(this.#pending + this.#fresh.join(''), this.#newline);
  }

  #parse(last: boolean): void {
    let text = this.#pending + this.#fresh.join('');
    this.#fresh = [];
    this.#freshLength = 0;
    // A CR that ends the text may be half of a CRLF.
    let held = '';
    if (!last && text.endsWith('\r')) {
      held = '\r';
      text = text.slice(0, -1);
    }
    // The first line break tells which kind ends a line; before it there is nothing to parse.
    if (this.#parser === undefined && (last || /[\r\n]/.test(text))) this.#parser = this.#start(text);
    if (this.#parser === undefined) {
      this.#keep(text + held);
      return;
    }
    // An ended last line spares the parser its special cases for an end of file after a quote.
    if (last && !text.endsWith(this.#newline)) text += this.#newline;
    this.#checkLineEnds(text);
    const { data, errors, meta } = this.#parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
    // A complaint about the unfinished record may be wrong, and comes again when there is more of it.
    const broken = errors.find(({ row }) => last || (row ?? 0) < data.length);
    const good = broken === undefined ? data.length : (broken.row ?? 0);
    this.#give(good === data.length ? data : data.slice(0, good), text);
    if (broken !== undefined) {
      const reason =
        broken.code === 'MissingQuotes'
          ? 'a quoted cell is not closed'
          : 'a quoted cell goes on after its closing quote (a quote inside one is written twice)';
      throw new BrokenText({ line: this.#line, reason });
    }
    this.#keep(last ? '' : text.slice(meta.cursor) + held);
  }

  #give(data: string[][], text: string): void {
    const quotes = text.includes('"');
    const crlf = this.#newline === '\n' && text.includes('\r');
    if (!quotes && !crlf && data.every((cells) => cells.length > 1)) {
      const first = this.#line;
      this.#line += data.length;
      this.#onRecords(data, (i) => first + i);
      return;
    }
    const records: string[][] = [];
    const lines: number[] = [];
    for (const cells of data) {
      const begins = this.#line++;
      if (quotes) for (const cell of cells) this.#line += count(cell, this.#newline);
      const tail = cells.length - 1;
      const lastCell = cells[tail];
      if (crlf && lastCell.endsWith('\r')) cells[tail] = lastCell.slice(0, -1);
      if (tail === 0 && cells[0].trim() === '') continue;
      records.push(cells);
      lines.push(begins);
    }
    this.#onRecords(records, (i) => lines[i]);
  }

  #keep(pending: string): void {
    this.#pending = pending;
    if (pending.length <= this.#maxRecordLength) return;
    throw new BrokenText({
      line: this.#line,
      value: pending.slice(0, 100),
      reason: `begins a record of more than ${this.#maxRecordLength} characters: an unclosed quote, or limits.recordLength is too low`,
    });
  }

  #start(text: string): Papa.Parser {
    const first = /\r\n|\n|\r/.exec(text)?.[0];
    if (first === '\r') this.#newline = '\r';
    return new Papa.Parser({ delimiter: this.#delimiter, newline: this.#newline as '\n' | '\r' });
  }

  #checkLineEnds(text: string): void {
    const wrong =
      this.#newline === '\r' ? text.indexOf('\n') : text.includes('\r') ? text.search(/\r(?!\n)/) : -1;
    if (wrong < 0) return;
    const line = this.#line + count(text.slice(0, wrong), this.#newline);
    const found =
      this.#newline === '\r' ? 'a line feed among carriage returns' : 'a carriage return without a line feed';
    throw new BrokenText({
      line,
      reason: `${shown(text.slice(wrong, wrong + 1))} is ${found}: the line ends are mixed`,
    });
  }
}

function count(text: string, mark: string): number {
  let n = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) n++;
  return n;
}
