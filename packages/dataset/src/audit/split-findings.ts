import { assertInteger } from '../arguments/assert.js';
import { classesOf } from '../groups/classes.js';
import { type Groups, groupBy } from '../groups/group-rows.js';
import { rowGroups } from '../groups/signatures.js';
import type { Split } from '../split/split.js';
import type { Table } from '../table/table.js';
import { type AuditInput, list, percent } from './columns.js';
import type { Finding } from './finding.js';

/** Findings on a training and a test part. */
export function auditSplit(
  input: AuditInput,
  split: Split,
  groups: ArrayLike<number> | undefined,
): Finding[] {
  const { table, panels } = input;
  for (const part of ['train', 'test'] as const) {
    if (split[part].length === 0) throw new RangeError(`split.${part} must hold at least one row`);
    split[part].forEach((row, i) => {
      assertInteger(`split.${part}[${i}]`, row, 0, table.rowCount - 1);
    });
  }
  if (groups !== undefined && groups.length !== table.rowCount) {
    throw new RangeError(`groups must be one for each of ${table.rowCount} rows, got ${groups.length}`);
  }
  const known = groups ? groupBy(groups) : panels.columns.length > 0 ? panels : undefined;
  return [
    ...twins(input, split),
    ...(known ? sharedGroups(input, split, known) : []),
    ...drift(input, split),
    ...missingClasses(table, split),
  ];
}

/** Test rows whose group has a row in the training part. */
function seenInTraining({ train, test }: Split, { ids }: Groups): number[] {
  const trained = new Set(Array.from(train, (row) => ids[row]));
  return Array.from(test)
    .filter((row) => trained.has(ids[row]))
    .sort((a, b) => a - b);
}

function twins({ table, thresholds }: AuditInput, split: Split): Finding[] {
  const rows = seenInTraining(split, rowGroups(table, table.columnNames));
  const figure = rows.length / split.test.length;
  if (!(figure > thresholds.twinShare)) return [];
  return [
    {
      id: 'train-test-twins',
      severity: 'error',
      columns: table.columnNames,
      count: rows.length,
      rows,
      figure,
      explanation: `${rows.length} of ${split.test.length} test rows (${percent(figure)}) have an exact twin in the training part.`,
      advice: "Split by groups (method 'grouped'), or keep one of each row before splitting (dedupe).",
      details: [],
    },
  ];
}

function sharedGroups({ panels, thresholds }: AuditInput, split: Split, groups: Groups): Finding[] {
  const rows = seenInTraining(split, groups);
  const figure = rows.length / split.test.length;
  if (!(figure > thresholds.sharedGroupShare)) return [];
  const count = new Set(rows.map((row) => groups.ids[row])).size;
  return [
    {
      id: 'shared-groups',
      severity: 'error',
      columns: groups === panels ? panels.columns : [],
      count,
      rows,
      figure,
      explanation: `${count} groups have rows on both sides: ${rows.length} of ${split.test.length} test rows (${percent(figure)}) belong to a group that also trains.`,
      advice: "Split with method 'grouped' or 'stratified-grouped'.",
      details: [],
    },
  ];
}

function drift({ table, thresholds }: AuditInput, { train, test }: Split): Finding[] {
  const found = table.numberFeatureNames
    .map((column) => {
      const values = table.numbers(column);
      const of = (rows: Uint32Array) =>
        Float64Array.from(rows, (row) => values[row])
          .filter((x) => !Number.isNaN(x))
          .sort();
      const [a, b] = [of(train), of(test)];
      const distance = ksDistance(a, b);
      return { column, distance, pValue: ksPValue(distance, a.length, b.length) };
    })
    .filter(({ pValue }) => pValue < thresholds.driftLevel);
  if (found.length === 0) return [];
  const columns = found.map(({ column }) => column);
  return [
    {
      id: 'drift',
      severity: 'warning',
      columns,
      count: columns.length,
      rows: [],
      figure: Math.min(...found.map(({ pValue }) => pValue)),
      explanation: `The two parts differ in the distribution of ${list(columns)} by more than chance.`,
      advice:
        'With whole groups held out this is to be expected; after a random split it says that the rows were not shuffled.',
      details: found,
    },
  ];
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

function missingClasses(table: Table, { train, test }: Split): Finding[] {
  if (!table.schema.columns.some(({ role }) => role === 'label')) return [];
  const classes = classesOf(table);
  const details = (['train', 'test'] as const).flatMap((part) => {
    const present = new Set(Array.from(part === 'train' ? train : test, (row) => classes.ids[row]));
    return classes.names.filter((_, c) => !present.has(c)).map((name) => ({ part, class: name }));
  });
  if (details.length === 0) return [];
  return [
    {
      id: 'missing-classes',
      severity: 'error',
      columns: [table.labelName],
      count: details.length,
      rows: [],
      figure: details.length,
      explanation: `A class is missing: ${details.map((detail) => `${detail.class} from the ${detail.part} part`).join(', ')}.`,
      advice: "Split with method 'stratified' or 'stratified-grouped'.",
      details,
    },
  ];
}
