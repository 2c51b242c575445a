// The tokeniser is ours, and small. Papa Parse was it before: its work on a quoted cell that goes on after its closing quote is quadratic
// (96 KB took 5 s of such text), it cannot tell the lines of records between comments, and it makes a string of every cell, which was
// most of the time that reading took. uDSV and d3-dsv read on in silence after a stray quote; csv-parse carries Node's streams along.
import { shown } from '../arguments/assert.js';
import { count, RecordCutter, type RecordRules, type Records, tooLong } from './cut-records.js';
import type { TableIssue } from './error.js';

/** A fault after which the meaning of all further text is in doubt, so that no mode can read on. */
export class BrokenText extends Error {
  readonly issue: TableIssue;
  constructor(issue: TableIssue) {
    super(issue.reason);
    this.issue = issue;
  }
}

export interface TokeniserOptions extends Omit<RecordRules, 'newline'> {
  /** The line that the text begins on; default 1. */
  readonly firstLine?: number;
  /** Characters that are cut at a time; tests make it small. */
  readonly pieceLength?: number;
}

/** Cuts text that comes in pieces into records. Blank lines are skipped. Line ends: LF and CRLF, or CR throughout. */
export class Tokeniser {
  readonly #options: TokeniserOptions;
  readonly #onRecords: (records: Records) => void;
  readonly #pieceLength: number;
  #newline: '\n' | '\r' = '\n';
  #cutter: RecordCutter | undefined;
  #pending = '';
  #fresh: string[] = [];
  #freshLength = 0;

  constructor(options: TokeniserOptions, onRecords: (records: Records) => void) {
    this.#options = options;
    this.#onRecords = onRecords;
    this.#pieceLength = options.pieceLength ?? 2 ** 16;
  }

  push(text: string): void {
    this.#fresh.push(text);
    this.#freshLength += text.length;
    // Waiting until the new text is as long as the unfinished record keeps the total work linear, however small the pieces.
    if (this.#freshLength >= Math.max(this.#pieceLength, this.#pending.length)) this.#cut(false);
  }

  end(): void {
    this.#cut(true);
  }

  /** The line on which the text pushed so far ends. */
  lineAtEnd(): number {
    return this.#line + count(this.#pending + this.#fresh.join(''), this.#newline);
  }

  get #line(): number {
    return this.#cutter?.line ?? this.#options.firstLine ?? 1;
  }

  #cut(last: boolean): void {
    // Joined, the text is one flat string, whose characters are read twice as fast as those of `a + b`.
    let text = [this.#pending, ...this.#fresh].join('');
    this.#fresh = [];
    this.#freshLength = 0;
    // A CR that ends the text may be half of a CRLF.
    let held = '';
    if (!last && text.endsWith('\r')) {
      held = '\r';
      text = text.slice(0, -1);
    }
    // The first line break tells which kind ends a line; before it there is nothing to cut.
    if (last || /[\r\n]/.test(text)) this.#cutter ??= this.#start(text);
    if (this.#cutter === undefined) {
      this.#keep(text + held);
      return;
    }
    if (last && !text.endsWith(this.#newline)) text += this.#newline;
    this.#checkLineEnds(text);
    const { rest, fault } = this.#cutter.cut(text, last);
    if (this.#cutter.records.length > 0) this.#onRecords(this.#cutter.records);
    if (fault !== undefined) throw new BrokenText(fault);
    this.#keep(last ? '' : text.slice(rest) + held);
  }

  #keep(pending: string): void {
    this.#pending = pending;
    const longest = this.#options.maxRecordLength;
    if (pending.length > longest) throw new BrokenText(tooLong(pending, this.#line, longest));
  }

  #start(text: string): RecordCutter {
    if (/\r\n|\n|\r/.exec(text)?.[0] === '\r') this.#newline = '\r';
    return new RecordCutter({ ...this.#options, newline: this.#newline }, this.#line);
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
