import { assertInteger } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { finish, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import type { Grouping, Groups } from './group-rows.js';
import { agreeingGroups, type Holes, wholeGroups } from './holes.js';
import { identityFeatures } from './id-columns.js';
import { mayBePart, PairMeasure } from './pair-measure.js';
import { TableCodes } from './table-codes.js';

/** Where `findPanels` looks, and what counts as a panel. */
export interface PanelOptions {
  /** Search among these columns; default the features but those that look like ids, or the other columns where there is no feature. */
  readonly columns?: readonly string[];
  /** Fewest columns of a panel; default 3, since two that go together are better called correlated. */
  readonly minColumns?: number;
  /** Most that the number of combinations may be of what chance gives; default 0.25. */
  readonly maxRatio?: number;
  /** Fewest rows per combination, on average; default 5. */
  readonly minRows?: number;
}

/** Columns whose joint values repeat far more than chance allows, and the group of every row. */
export interface Panels extends Groups {
  /** None when no such columns were found. */
  readonly columns: readonly string[];
  /** Product of the columns' numbers of distinct values: the combinations that could be. */
  readonly possible: number;
  /** What rows with missing cells did to the groups. */
  readonly holes: Holes;
  /** Whether the search stopped at its bound of looked-at cells, with the best that it had found. */
  readonly bounded: boolean;
}

/**
 * Finds the panels of a table without being told which columns make them.
 *
 * The measure of two groupings is their distinct pairs ÷ those expected if they were dealt independently, Σ 1 − (1 − p·q)ⁿ, over the rows
 * in which neither is missing. The search begins with the pair of columns of lowest measure and adds the column of lowest measure to the
 * set, as long as that is at most `maxRatio`. Where few rows, or rows with many holes, show none, the combinations may be up to 2 · `maxRatio`
 * of those expected, when they are at most `maxRatio` of those that four times as many rows would show. Where nothing is found, every distinct row of features is a group of its own.
 *
 * A row with missing cells belongs to every panel that it agrees with: it joins that panel where it is one, else it merges those that it
 * could be of, so that the rows of one true panel are in one group whatever cells they have lost.
 */
export function findPanels(table: Table, options: PanelOptions = {}): Panels {
  return finish(panelSteps(new TableCodes(table), options));
}

export function* panelSteps(codes: TableCodes, options: PanelOptions = {}): Steps<Panels> {
  const { searched, ...found } = yield* panelColumns(codes, options);
  return { ...found, ...(yield* agreeingGroups(codes, found.columns.length > 0 ? found.columns : searched)) };
}

/** The columns alone, without the groups of the rows. */
export function* panelColumns(
  codes: TableCodes,
  options: PanelOptions,
): Steps<Pick<Panels, 'columns' | 'possible' | 'bounded'> & { searched: readonly string[] }> {
  assertOptions('findPanels options', options, ['columns', 'minColumns', 'maxRatio', 'minRows']);
  const { minColumns = 3, maxRatio = 0.25, minRows = 5 } = options;
  assertInteger('minColumns', minColumns, 2, 1e6);
  const columns = options.columns ?? (yield* identityFeatures(codes));
  const single: Candidate[] = [];
  for (const name of columns) {
    const known = codes.of(name);
    if (known !== undefined && mayBePart(known, codes.table.rowCount, minRows))
      single.push({ names: [name], groups: known });
    yield;
  }
  let bounded = false;
  let found: readonly string[] = [];
  // What few rows do not show of themselves, more of the same would.
  for (const more of codes.table.rowCount <= fewRows ? [1, 4] : [1]) {
    const measure = new PairMeasure(codes.table.rowCount, maxRatio, minRows, more);
    const names = yield* together(codes, measure, single);
    bounded ||= measure.spent;
    if (names.length >= minColumns) {
      found = names;
      break;
    }
  }
  const inOrder = columns.filter((name) => found.includes(name));
  return {
    columns: inOrder,
    searched: columns,
    possible: inOrder.reduce(
      (product, name) => product * (codes.of(name)?.count ?? 0),
      inOrder.length > 0 ? 1 : 0,
    ),
    bounded,
  };
}

/** Rows up to which a second search is made. */
const fewRows = 5000;

/** The columns that the search takes together. */
function* together(
  codes: TableCodes,
  measure: PairMeasure,
  single: readonly Candidate[],
): Steps<readonly string[]> {
  let chosen: Candidate | undefined;
  for (;;) {
    const best = yield* bestPair(measure, single, chosen);
    if (best === undefined) return chosen?.names ?? [];
    const names = best.flatMap(({ names }) => names);
    chosen = { names, groups: yield* wholeGroups(codes, names) };
  }
}

interface Candidate {
  readonly names: readonly string[];
  readonly groups: Grouping;
}

/** The two columns, or the chosen ones and a further column, of lowest measure. */
function* bestPair(
  measure: PairMeasure,
  single: readonly Candidate[],
  chosen: Candidate | undefined,
): Steps<readonly [Candidate, Candidate] | undefined> {
  let best: readonly [Candidate, Candidate] | undefined;
  let lowest = Infinity;
  for (const [i, start] of (chosen ? [chosen] : single).entries()) {
    for (const added of chosen ? single : single.slice(i + 1)) {
      if (start.names.includes(added.names[0])) continue;
      const ratio = measure.of(start.groups, added.groups, lowest);
      if (ratio !== undefined) {
        best = [start, added];
        lowest = ratio;
      }
    }
    yield;
  }
  return best;
}

/** Group of every row by its panel, numbered from 0; see `findPanels`. */
export function panelIds(table: Table, options?: PanelOptions): Int32Array {
  return findPanels(table, options).ids;
}
