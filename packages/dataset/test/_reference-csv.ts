import { isUtf8 } from 'node:buffer';

// An independent reading of the same rules, one character at a time, to hold the loader against.

/** Records of the text, or a reason why it has none. Blank lines are left out. */
export function referenceRecords(given: string): string[][] | string {
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
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
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
      while (at < text.length && text[at] !== end && text[at] !== ',' && text[at].trim() === '') at++;
      if (text[at] !== ',' && text[at] !== end) return 'text after a quoted cell';
    } else {
      while (text[at] !== ',' && text[at] !== end) cell += text[at++];
      if (end === '\n' && text[at] === '\n' && cell.endsWith('\r')) cell = cell.slice(0, -1);
    }
    record.push(cell);
    if (text[at] === end) {
      if (record.length > 1 || record[0].trim() !== '') records.push(record);
      record = [];
    }
    at++;
  }
  return records;
}

export interface ReferenceColumn {
  readonly name: string;
  readonly levels?: readonly string[];
}

/** Rows of the bytes under number columns and one label column, in the order of `columns`, or a reason why there are none. */
export function referenceRows(
  bytes: Uint8Array,
  columns: readonly ReferenceColumn[],
  maxCell: number,
): (number | string | null)[][] | string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 'UTF-16';
  if (!isUtf8(bytes)) return 'not UTF-8';
  const records = referenceRecords(
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );
  if (typeof records === 'string') return records;
  const [header, ...body] = records;
  if (header === undefined) return 'empty';
  const names = header.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  if (names.length !== columns.length) return 'columns';
  const places = columns.map(({ name }) => names.indexOf(name.toLowerCase()));
  if (places.includes(-1)) return 'missing column';
  if (body.length === 0) return 'no rows';
  const rows: (number | string | null)[][] = [];
  for (const cells of body) {
    if (cells.length !== columns.length) return 'ragged row';
    const row: (number | string | null)[] = [];
    for (const [i, { levels }] of columns.entries()) {
      const cell = cells[places[i]];
      const text = cell.trim();
      if (levels) {
        if (cell.length > maxCell || !levels.includes(text)) return 'unknown label';
        row.push(text);
      } else if (text === '') {
        if (cell.length > maxCell) return 'long cell';
        row.push(null);
      } else {
        if (!/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text)) return 'not a number';
        if (cell.length > maxCell || !Number.isFinite(Number(text))) return 'too large';
        row.push(Number(text));
      }
    }
    rows.push(row);
  }
  return rows;
}
