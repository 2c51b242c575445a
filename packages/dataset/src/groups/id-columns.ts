import { logChoose, logGamma } from '../statistics/tails.js';
import { finish, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { repeatsBeyondChance } from './chance-pairs.js';
import type { Codes } from './codes.js';
import { dateForm } from './dates.js';
import { distinctWhole } from './number-set.js';
import { signaturesOf } from './signatures.js';
import { TableCodes } from './table-codes.js';

/** A column that names the rows, so that it says nothing of them. */
export interface IdColumn {
  readonly column: string;
  /** The schema says so, by the role id. */
  readonly told: boolean;
  readonly because: string;
}

/**
 * Columns with the role id, and features and other columns that look like one. Texts: at least 10, of which 95 % differ. Whole numbers from 0
 * on, of at least 20 rows, where one of these holds: 95 % differ and they run on (half of the numbers between the least and the largest
 * occur, and chance would not draw so many different ones); the name says id, code, index or the like and 75 % differ; 90 % differ and the rows repeat without the column, more than chance
 * allows. Numbers with decimals, and dates, are never taken for ids.
 */
export function idColumns(table: Table): IdColumn[] {
  return finish(idColumnSteps(new TableCodes(table)));
}

export function* idColumnSteps(codes: TableCodes): Steps<IdColumn[]> {
  const found: IdColumn[] = [];
  const { table } = codes;
  for (const { name, role } of table.schema.columns) {
    yield;
    if (role === 'id') found.push({ column: name, told: true, because: 'the schema gives it the role id' });
    if (role !== 'feature' && role !== 'other') continue;
    const column = table.column(name);
    const because =
      column.kind === 'category'
        ? textsDiffer(codes.of(name) as Codes)
        : yield* numbersName(codes, name, column.values);
    if (because !== undefined) found.push({ column: name, told: false, because });
  }
  return found;
}

/** The columns whose values make two rows the same: all but ids, and, to see whether equal rows have one label, without it. */
export function* identityColumns(codes: TableCodes, ids?: readonly IdColumn[]): Steps<string[]> {
  const names = new Set((ids ?? (yield* idColumnSteps(codes))).map(({ column }) => column));
  return codes.table.columnNames.filter((name) => !names.has(name));
}

/** The features among them; where there is none, the columns of the role other. */
export function* identityFeatures(codes: TableCodes, ids?: readonly IdColumn[]): Steps<string[]> {
  const names = yield* identityColumns(codes, ids);
  const of = (role: 'feature' | 'other') => codes.table.namesOf(role).filter((name) => names.includes(name));
  return of('feature').length > 0 ? of('feature') : of('other');
}

function textsDiffer({ ids, count, missing }: Codes): string | undefined {
  const present = ids.length - missing;
  return count >= 10 && count >= 0.95 * present ? `${count} different texts in ${present} cells` : undefined;
}

function* numbersName(codes: TableCodes, name: string, numbers: Float64Array): Steps<string | undefined> {
  const known = codes.of(name);
  // Most columns are settled by how often their values repeat.
  if (known !== undefined && known.count < 0.75 * (numbers.length - known.missing)) return undefined;
  let [present, low, high] = [0, Infinity, -Infinity];
  for (let row = 0; row < numbers.length; row++) {
    const x = numbers[row];
    if (Number.isNaN(x)) continue;
    if (x < 0 || !Number.isInteger(x)) return undefined;
    present++;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  if (present < 20) return undefined;
  const distinct = known?.count ?? distinctWhole(numbers, low, high);
  const share = distinct / present;
  if (share < 0.75 || dateForm(numbers) !== undefined) return undefined;
  const differ = `${distinct} different whole numbers in ${present} cells`;
  const width = high - low + 1;
  const tried = codes.table.columnNames.length;
  if (
    share >= 0.95 &&
    width <= 2 * distinct &&
    logChanceDistinct(distinct, present, width) + Math.log(tried) < logLevel
  )
    return `${differ} that run on from ${low} to ${high}`;
  if (namesRows(name)) return `${differ}, and a name that says so`;
  if (share < 0.9 || !(yield* hidesRepeats(codes, name))) return undefined;
  return `${differ}, without which rows repeat`;
}

/** One in a thousand, of all columns together. */
const logLevel = Math.log(0.001);

/** ln of a bound for the chance that so many of n freely drawn numbers differ: C(n, d) · w! ÷ (w − d)! ÷ w^d, for w that can be drawn. */
const logChanceDistinct = (distinct: number, n: number, width: number): number =>
  logChoose(n, distinct) + logGamma(width + 1) - logGamma(width - distinct + 1) - distinct * Math.log(width);

const words = new Set([
  'id',
  'ids',
  'uuid',
  'guid',
  'key',
  'index',
  'idx',
  'nr',
  'no',
  'code',
  'serial',
  'unnamed',
  'rownames',
]);

const namesRows = (name: string): boolean =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => words.has(word));

function* hidesRepeats(codes: TableCodes, name: string): Steps<boolean> {
  const others = codes.table.schema.columns.filter((column) => column.name !== name && column.role !== 'id');
  if (others.length < 2) return false;
  const rows = yield* signaturesOf(
    codes,
    others.map((column) => column.name),
  );
  const repeats = codes.table.rowCount - rows.count;
  return repeats >= 3 && repeats >= 0.01 * codes.table.rowCount && repeatsBeyondChance(rows);
}
