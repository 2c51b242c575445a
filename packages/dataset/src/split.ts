import { assertOneOf, shown } from './_assert.js';
import { type Groups, groupBy, rowGroups } from './_group-rows.js';
import { panelIds } from './panels.js';
import { shuffled } from './shuffle.js';
import type { Table } from './table.js';

/** Row indices of the two parts, in shuffled order. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

export interface SplitOptions {
  /** `random`: rows dealt freely. `grouped`: whole groups, so that no group has rows on both sides. */
  readonly method: 'random' | 'grouped';
  /** Share of the rows (for `grouped`: of the groups) that go to the test part, rounded up as scikit-learn does; default 0.2. */
  readonly testShare?: number;
  /** A group for each row, or columns whose equal values make a group; default `panelIds(table)`. */
  readonly groups?: ArrayLike<number> | readonly string[];
  /** Integer from 0 to 2³² − 1. */
  readonly seed: number;
}

/**
 * Deals the rows into a training and a test part, the same for a seed on every platform.
 *
 * @throws RangeError when a part would be empty
 */
export function split(table: Table, options: SplitOptions): Split {
  const { method, testShare = 0.2, seed } = options;
  assertOneOf('method', method, ['random', 'grouped']);
  if (typeof testShare !== 'number' || !(testShare > 0 && testShare < 1)) {
    throw new RangeError(`testShare must lie between 0 and 1, got ${shown(testShare)}`);
  }
  if (method === 'random') {
    const order = shuffled(table.rowCount, seed);
    const size = testSize(table.rowCount, testShare, 'rows');
    return { test: order.slice(0, size), train: order.slice(size) };
  }
  const groups = groupsOf(table, options.groups);
  const size = testSize(groups.count, testShare, 'groups');
  const isTest = new Uint8Array(groups.count);
  for (const group of shuffled(groups.count, seed).subarray(0, size)) isTest[group] = 1;
  const order = shuffled(table.rowCount, seed);
  const inTest = (row: number) => isTest[groups.ids[row] as number] === 1;
  return { test: order.filter(inTest), train: order.filter((row) => !inTest(row)) };
}

function testSize(n: number, testShare: number, what: string): number {
  const size = Math.ceil(testShare * n);
  if (size > 0 && size < n) return size;
  throw new RangeError(`testShare ${testShare} of ${n} ${what} leaves a part empty`);
}

export function groupsOf(table: Table, groups: SplitOptions['groups']): Groups {
  if (groups === undefined) return groupBy(panelIds(table));
  if (Array.isArray(groups) && groups.length > 0 && groups.every((name) => typeof name === 'string'))
    return rowGroups(table, groups);
  if (groups.length !== table.rowCount) {
    throw new RangeError(
      `groups must be column names or one group for each of ${table.rowCount} rows, got ${groups.length}`,
    );
  }
  return groupBy(groups);
}
