import { finish, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { hashOf, mixed } from './number-set.js';
import { type Cells, type Signatures, TableCodes } from './table-codes.js';

export type { Cells, Signatures } from './table-codes.js';

export function isMissing({ of }: Cells, row: number): boolean {
  const cell = of[row];
  return of instanceof Int32Array ? cell < 0 : Number.isNaN(cell);
}

/** Groups of rows that are alike in these columns, holes included. */
export const rowGroups = (table: Table, names: readonly string[]): Signatures =>
  finish(signaturesOf(new TableCodes(table), names));

export function* signaturesOf(codes: TableCodes, names: readonly string[]): Steps<Signatures> {
  const known = codes.lastSignatures(names);
  if (known !== undefined) return known;
  yield* codes.prepare(names);
  const columns = names.map((name) => cellsOf(codes, name));
  // Columns of many values tell most rows apart at the first look.
  columns.sort((a, b) => a.agreement - b.agreement);
  const hashes = new Int32Array(codes.table.rowCount);
  for (const { of } of columns) {
    if (of instanceof Int32Array) {
      for (let row = 0; row < of.length; row++) hashes[row] = mixed(hashes[row], of[row]);
    } else {
      for (let row = 0; row < of.length; row++)
        hashes[row] = mixed(hashes[row], Number.isNaN(of[row]) ? -1 : hashOf(of[row]));
    }
    yield;
  }
  const alike = (a: number, b: number) =>
    columns.every(({ of }) => of[a] === of[b] || (Number.isNaN(of[a]) && Number.isNaN(of[b])));
  const signatures = { columns, ...(yield* numbered(hashes, alike)) };
  codes.keepSignatures(names, signatures);
  return signatures;
}

function cellsOf(codes: TableCodes, name: string): Cells {
  const known = codes.of(name);
  if (known === undefined) {
    const of = codes.table.numbers(name);
    // Numbers of which nearly every row has its own agree in next to no pair.
    return { name, of, agreement: 0, gaps: hasNaN(of) };
  }
  const present = known.ids.length - known.missing;
  let pairs = 0;
  for (const size of known.sizes) pairs += size * (size - 1);
  const agreement = present > 1 ? pairs / present / (present - 1) : 0;
  return { name, of: known.ids, agreement, gaps: known.missing > 0 };
}

/** A loop, since a callback takes ten times as long at a million rows. */
function hasNaN(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) return true;
  return false;
}

/** Rows of equal hash that are alike get one number. */
function* numbered(
  hashes: Int32Array,
  alike: (a: number, b: number) => boolean,
): Steps<{ ids: Int32Array; count: number; first: Int32Array; sizes: Int32Array }> {
  const rows = hashes.length;
  const mask = 2 ** Math.ceil(Math.log2(2 * rows + 2)) - 1;
  const places = new Int32Array(mask + 1); // one more than the signature, 0 for none
  const ids = new Int32Array(rows);
  const first = new Int32Array(rows);
  const sizes = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if ((row & 0x3ffff) === 0) yield;
    let place = hashes[row] & mask;
    let id = places[place] - 1;
    while (id >= 0 && (hashes[first[id]] !== hashes[row] || !alike(first[id], row))) {
      place = (place + 1) & mask;
      id = places[place] - 1;
    }
    if (id < 0) {
      id = count++;
      places[place] = count;
      first[id] = row;
    }
    ids[row] = id;
    sizes[id]++;
  }
  return { ids, count, first: first.slice(0, count), sizes: sizes.slice(0, count) };
}
