import { type CategoryColumn, type ColumnRole, findPanels, type Panels, Table } from '@rectify/dataset';
import { shown } from '../arguments/assert.js';
import { meant } from '../arguments/nearest.js';
import type { Task } from '../measures/answers.js';
import { count, list } from '../words/numbers.js';
import type { UnitFacts } from './design.js';

/** What is to be learned from a table: the labelled rows, their truth, and what belongs together. */
export interface Problem {
  readonly task: Task;
  readonly label: string;
  readonly classes: readonly string[];
  readonly features: readonly string[];
  /** The labelled rows, the label with its role and the features with theirs, all else `other`. */
  readonly table: Table;
  /** Where each of them stands in the table that was given. */
  readonly rows: Uint32Array;
  /** The number of each row's class, or its target. */
  readonly truth: Float64Array;
  /** The unit of each row, numbered from 0. */
  readonly unitOf: Int32Array;
  readonly units: UnitFacts;
  readonly warnings: readonly string[];
}

const mostClasses = 50;

/** @throws RangeError that names the column, when there is nothing to learn from this table */
export function problemOf(
  given: Table,
  options: {
    label?: string | undefined;
    features?: readonly string[] | undefined;
    group?: string | undefined;
  },
): Problem {
  const label = labelOf(given, options.label);
  const features = featuresOf(given, label, options.features);
  const task: Task = given.column(label).kind === 'category' ? 'classification' : 'regression';
  const roleOf = (name: string): ColumnRole => {
    if (name === label) return task === 'classification' ? 'label' : 'target';
    return features.includes(name) ? 'feature' : 'other';
  };
  const columns = given.schema.columns.map((column) => ({ ...column, role: roleOf(column.name) }));
  const whole = new Table(
    { ...given.schema, columns },
    columns.map(({ name }) => given.column(name)),
    given.rowCount,
  );
  const rows = labelledRows(whole, label);
  if (rows.length === 0)
    throw new RangeError(`column ${shown(label)} has no value: there is nothing to learn`);
  const table = rows.length === given.rowCount ? whole : whole.takeRows(rows);
  const { classes, truth } = task === 'classification' ? classTruth(table, label) : numberTruth(table, label);
  assertFinite(table, features, rows);
  const missing = given.rowCount - rows.length;
  const units = unitsOf(table, features, options.group ?? given.namesOf('group')[0]);
  return {
    ...{ task, label, classes, features, table, rows, truth },
    unitOf: units.ids,
    units: units.facts,
    warnings: [
      ...(missing > 0
        ? [`${count(missing, 'row')} without ${label} ${missing > 1 ? 'are' : 'is'} left out.`]
        : []),
      ...constantColumns(table, features),
      ...rareClasses(classes, truth, units.ids),
    ],
  };
}

function labelOf(table: Table, label: string | undefined): string {
  const [found] = [...table.namesOf('label'), ...table.namesOf('target')];
  if (label === undefined && found === undefined)
    throw new RangeError(
      `label must name the column to tell or predict; the table has ${list(table.columnNames)}`,
    );
  if (label !== undefined) assertColumn(table, 'label', label);
  return label ?? found;
}

function assertColumn(table: Table, option: string, name: string): void {
  if (table.columnNames.includes(name)) return;
  throw new RangeError(
    `${option} must name a column, got ${shown(name)}${meant(String(name), table.columnNames) || `; the table has ${list(table.columnNames)}`}`,
  );
}

function featuresOf(table: Table, label: string, given: readonly string[] | undefined): string[] {
  const features = [...(given ?? table.featureNames.filter((name) => name !== label))];
  for (const name of features) assertColumn(table, 'features', name);
  if (features.includes(label)) throw new RangeError(`features must not hold the label ${shown(label)}`);
  if (new Set(features).size < features.length) throw new RangeError('features names a column twice');
  if (features.length === 0)
    throw new RangeError('features must name at least one column: the table has none');
  return features;
}

function assertFinite(table: Table, features: readonly string[], rows: Uint32Array): void {
  for (const name of features) {
    const column = table.column(name);
    const at =
      column.kind === 'number' ? column.values.findIndex((value) => Math.abs(value) === Infinity) : -1;
    if (column.kind === 'number' && at >= 0)
      throw new RangeError(
        `column ${shown(name)} has the value ${column.values[at]} in row ${rows[at] + 1}; features must be finite, or missing (NaN)`,
      );
  }
}

function labelledRows(table: Table, label: string): Uint32Array {
  const column = table.column(label);
  const cells = column.kind === 'category' ? column.codes : column.values;
  const has = (row: number) => (column.kind === 'category' ? cells[row] >= 0 : Number.isFinite(cells[row]));
  return Uint32Array.from({ length: table.rowCount }, (_, row) => row).filter(has);
}

function classTruth(table: Table, label: string): { classes: string[]; truth: Float64Array } {
  const { codes, levels } = table.column(label) as CategoryColumn;
  const occurring = new Set(codes);
  const classes = levels.filter((_, code) => occurring.has(code));
  if (classes.length < 2)
    throw new RangeError(
      `column ${shown(label)} has one class only, ${shown(classes[0])}: there is nothing to tell apart`,
    );
  if (classes.length > mostClasses)
    throw new RangeError(
      `column ${shown(label)} has ${classes.length} classes, at most ${mostClasses} can be told apart; is it a name or a number?`,
    );
  const numberOf = new Map(classes.map((name, i) => [name, i]));
  return { classes, truth: Float64Array.from(codes, (code) => numberOf.get(levels[code]) as number) };
}

function numberTruth(table: Table, label: string): { classes: string[]; truth: Float64Array } {
  const truth = table.numbers(label).slice();
  if (truth.every((value) => value === truth[0]))
    throw new RangeError(
      `column ${shown(label)} has the value ${truth[0]} in every row: there is nothing to predict`,
    );
  const low = truth.reduce((a, b) => Math.min(a, b));
  const high = truth.reduce((a, b) => Math.max(a, b));
  // Variances are squared too.
  if (!(high - low >= 1e-60 && high - low <= 1e60))
    throw new RangeError(
      `column ${shown(label)} has values from ${low} to ${high}, whose variance no number holds: multiply it by a power of ten`,
    );
  return { classes: [], truth };
}

/** Cells of a column as keys; a missing cell is undefined. */
function keysOf(table: Table, name: string): (row: number) => number | undefined {
  const column = table.column(name);
  if (column.kind === 'category') return (row) => (column.codes[row] < 0 ? undefined : column.codes[row]);
  return (row) => (Number.isNaN(column.values[row]) ? undefined : column.values[row]);
}

/** The group of each row: a column's, else the panels that the audit finds, else equal rows. */
function unitsOf(
  table: Table,
  features: readonly string[],
  group: string | undefined,
): { ids: Int32Array; facts: UnitFacts } {
  if (group !== undefined) {
    assertColumn(table, 'group', group);
    const key = keysOf(table, group);
    const { ids, count: groups } = numbered(table.rowCount, (row) => key(row) ?? `row ${row}`);
    if (groups < 2)
      throw new RangeError(`group column ${shown(group)} has one value only: no group can be held out`);
    return { ids, facts: { kind: 'group', count: groups, columns: [group] } };
  }
  const panels = findPanels(table);
  if (panels.columns.length > 0 && panels.count > 1)
    return { ids: panels.ids, facts: { kind: 'panel', count: panels.count, columns: panels.columns } };
  const equal = equalRows(table, features, panels);
  const kind = equal.count < table.rowCount ? 'duplicate group' : 'row';
  return { ids: equal.ids, facts: { kind, count: equal.count, columns: kind === 'row' ? [] : features } };
}

/**
 * Groups of equal rows. A row with missing cells joins the rows that it may equal, unless it would make several groups one: over all
 * features that merges rows which have little in common, so that such rows are equal where the same cells are missing, too.
 */
function equalRows(table: Table, features: readonly string[], agreeing: Panels) {
  if (agreeing.columns.length === 0 && agreeing.holes.merging.length === 0) return agreeing;
  const keys = features.map((name) => keysOf(table, name));
  return numbered(table.rowCount, (row) => keys.map((key) => key(row)).join());
}

function numbered(rows: number, keyOf: (row: number) => unknown): { ids: Int32Array; count: number } {
  const known = new Map<unknown, number>();
  const ids = Int32Array.from({ length: rows }, (_, row) => {
    const key = keyOf(row);
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key) as number;
  });
  return { ids, count: known.size };
}

/** A missing number is filled with the median, so that it tells nothing either; a missing text is told from the others. */
function constantColumns(table: Table, features: readonly string[]): string[] {
  const constant = features.filter((name) => {
    const key = keysOf(table, name);
    const isNumber = table.column(name).kind === 'number';
    let first: number | undefined;
    for (let row = 0; row < table.rowCount; row++) {
      if (isNumber && key(row) === undefined) continue;
      first ??= row;
      if (key(row) !== key(first)) return false;
    }
    return true;
  });
  if (constant.length === features.length)
    throw new RangeError(
      `every feature is constant (${list(constant.map(shown))}): nothing can be learned from them`,
    );
  return constant.length === 0
    ? []
    : [`Constant, so of no use as ${constant.length > 1 ? 'features' : 'a feature'}: ${list(constant)}.`];
}

/** Classes that lie in one unit: they are trained on or tested, never both. */
function rareClasses(classes: readonly string[], truth: Float64Array, unitOf: Int32Array): string[] {
  const unitsOfClass = classes.map(() => new Set<number>());
  const rowsOfClass = classes.map(() => 0);
  truth.forEach((c, row) => {
    if (classes.length === 0) return;
    unitsOfClass[c].add(unitOf[row]);
    rowsOfClass[c]++;
  });
  return classes.flatMap((name, c) => {
    if (unitsOfClass[c].size > 1) return [];
    return [
      rowsOfClass[c] === 1
        ? `Class ${shown(name)} has one row: a network is trained on it or tested on it, never both.`
        : `Class ${shown(name)} lies in one group of ${rowsOfClass[c]} rows: held out, no network has ever seen it.`,
    ];
  });
}
