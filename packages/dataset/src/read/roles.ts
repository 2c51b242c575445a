import { shown } from '../arguments/assert.js';
import { type ColumnRole, headerKey } from '../table/schema.js';
import { momentsOf } from './dates.js';
import { filePrefix } from './error.js';
import { placeOf } from './missing-texts.js';
import type { SeenColumn } from './seen-column.js';

/** What columns are for, by their headers; every column at most once. */
export interface RoleOptions {
  /** The class to tell; one with more than `maxLevels` different numbers, or of decimals most of which stand in one row, is taken as target. */
  readonly label?: string;
  /** The number to predict. */
  readonly target?: string;
  /** The features; all columns that no option names are then none. */
  readonly features?: readonly string[];
  /** Columns that keep rows together in a grouped split. */
  readonly group?: string | readonly string[];
  /** Columns that name a row. */
  readonly id?: string | readonly string[];
  /** Columns that are kept but are nothing of these. */
  readonly ignore?: string | readonly string[];
}

export const roleKeys = ['label', 'target', 'features', 'group', 'id', 'ignore'] as const;

const roleOf: Record<(typeof roleKeys)[number], ColumnRole> = {
  ...{ label: 'label', target: 'target', features: 'feature' },
  ...{ group: 'group', id: 'id', ignore: 'other' },
};

/** The roles that the options give, by place. @throws TypeError or RangeError naming the option that is wrong, and the file */
export function rolesGiven(
  options: RoleOptions & { readonly name?: string },
  names: readonly string[],
): Map<number, ColumnRole> {
  const roles = new Map<number, ColumnRole>();
  const from = new Map<number, string>();
  if (options.label !== undefined && options.target !== undefined)
    throw new RangeError(`${filePrefix(options.name)}label and target must not both be given`);
  for (const key of roleKeys) {
    const given: unknown = options[key];
    if (given === undefined) continue;
    for (const column of namesOf(key, given)) {
      const at = placeOf(column, names, key, options.name);
      const other = from.get(at);
      if (other !== undefined && other !== key)
        throw new RangeError(
          `${filePrefix(options.name)}column ${shown(names[at])} must have one role, got ${other} and ${key}`,
        );
      from.set(at, key);
      roles.set(at, roleOf[key]);
    }
  }
  return roles;
}

function namesOf(key: (typeof roleKeys)[number], given: unknown): readonly string[] {
  const single = key === 'label' || key === 'target';
  const list = typeof given === 'string' ? [given] : given;
  const fits =
    Array.isArray(list) &&
    list.every((name) => typeof name === 'string') &&
    (!single || typeof given === 'string');
  if (fits) return list;
  throw new TypeError(`${key} must be ${single ? 'a column name' : 'column names'}, got ${shown(given)}`);
}

/** Names of columns that name rows. */
const idName = /^(?:id|no|nr|key|uuid|guid)$|^(?:id|no|nr)[ _.-]|[ _.-](?:id|no|nr|key)$/i;
const timeName = /year|date|time|day|month|week|hour|age$/i;

/**
 * Why a column names its rows rather than says something of them; undefined when it does not.
 *
 * @param at its place; pandas writes its index first
 * @param unnamed the file gives it no name
 */
export function idReason(
  column: SeenColumn,
  isNumber: boolean,
  at: number,
  unnamed: boolean,
): string | undefined {
  const { name, whole, low, high, present, steps, uniqueShare } = column;
  const runsOn = isNumber && whole && steps === present - 1 && present > 1;
  if (at === 0 && runsOn && low <= 1 && (unnamed || headerKey(name) === 'unnamed: 0'))
    return 'counts the rows without a name, as pandas writes its index: role id';
  // "5 %" and "5 mg" are measures.
  if (isNumber && column.affixes.size > 0) return undefined;
  if (present < 10 || timeName.test(name) || (isNumber && momentsOf(column))) return undefined;
  const unique = uniqueShare >= 0.99;
  if (idName.test(name) && uniqueShare >= 0.9 && (!isNumber || whole)) return 'names its rows: role id';
  if (at === 0 && unnamed && isNumber && hasWideRange(column) && uniqueShare >= 0.9)
    return 'the first column, without a name, of whole numbers that hardly come again: role id';
  if (!isNumber) return unique ? 'a text of its own in every row: role id' : undefined;
  const dense = high - low < 2 * present;
  return whole && unique && (runsOn || dense) ? 'whole numbers that run on, each once: role id' : undefined;
}

/** Whole numbers of a range so wide that hardly one of them need come again. */
export const hasWideRange = ({ whole, present, low, high }: SeenColumn): boolean =>
  whole && present >= 20 && high - low > 1000 * present;
