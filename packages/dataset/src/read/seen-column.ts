import { ownCopy } from './columns.js';
import type { Records } from './cut-records.js';
import { isDateText, isDayNumber } from './dates.js';
import { DraftColumn } from './draft.js';
import type { TableIssue } from './error.js';
import { MissingTexts } from './missing-texts.js';
import { type NumberFormat, readNumber, readPlainNumber } from './number-text.js';
import { isMissingAmongNumbers, isMissingWord } from './words.js';

/** Cells from whose beginning it is told whether a column names its rows. */
const firstCells = 4096;
/** Faults that are told of one column. */
const mostIssues = 20;

/** Texts whose meaning is kept, so that what stands in many rows is looked at once; and how long they may be. */
const keptMeanings = 1000;
const longestKept = 60;

/** What a text without outer spaces says in this column. */
interface Meaning {
  /** The number that it writes, else NaN or ±∞. */
  readonly value: number;
  /** It is one of the texts that are said to mean missing. */
  readonly missing: boolean;
  /** It is a word that means missing among numbers. */
  readonly word: boolean;
  readonly leadingZero: boolean;
  readonly tooLong: boolean;
  readonly date: boolean;
  readonly affix: string | undefined;
}

/** A count, and the first cell that was counted. */
export interface Tally {
  count: number;
  example: string;
  line: number;
}

/** What the cells of a column have shown, in bounded memory. */
export class SeenColumn {
  readonly name: string;
  /** Distinct texts and how often each stands, up to one more than the most that may be levels. */
  readonly texts = new Map<string, number>();
  /** Words that mean missing among numbers, and how often each stands. */
  readonly words = new Map<string, number>();
  /** Cells that are neither numbers nor such words. */
  readonly others: TableIssue[] = [];
  otherCount = 0;
  empty = 0;
  numbers = 0;
  low = Infinity;
  high = -Infinity;
  whole = true;
  /** All numbers are days such as 20240131. */
  days = true;
  dates = 0;
  /** `007`, and whole numbers that a float64 cannot tell from their neighbours. */
  readonly leadingZeros: Tally = { count: 0, example: '', line: 0 };
  readonly tooLong: Tally = { count: 0, example: '', line: 0 };
  /** Texts beside numbers, such as `mmol/L`, and how many cells have them. */
  readonly affixes = new Map<string, number>();
  /** Cells with outer spaces, which do not count. */
  readonly padded: Tally = { count: 0, example: '', line: 0 };
  /** Numbers that are one more than the one before. */
  steps = 0;
  #last = NaN;
  readonly #first = new Set<string>();
  #firstCount = 0;
  readonly #maxLevels: number;
  readonly #format: NumberFormat;
  readonly #missing: MissingTexts;
  readonly #meanings = new Map<string, Meaning>();
  #draft: DraftColumn | undefined;
  /** There are many, and no numbers. */
  #keepsTexts = false;

  constructor(
    name: string,
    maxLevels: number,
    format: NumberFormat,
    missingTexts: readonly string[],
    keep = false,
  ) {
    this.name = name;
    this.#maxLevels = maxLevels;
    if (keep) this.#draft = new DraftColumn();
    this.#format = format;
    this.#missing = new MissingTexts(missingTexts, format);
  }

  /** Cells that mean something. */
  get present(): number {
    return this.numbers + this.otherCount;
  }

  /** Words for missing that are levels when the column is a category. */
  get levelWords(): string[] {
    return [...this.words.keys()].filter((word) => !isMissingWord(word));
  }

  /** More affixes than a column of measures has. */
  get #affixesKnown(): boolean {
    return this.affixes.size >= 3;
  }

  get tooMany(): boolean {
    return this.texts.size > this.#maxLevels;
  }

  /** Share of different texts among the first cells. */
  get uniqueShare(): number {
    return this.#first.size / Math.max(1, this.#firstCount);
  }

  /** The cells, where they were to be kept and could be. */
  get draft(): DraftColumn | undefined {
    return this.#draft;
  }

  dropDraft(): void {
    this.#draft = undefined;
  }

  addAll(records: Records, from: number, at: number, row: number): void {
    const { text, starts, ends, firsts, lines } = records;
    const decimal = this.#format.decimal.charCodeAt(0);
    // Once it is known to have many values, a plain number has nothing more to tell than itself.
    const plainSuffices =
      this.tooMany &&
      this.#firstCount >= firstCells &&
      this.#missing.values.length === 0 &&
      this.#draft?.keepsNumbers !== false;
    for (let i = from; i < records.length; i++) {
      const k = firsts[i] + at;
      const value = plainSuffices ? readPlainNumber(text, starts[k], ends[k], decimal) : NaN;
      const mayHaveZeros = text.charCodeAt(starts[k]) === zero && Number.isInteger(value);
      if (Number.isNaN(value) || mayHaveZeros) {
        this.add(records.cell(i, at), row + i - from, lines[i]);
      } else {
        this.#addNumber(value);
        this.#draft?.addNumber(row + i - from - 1, value);
      }
    }
  }

  add(cell: string, row: number, line: number): void {
    const text = cell.trim();
    if (text === '') this.empty++;
    else this.#addPresent(text, cell, row, line);
    this.#keep(text, row - 1);
  }

  #addPresent(text: string, cell: string, row: number, line: number): void {
    this.#addText(text);
    if (text.length !== cell.length) tally(this.padded, cell, line);
    const meaning = this.#meaningOf(text);
    const { value } = meaning;
    if (meaning.missing) return;
    if (Number.isFinite(value)) {
      this.#addNumber(value);
      if (meaning.leadingZero) tally(this.leadingZeros, text, line);
      if (meaning.tooLong) tally(this.tooLong, text, line);
    } else if (meaning.word) {
      this.words.set(text, (this.words.get(text) ?? 0) + 1);
    } else {
      this.#addOther(text, meaning, row, line);
    }
  }

  /** Keeps a cell's text; or its number, once there are many texts and all are numbers, gaps or words for gaps. */
  #keep(text: string, row: number): void {
    const draft = this.#draft;
    if (draft === undefined) return;
    if (draft.keepsNumbers) {
      if (this.#manyAre !== 'numbers') this.#draft = undefined;
      else draft.addNumber(row, this.#numberOf(text));
      return;
    }
    draft.addText(row, text);
    if (!this.tooMany || this.#keepsTexts) return;
    if (this.#manyAre === 'texts') this.#keepsTexts = true;
    else if (this.#manyAre === 'numbers') draft.toNumbers((known) => this.#numberOf(known));
    else this.#draft = undefined;
  }

  #numberOf(text: string): number {
    return text === '' ? NaN : this.#meaningOf(text).value;
  }

  /** What a column of many texts will be; undefined where numbers and texts are mixed, and the end must be waited for. */
  get #manyAre(): 'numbers' | 'texts' | undefined {
    if (this.numbers === 0 || this.leadingZeros.count > 0 || this.tooLong.count > 0) return 'texts';
    return this.otherCount === 0 ? 'numbers' : undefined;
  }

  #meaningOf(text: string): Meaning {
    const known = this.#meanings.get(text);
    if (known !== undefined) return known;
    const value = readNumber(text, this.#format);
    const isNumber = Number.isFinite(value);
    const meaning = {
      value,
      missing: this.#missing.texts.has(text) || this.#missing.values.includes(value),
      word: !isNumber && isMissingAmongNumbers(text),
      leadingZero: isNumber && leadingZero.test(text),
      // 15 digits are always told apart.
      tooLong: isNumber && text.length > 15 && wholeNumber.test(text) && !Number.isSafeInteger(value),
      date: !isNumber && isDateText(text),
      affix: isNumber || this.#affixesKnown ? undefined : affixOf(text, this.#format),
    };
    if (text.length <= longestKept && this.#meanings.size < keptMeanings)
      this.#meanings.set(ownCopy(text), meaning);
    return meaning;
  }

  #addText(text: string): void {
    const count = this.texts.get(text);
    if (count !== undefined) this.texts.set(text, count + 1);
    else if (!this.tooMany) this.texts.set(ownCopy(text), 1);
    if (this.#firstCount < firstCells) {
      this.#firstCount++;
      this.#first.add(text.length <= 100 ? ownCopy(text) : text.slice(0, 100));
    }
  }

  #addNumber(value: number): void {
    this.numbers++;
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
    if (this.whole && !Number.isInteger(value)) this.whole = false;
    if (this.days && !isDayNumber(value)) this.days = false;
    if (value === this.#last + 1) this.steps++;
    this.#last = value;
  }

  #addOther(text: string, { date, affix }: Meaning, row: number, line: number): void {
    this.otherCount++;
    if (date) this.dates++;
    if (affix !== undefined && !this.#affixesKnown)
      this.affixes.set(affix, (this.affixes.get(affix) ?? 0) + 1);
    if (this.others.length < mostIssues)
      this.others.push({
        row,
        line,
        column: this.name,
        value: ownCopy(text.slice(0, 200)),
        reason: 'is not a number',
      });
  }
}

const zero = 0x30;
const leadingZero = /^[+-]?0\d+$/;
const wholeNumber = /^[+-]?\d+$/;

function tally(some: Tally, example: string, line: number): void {
  if (some.count++ === 0) Object.assign(some, { example: ownCopy(example.slice(0, 200)), line });
}

/** `mmol/L` of `5.4 mmol/L`, `€` of `€ 12`; undefined where no number stands beside one short text. */
function affixOf(text: string, format: NumberFormat): string | undefined {
  if (text.length > 60) return undefined;
  const start = text.search(/[\d+-]/);
  if (start < 0) return undefined;
  let end = text.length;
  while (end > start && !isDigit(text.charCodeAt(end - 1))) end--;
  const before = text.slice(0, start).trim();
  // A digit may belong to the unit, as in "5 m2" or "3 10^9/L": the number ends where the first space or letter stands.
  const inside = text.slice(start, end);
  const cut = inside.search(/[^\d.,+'’_eE-]/);
  const number = cut < 0 ? inside : inside.slice(0, cut);
  const after = text.slice(start + number.length);
  if ((before === '') === (after.trim() === '') || !Number.isFinite(readNumber(number, format)))
    return undefined;
  // "k1" and "5A" are codes; "5 g", "5kg" and "€5" are measures.
  if (before !== '')
    return /^\p{Sc}$|^(?:[A-Z]{2,3}\$?|Rs\.?)\s/u.test(text.slice(0, start)) ? ownCopy(before) : undefined;
  return /^(?:\s+\p{L}|\s*[%‰°\p{Sc}]|\p{L}[\p{L}/])/u.test(after) ? ownCopy(after.trim()) : undefined;
}

const isDigit = (code: number): boolean => code >= zero && code <= zero + 9;
