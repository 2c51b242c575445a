import { assertInteger } from '../arguments/assert.js';
import { type Groups, groupBy } from '../groups/group-rows.js';
import { agreeingGroups } from '../groups/holes.js';
import type { Panels } from '../groups/panels.js';
import { ascending, rowsLike, similarRows } from '../groups/similar-rows.js';
import type { Split } from '../split/split.js';
import { sortedNumbers } from '../steps/sorted.js';
import type { Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { type AuditInput, counted, largest, list, percent } from './check.js';
import type { Finding } from './finding.js';
import { noteLimits } from './rows.js';

/** Findings on a training and a test part. */
export function* auditSplit(input: AuditInput): Steps<Finding[]> {
  const { table, panels, split, groups, skip } = input;
  if (split === undefined) {
    skip(['train-test-twins', 'shared-groups', 'drift', 'missing-classes'], 'no split was given');
    return [];
  }
  const known = groups ? yield* groupBy(groups) : yield* groupsOfTable(input);
  if (known === undefined)
    skip(['shared-groups'], 'no groups were given, no column has the role group, and there are no panels');
  return [
    ...(yield* twins(input, split)),
    ...(known ? sharedGroups(input, split, known, groups ? [] : namesOfGroups(table, panels)) : []),
    ...(yield* drift(input, split)),
    ...missingClasses(input, split),
  ];
}

/** @throws RangeError on a row that is not the table's, an empty part, or groups of another number */
export function checkSplit(
  table: Table,
  split: Split | undefined,
  groups: ArrayLike<number> | undefined,
): void {
  for (const part of split ? (['train', 'test'] as const) : []) {
    const rows = split?.[part] as Uint32Array;
    if (rows.length === 0) throw new RangeError(`split.${part} must hold at least one row`);
    rows.forEach((row, i) => {
      if (!(row < table.rowCount)) assertInteger(`split.${part}[${i}]`, row, 0, table.rowCount - 1);
    });
  }
  if (groups !== undefined && groups.length !== table.rowCount) {
    throw new RangeError(`groups must be one for each of ${table.rowCount} rows, got ${groups.length}`);
  }
}

const namesOfGroups = (table: Table, panels: Panels): readonly string[] =>
  table.namesOf('group').length > 0 ? table.namesOf('group') : panels.columns;

function* groupsOfTable({ table, codes, panels }: AuditInput): Steps<Groups | undefined> {
  const names = table.namesOf('group');
  if (names.length > 0) return yield* agreeingGroups(codes, names);
  return panels.columns.length > 0 ? panels : undefined;
}

/** Test rows whose group has a row in the training part. */
function seenInTraining({ train, test }: Split, { ids, count }: Groups): number[] {
  const trained = new Uint8Array(count);
  for (let i = 0; i < train.length; i++) trained[ids[train[i]]] = 1;
  return ascending(test, ids.length, (row) => trained[ids[row]] === 1);
}

function* twins(input: AuditInput, split: Split): Steps<Finding[]> {
  const { codes, thresholds, identity } = input;
  if (identity.length === 0) return [];
  const similar = yield* similarRows(codes, identity);
  noteLimits(input, 'train-test-twins', similar);
  yield;
  const rows = rowsLike(similar, split.test, split.train);
  yield;
  const figure = rows.length / split.test.length;
  if (!(figure > thresholds.twinShare)) return [];
  return [
    {
      id: 'train-test-twins',
      severity: 'error',
      columns: identity,
      count: rows.length,
      rows,
      figure,
      explanation: `${rows.length} of ${split.test.length} test rows (${percent(figure)}) have a twin in the training part, the same in every column${identity.length < codes.table.columnNames.length ? ' but the ids' : ''} where both have a value.`,
      advice: "Split by groups (method 'grouped'), or keep one of each row before splitting (dedupe).",
      details: [],
    },
  ];
}

function sharedGroups(
  { thresholds }: AuditInput,
  split: Split,
  groups: Groups,
  columns: readonly string[],
): Finding[] {
  const rows = seenInTraining(split, groups);
  const figure = rows.length / split.test.length;
  if (!(figure > thresholds.sharedGroupShare)) return [];
  const count = new Set(rows.map((row) => groups.ids[row])).size;
  return [
    {
      id: 'shared-groups',
      severity: 'error',
      columns,
      count,
      rows,
      figure,
      explanation: `${counted(count, 'group has', 'groups have')} rows on both sides: ${rows.length} of ${split.test.length} test rows (${percent(figure)}) belong to a group that also trains.`,
      advice: "Split with method 'grouped' or 'stratified-grouped'.",
      details: [],
    },
  ];
}

function* drift({ table, thresholds, numbers, skip }: AuditInput, { train, test }: Split): Steps<Finding[]> {
  if (numbers.length === 0) skip(['drift'], 'there is no number feature');
  const found: { column: string; distance: number; pValue: number }[] = [];
  for (const column of numbers) {
    const values = table.numbers(column);
    const a = yield* sortedNumbers(cellsOf(values, train));
    const b = yield* sortedNumbers(cellsOf(values, test));
    yield;
    const distance = ksDistance(a, b);
    const pValue = ksPValue(distance, a.length, b.length);
    // Of many features some differ by chance: the level is for all of them together (Bonferroni).
    if (Math.min(1, pValue * numbers.length) < thresholds.driftLevel)
      found.push({ column, distance, pValue });
    yield;
  }
  if (found.length === 0) return [];
  const columns = found.map(({ column }) => column);
  return [
    {
      id: 'drift',
      severity: 'warning',
      columns,
      count: columns.length,
      rows: [],
      figure: -largest(found.map(({ pValue }) => -pValue)),
      explanation: `The two parts differ in the distribution of ${list(columns)} by more than chance.`,
      advice:
        'With whole groups held out this is to be expected; after a random split it says that the rows were not shuffled.',
      details: found,
    },
  ];
}

function cellsOf(values: Float64Array, rows: Uint32Array): Float64Array {
  const cells = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) cells[i] = values[rows[i]];
  return cells;
}

/** Largest distance of two empirical distribution functions; 0 when one has no values. */
function ksDistance(a: Float64Array, b: Float64Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === x) i++;
    while (j < b.length && b[j] === x) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

/** Kolmogorov's limit distribution, 2 Σ (−1)^(k−1) e^(−2k²λ²): the two-sample test for large samples, too careful where values are tied. */
function ksPValue(distance: number, n: number, m: number): number {
  const lambda = distance * Math.sqrt((n * m) / (n + m));
  if (lambda < 0.2) return 1; // the series converges slowly there, to 1 within 1e-12
  let p = 0;
  for (let k = 1; k <= 100; k++) p += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * lambda) ** 2);
  return Math.min(1, Math.max(0, p));
}

function missingClasses({ labels }: AuditInput, { train, test }: Split): Finding[] {
  if (labels === undefined) return [];
  const details = (['train', 'test'] as const).flatMap((part) => {
    const rows = new Int32Array(labels.sizes.length);
    for (const row of part === 'train' ? train : test) if (labels.ids[row] >= 0) rows[labels.ids[row]]++;
    return labels.names.filter((_, c) => rows[c] === 0).map((name) => ({ part, class: name }));
  });
  if (details.length === 0) return [];
  return [
    {
      id: 'missing-classes',
      severity: 'error',
      columns: [labels.name],
      count: details.length,
      rows: [],
      figure: details.length,
      explanation: `A class is missing: ${details.map((detail) => `${detail.class} from the ${detail.part} part`).join(', ')}.`,
      advice: "Split with method 'stratified' or 'stratified-grouped'.",
      details,
    },
  ];
}
