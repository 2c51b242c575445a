import { assertInteger, assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { classesOf } from '../groups/classes.js';
import { type Groups, groupBy, groupSizes } from '../groups/group-rows.js';
import { type AgreeingGroups, agreeingGroups } from '../groups/holes.js';
import { panelSteps } from '../groups/panels.js';
import { TableCodes } from '../groups/table-codes.js';
import { finish, type RunOptions, run, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { dealGroups } from './deal-groups.js';
import { holdOutGroups } from './hold-out-groups.js';
import { randomIntegers } from './random.js';
import { shuffleSteps } from './shuffle.js';

/** Row indices of the two parts, in shuffled order. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * `random`: rows dealt freely. `stratified`: every class with the same share in both parts, to within one row. `grouped`: whole groups, so
 * that no group has rows on both sides. `stratified-grouped`: whole groups, with class shares as near as they allow.
 */
export type SplitMethod = 'random' | 'stratified' | 'grouped' | 'stratified-grouped';

const methods: readonly SplitMethod[] = ['random', 'stratified', 'grouped', 'stratified-grouped'];

interface DealOptions {
  readonly method: SplitMethod;
  /** A group for each row, or columns whose equal values make a group; default the columns with the role group, or
   * else the panels (`panelIds(table)`). Rows with missing cells there belong to every group that they agree with. */
  readonly groups?: ArrayLike<number> | readonly string[];
  /** Integer from 0 to 2³² − 1. */
  readonly seed: number;
}

/** How rows are dealt into a training and a test part. */
export interface SplitOptions extends DealOptions {
  /** Share of the rows (for `grouped`: of the groups) that go to the test part, rounded up as scikit-learn does; default 0.2. */
  readonly testShare?: number;
  readonly folds?: undefined;
}

/** How rows are dealt into folds. */
export interface FoldOptions extends DealOptions {
  /** Number of folds, at least 2: every row is in the test part of exactly one. */
  readonly folds: number;
  /** Rounds of folds, each dealt anew; default 1. */
  readonly repeats?: number;
}

/**
 * Deals the rows into a training and a test part, or into k folds, the same for a seed on every platform.
 *
 * Sizes are scikit-learn's: ⌈testShare · n⌉ test rows (or groups); folds of ⌊n/k⌋ or ⌈n/k⌉ rows (or groups).
 *
 * @throws RangeError when a part would be empty, or a class has too few rows or groups to stand in every part
 */
export function split(table: Table, options: SplitOptions): Split;
/** One split for each fold, round after round. */
export function split(table: Table, options: FoldOptions): Split[];
export function split(table: Table, options: SplitOptions | FoldOptions): Split | Split[] {
  return finish(splitSteps(table, options));
}

/** As `split`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
export function splitAsync(table: Table, options: SplitOptions & RunOptions): Promise<Split>;
export function splitAsync(table: Table, options: FoldOptions & RunOptions): Promise<Split[]>;
export async function splitAsync(
  table: Table,
  { signal, onProgress, ...options }: (SplitOptions | FoldOptions) & RunOptions,
): Promise<Split | Split[]> {
  return run(splitSteps(table, options), { ...(signal && { signal }), ...(onProgress && { onProgress }) });
}

function* splitSteps(table: Table, options: SplitOptions | FoldOptions): Steps<Split | Split[]> {
  assertOptions('split options', options, ['method', 'groups', 'seed', 'testShare', 'folds', 'repeats']);
  assertOneOf('method', options.method, methods);
  const order = yield* shuffleSteps(table.rowCount, options.seed);
  yield;
  if (options.folds === undefined) {
    const isTest = yield* holdOut(table, options, order);
    yield;
    return parts(order, (row) => isTest[row] === 1);
  }
  const { folds, repeats = 1 } = options;
  assertInteger('folds', folds, 2, 2 ** 31);
  assertInteger('repeats', repeats, 1, 2 ** 31);
  const draw = randomIntegers(options.seed);
  const splits: Split[] = [];
  for (let round = 0; round < repeats; round++) {
    const seed = round === 0 ? options.seed : draw(0, 2 ** 32 - 1);
    const rows = round === 0 ? order : yield* shuffleSteps(table.rowCount, seed);
    const foldOf = yield* dealFolds(table, { ...options, seed }, rows);
    for (let fold = 0; fold < folds; fold++) {
      splits.push(parts(rows, (row) => foldOf[row] === fold));
      yield;
    }
  }
  return splits;
}

/** The rows in their order, each in its part. */
function parts(order: Uint32Array, inTest: (row: number) => boolean): Split {
  const [test, train] = [new Uint32Array(order.length), new Uint32Array(order.length)];
  let [tests, trains] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    if (inTest(order[i])) test[tests++] = order[i];
    else train[trains++] = order[i];
  }
  return { test: test.slice(0, tests), train: train.slice(0, trains) };
}

/** 1 for every row of the test part. */
function* holdOut(table: Table, options: SplitOptions, order: Uint32Array): Steps<ArrayLike<number>> {
  const { method, testShare = 0.2, seed } = options;
  if (typeof testShare !== 'number')
    throw new TypeError(`testShare must be a number, got ${shown(testShare)}`);
  if (!(testShare > 0 && testShare < 1)) {
    throw new RangeError(`testShare must lie between 0 and 1, got ${shown(testShare)}`);
  }
  const n = table.rowCount;
  if (method === 'random') return marked(n, order.subarray(0, testSize(n, testShare, 'rows')));
  if (method === 'stratified') {
    const classes = classesOf(table);
    const quota = classQuotas(groupSizes(classes), testSize(n, testShare, 'rows'), classes.names);
    return marked(
      n,
      order.filter((row) => quota[classes.ids[row]]-- > 0),
    );
  }
  const groups = yield* groupsOf(table, options.groups);
  const groupOrder = yield* shuffleSteps(groups.count, seed);
  const isTest =
    method === 'grouped'
      ? marked(groups.count, groupOrder.subarray(0, testSize(groups.count, testShare, 'groups')))
      : yield* holdOutGroups(groups, classesOf(table), groupOrder, testShare);
  yield;
  return valueOfRows(groups, isTest);
}

/** The fold of every row. */
function* dealFolds(table: Table, options: FoldOptions, order: Uint32Array): Steps<ArrayLike<number>> {
  const { method, folds, seed } = options;
  if (method === 'random') return dealt(order, folds, 'rows');
  if (method === 'stratified') {
    const classes = classesOf(table);
    groupSizes(classes).forEach((size, i) => {
      if (size < folds)
        throw new RangeError(
          `class ${shown(classes.names[i])} has ${rowsText(size)}, too few for ${folds} folds`,
        );
    });
    // Dealing class after class gives every fold a like number of each class, and of rows.
    return dealt(inOrderOfClass(order, classes), folds, 'rows');
  }
  const groups = yield* groupsOf(table, options.groups);
  const groupOrder = yield* shuffleSteps(groups.count, seed);
  const foldOfGroup =
    method === 'grouped'
      ? dealt(groupOrder, folds, 'groups')
      : yield* dealGroups(groups, classesOf(table), groupOrder, folds);
  yield;
  return valueOfRows(groups, foldOfGroup);
}

/** For each row the value of its group; a callback takes ten times as long at a million rows. */
function valueOfRows({ ids }: Groups, values: ArrayLike<number>): Int32Array {
  const ofRows = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) ofRows[row] = values[ids[row]];
  return ofRows;
}

/** The rows of the first class in their order, then those of the second, and so on. */
function inOrderOfClass(order: Uint32Array, classes: Groups): Uint32Array {
  const sizes = groupSizes(classes);
  const next = new Uint32Array(classes.count);
  for (let c = 1; c < next.length; c++) next[c] = next[c - 1] + sizes[c - 1];
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[classes.ids[order[i]]]++] = order[i];
  return sorted;
}

const rowsText = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`);

function dealt(order: Uint32Array, folds: number, what: string): Int32Array {
  if (order.length < folds) throw new RangeError(`${order.length} ${what} are too few for ${folds} folds`);
  const foldOf = new Int32Array(order.length);
  order.forEach((item, place) => {
    foldOf[item] = place % folds;
  });
  return foldOf;
}

function marked(n: number, items: Uint32Array): Uint8Array {
  const marks = new Uint8Array(n);
  for (const item of items) marks[item] = 1;
  return marks;
}

function testSize(n: number, testShare: number, what: string): number {
  const size = Math.ceil(testShare * n);
  if (size > 0 && size < n) return size;
  if (n < 2) throw new RangeError(`a split needs at least two ${what}, got ${n}`);
  throw new RangeError(
    `testShare must leave at least one of ${n} ${what} in each part, got ${testShare}: ${size === 0 ? 'none' : 'all'} would be held out`,
  );
}

/** Test rows of each class: its share rounded down or up, the largest remainders up, and first of all those that would get none. */
function classQuotas(sizes: Int32Array, total: number, names: readonly string[]): number[] {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const exact = Array.from(sizes, (size) => (size * total) / n);
  const quota = exact.map(Math.floor);
  const urgency = (c: number) => (quota[c] === 0 ? 1 : 0) + exact[c] - Math.floor(exact[c]);
  const byNeed = exact
    .map((_, c) => c)
    .filter((c) => !Number.isInteger(exact[c]))
    .sort((a, b) => urgency(b) - urgency(a));
  const spare = total - quota.reduce((sum, q) => sum + q, 0);
  for (const c of byNeed.slice(0, spare)) quota[c] = quota[c] + 1;
  quota.forEach((q, c) => {
    if (q > 0 && q < sizes[c]) return;
    throw new RangeError(
      `class ${shown(names[c])} has ${rowsText(sizes[c])}, too few for ${total} test rows of ${n}`,
    );
  });
  return quota;
}

/** The given groups; else those of the columns with the role group; else the panels. */
function* groupsOf(table: Table, groups: DealOptions['groups']): Steps<Groups> {
  const told = groups ?? (table.namesOf('group').length > 0 ? table.namesOf('group') : undefined);
  if (told === undefined)
    return distinguishable(table, yield* panelSteps(new TableCodes(table)), 'the features');
  const list: readonly unknown[] = Array.from<unknown>(told);
  yield;
  const isColumn = (name: unknown) => typeof name === 'string' && table.columnNames.includes(name);
  const texts = list.length > 0 && list.every((name) => typeof name === 'string');
  if (texts && (list.length !== table.rowCount || list.every(isColumn)))
    return yield* byColumns(table, list as string[]);
  if (list.length !== table.rowCount) {
    throw new RangeError(
      `groups must be column names or one group for each of ${table.rowCount} rows, got ${list.length}`,
    );
  }
  yield;
  list.forEach((group, row) => {
    if (group === undefined || group === null || Number.isNaN(group))
      throw new RangeError(`groups[${row}] must be a group, got ${String(group)}`);
  });
  yield;
  const given = yield* groupBy(list);
  if (given.count < 2 && table.rowCount > 1)
    throw new RangeError('groups must tell at least two groups apart, got one: no group can be held out');
  return given;
}

function* byColumns(table: Table, names: readonly string[]): Steps<Groups> {
  return distinguishable(table, yield* agreeingGroups(new TableCodes(table), names), list(names));
}

/** Groups that can be parted. Rows with missing cells may have merged all of them into one. */
function distinguishable(table: Table, groups: AgreeingGroups, of: string): Groups {
  if (groups.count >= 2 || table.rowCount < 2) return groups;
  const { merging } = groups.holes;
  if (merging.length === 0)
    throw new RangeError(
      `every row is in one group by ${of}, so no group can be held out: pass other groups, or use method random or stratified`,
    );
  const rows = merging.slice(0, 5).map((row) => row + 1);
  const more = merging.length > rows.length ? ` and ${merging.length - rows.length} more` : '';
  throw new RangeError(
    `fewer than two groups by ${of} remain, since rows with missing cells keep all groups that they could be of together (row ${rows.join(', ')}${more}): ` +
      'fill those cells, leave the rows out, or pass other groups',
  );
}

const list = (names: readonly string[]): string => names.map((name) => shown(name)).join(', ');
