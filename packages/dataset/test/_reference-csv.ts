import { isUtf8 } from 'node:buffer';

// An independent reading of the same rules, one character at a time, to hold the loader against.

/** Records of the text, or a reason why it has none. Blank lines are left out. */
export function referenceRecords(given: string, delimiter = ','): string[][] | string {
  let text = given;
  if (text.includes('\0')) return 'NUL';
  const firstBreak = text.search(/[\r\n]/);
  const classicMac =
    firstBreak >= 0 &&
    text[firstBreak] === '\r' &&
    text[firstBreak + 1] !== '\n' &&
    firstBreak + 1 < text.length;
  const end =
    classicMac || (firstBreak >= 0 && firstBreak + 1 === text.length && text[firstBreak] === '\r')
      ? '\r'
      : '\n';
  if (!text.endsWith(end)) text += end;
  for (let i = 0; i < text.length; i++) {
    if (end === '\r' ? text[i] === '\n' : text[i] === '\r' && text[i + 1] !== '\n') return 'mixed line ends';
  }
  const records: string[][] = [];
  let record: string[] = [];
  let quoted = false;
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      quoted = true;
      at++;
      for (;;) {
        if (at >= text.length) return 'open quote';
        if (text[at] !== '"') cell += text[at++];
        else if (text[at + 1] === '"') {
          cell += '"';
          at += 2;
        } else break;
      }
      at++;
      while (at < text.length && text[at] !== end && text[at] !== delimiter && text[at].trim() === '') at++;
      if (text[at] !== delimiter && text[at] !== end) return 'text after a quoted cell';
    } else {
      while (text[at] !== delimiter && text[at] !== end) cell += text[at++];
      if (end === '\n' && text[at] === '\n' && cell.endsWith('\r')) cell = cell.slice(0, -1);
    }
    record.push(cell);
    if (text[at] === end) {
      if (record.length > 1 || quoted || record[0].trim() !== '') records.push(record);
      record = [];
      quoted = false;
    }
    at++;
  }
  return records;
}

/** The text of the bytes, or undefined when they are none. */
export function referenceText(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    if (bytes.length % 2 === 1) return undefined;
    const swapped = a === 0xfe ? Buffer.from(bytes).swap16() : Buffer.from(bytes);
    const text = swapped.subarray(2).toString('utf16le');
    return /[\uD800-\uDFFF]/u.test(text) ? undefined : text;
  }
  return isUtf8(bytes)
    ? Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
    : undefined;
}

export interface ReferenceColumn {
  readonly name: string;
  readonly levels?: readonly string[];
  readonly missingTexts?: readonly string[];
}

export interface ReferenceRules {
  readonly delimiter: string;
  readonly decimal: string;
  readonly thousands: string | null;
  readonly header: boolean;
  readonly emptyRows: 'skip' | 'keep';
  readonly maxCell: number;
}

/** Rows of the text under number columns and one label column, in the order of `columns`, or a reason why there are none. */
export function referenceRows(
  text: string | undefined,
  columns: readonly ReferenceColumn[],
  rules: ReferenceRules,
): (number | string | null)[][] | string {
  if (text === undefined) return 'no text';
  const records = referenceRecords(text, rules.delimiter);
  if (typeof records === 'string') return records;
  if (records.length === 0) return 'empty';
  const width = records[0].length;
  const names = rules.header
    ? (records.shift()?.map(looseName) ?? [])
    : columns.map(({ name }) => looseName(name));
  if (names.some((name) => name.length > rules.maxCell)) return 'long header';
  if (names.length !== width) return 'columns';
  const places = columns.map(({ name }) => names.indexOf(looseName(name)));
  if (places.includes(-1)) return 'missing column';
  if (names.filter((name) => name !== '').length !== columns.length) return 'more columns';
  const named = names.findLastIndex((name) => name !== '') + 1;
  const rows: (number | string | null)[][] = [];
  for (const cells of records) {
    if (rules.emptyRows === 'skip' && width > 1 && cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length < named || cells.slice(width).some((cell) => cell.trim() !== '')) return 'ragged row';
    if (names.some((name, at) => name === '' && (cells[at] ?? '').trim() !== ''))
      return 'cell without column';
    const row = columns.map((column, i) => referenceCell(cells[places[i]], column, rules));
    if (row.includes(undefined)) return 'bad cell';
    rows.push(row as (number | string | null)[]);
  }
  return rows.length === 0 ? 'no rows' : rows;
}

/** Without marks between words; a name of marks alone is a name all the same. */
const looseName = (name: string): string => {
  const written = name
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
  return written.replace(/[\s_.-]/g, '') || written;
};

/** The cell's value, null when it is missing, undefined when it cannot be read. */
function referenceCell(
  cell: string,
  { levels, missingTexts = [] }: ReferenceColumn,
  rules: ReferenceRules,
): number | string | null | undefined {
  const text = cell.trim();
  if (cell.length > rules.maxCell) return undefined;
  if (levels) return levels.includes(text) ? text : undefined;
  if (text === '') return null;
  const plain = { ...rules, decimal: '.', thousands: null };
  const value = referenceNumber(text, rules);
  for (const missing of missingTexts) {
    if (missing.trim() === text) return null;
    const number = referenceNumber(missing.trim(), rules) ?? referenceNumber(missing.trim(), plain);
    if (number !== undefined && number === value) return null;
  }
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function referenceNumber(text: string, { decimal, thousands }: ReferenceRules): number | undefined {
  const mark = (character: string) => (character === ' ' ? '[ \\u00a0\\u2009\\u202f]' : `[${character}]`);
  const point = mark(decimal);
  if (new RegExp(`^[-+]?(\\d+(${point}\\d*)?|${point}\\d+)(e[-+]?\\d+)?$`, 'i').test(text))
    return Number(text.replace(decimal, '.'));
  if (thousands === null) return undefined;
  const group = mark(thousands);
  if (!new RegExp(`^[-+]?[1-9]\\d{0,2}(${group}\\d{3})+(${point}\\d*)?$`).test(text)) return undefined;
  return Number(text.replace(new RegExp(group, 'g'), '').replace(decimal, '.'));
}
