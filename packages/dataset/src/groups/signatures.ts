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
  const last = codes.lastSignatures(names);
  const known = new Set(last?.names);
  const rest = names.filter((name) => !known.has(name));
  if (last && rest.length === 0) return last.signatures;
  yield* codes.prepare(names);
  const added = rest.map((name) => cellsOf(codes, name));
  // Columns of many values tell most rows apart at the first look.
  added.sort((a, b) => a.agreement - b.agreement);
  const { rowCount } = codes.table;
  let groups = last ? copied(last.signatures) : oneGroup(rowCount);
  for (let at = 0; at < added.length && groups.count < rowCount; ) {
    const several = yield* keysOf(added.slice(at), groups.count);
    groups = yield* parted(groups, several);
    at += several.columns;
  }
  const { ids, count } = groups;
  const [first, sizes] = [groups.first.slice(0, count), groups.sizes.slice(0, count)];
  const signatures = { columns: [...(last?.signatures.columns ?? []), ...added], ids, count, first, sizes };
  codes.keepSignatures(names, signatures);
  return signatures;
}

/** Cells of which at most `values` differ, missing ones with them. */
type Coded = Cells & { readonly values: number };

function cellsOf(codes: TableCodes, name: string): Coded {
  const known = codes.of(name);
  if (known === undefined) {
    const of = codes.table.numbers(name);
    // Numbers of which nearly every row has its own agree in next to no pair.
    return { name, of, agreement: 0, gaps: hasNaN(of), values: Infinity };
  }
  const present = known.ids.length - known.missing;
  let pairs = 0;
  for (let id = 0; id < known.count; id++) pairs += known.sizes[id] * (known.sizes[id] - 1);
  const agreement = present > 1 ? pairs / present / (present - 1) : 0;
  return { name, of: known.ids, agreement, gaps: known.missing > 0, values: known.count + 1 };
}

/** A loop, since a callback takes ten times as long at a million rows. */
function hasNaN(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (Number.isNaN(numbers[i])) return true;
  return false;
}

/** Groups in order of appearance; `first` and `sizes` may have room for more. */
type RowGroups = Pick<Signatures, 'ids' | 'count' | 'first' | 'sizes'>;

const oneGroup = (rows: number): RowGroups => ({
  ids: new Int32Array(rows),
  count: Math.min(1, rows),
  first: new Int32Array(rows),
  sizes: Int32Array.of(rows),
});

function copied({ ids, count, first, sizes }: RowGroups): RowGroups {
  const room = new Int32Array(ids.length);
  room.set(first);
  return { ids: ids.slice(), count, first: room, sizes };
}

/** One number a row for several columns, equal where their cells are; of codes one from 0 to `values` − 1. */
interface Keys {
  readonly of: Float64Array;
  /** How many columns it stands for. */
  readonly columns: number;
  /** Most different numbers. */
  readonly values: number;
}

/**
 * Keys of as many of the first columns as 53 bits hold beside the group: the codes are the digits of one number. Raw numbers are a key of
 * their own.
 */
function* keysOf(columns: readonly Coded[], groups: number): Steps<Keys> {
  const [{ of: start, values: width }] = columns;
  if (start instanceof Float64Array) return { of: start, columns: 1, values: width };
  const of = new Float64Array(start.length);
  for (let row = 0; row < of.length; row++) of[row] = start[row] + 1;
  let [values, at] = [width, 1];
  for (; at < columns.length && groups * values * columns[at].values <= 2 ** 53; at++) {
    const { of: codes, values: base } = columns[at];
    for (let row = 0; row < of.length; row++) of[row] = of[row] * base + codes[row] + 1;
    yield;
    values *= base;
  }
  return { of, columns: at, values };
}

/** Places of a table of all keys that could be: 16 MB. */
const mostPlaces = 2 ** 22;

/**
 * The groups parted by further columns. A row that is alone in its group stays so, whatever its cells are, so that the last columns cost
 * next to nothing. Writes over the groups that it is given.
 */
function* parted(groups: RowGroups, { of, values }: Keys): Steps<RowGroups> {
  const { ids, first, sizes: before } = groups;
  const rows = ids.length;
  // Where few keys could be, each has a place of its own: half of the time of hashing.
  const direct = groups.count * values <= Math.min(mostPlaces, 4 * rows);
  const mask = 2 ** Math.ceil(Math.log2(2 * Math.min(rows, groups.count * values) + 2)) - 1;
  const places = new Int32Array(direct ? groups.count * values : mask + 1); // one more than the group, 0 for none
  // Group and key in one number, where that is exact, stand beside the place: most of the time goes into fetching what is compared.
  const exact = groups.count * values <= 2 ** 53;
  const keys = new Float64Array(exact && !direct ? mask + 1 : 0);
  const parent = new Int32Array(exact ? 0 : rows);
  const sizes = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if ((row & 0xffff) === 0) yield;
    const old = ids[row];
    let id = -1;
    if (before[old] > 1 && direct) {
      const place = old * values + of[row];
      id = places[place] - 1;
      if (id < 0) places[place] = count + 1;
    } else if (before[old] > 1) {
      const key = exact ? old * values + of[row] : of[row];
      let place = (exact ? hashOf(key) : mixed(old, Number.isNaN(key) ? -1 : hashOf(key))) & mask;
      for (;;) {
        id = places[place] - 1;
        if (id < 0) break;
        if (exact ? keys[place] === key : parent[id] === old && isSame(of[first[id]], key)) break;
        place = (place + 1) & mask;
      }
      if (id < 0) {
        places[place] = count + 1;
        if (exact) keys[place] = key;
      }
    }
    if (id < 0) {
      id = count++;
      if (!exact) parent[id] = old;
      first[id] = row;
    }
    ids[row] = id;
    sizes[id]++;
  }
  return { ids, count, first, sizes };
}

const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
