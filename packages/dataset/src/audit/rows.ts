import { groupSizes } from '../groups/group-rows.js';
import { agreeingGroups } from '../groups/holes.js';
import { signaturesOf } from '../groups/signatures.js';
import { conflictingRows, repeatedRows, type SimilarRows, similarRows } from '../groups/similar-rows.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, counted, list, mostDetails, percent } from './check.js';
import type { Finding } from './finding.js';

/** `exact-duplicates`. */
export function* exactDuplicates(input: AuditInput): Steps<Finding[]> {
  const { table, thresholds, identity, features, codes, note } = input;
  if (identity.length === 0) return [];
  // Rows that differ in the features differ in more columns too.
  const byFeatures = features.length > 0 ? yield* signaturesOf(codes, features) : undefined;
  if (byFeatures?.count === table.rowCount && !byFeatures.columns.some(({ gaps }) => gaps)) return [];
  const similar = yield* similarRows(codes, identity);
  noteLimits(input, 'exact-duplicates', similar);
  const rows = repeatedRows(similar);
  const figure = rows.length / table.rowCount;
  if (!(figure > thresholds.duplicateShare)) {
    if (similar.byChance > 0)
      note(
        `exact-duplicates: ${counted(similar.byChance, 'row repeats', 'rows repeat')} an earlier one, no more than so few different values make likely`,
      );
    return [];
  }
  const but = identity.length < table.columnNames.length ? ' but the ids' : '';
  const holed = rows.filter((row) => !wholeRepeat(similar, row)).length;
  const holes = holed > 0 ? ` (${counted(holed, 'of them', 'of them')} where both have a value)` : '';
  return [
    {
      id: 'exact-duplicates',
      severity: 'error',
      columns: identity,
      count: rows.length,
      rows,
      figure,
      explanation: `${rows.length} of ${table.rowCount} rows repeat an earlier row in every column${but}${holes}, so a random split puts twins on both sides.`,
      advice: 'Find out whether they are copies; split by groups, or keep one of each (dedupe).',
      details: [],
    },
  ];
}

/** Whether the row is the same as an earlier one cell by cell, holes included. */
const wholeRepeat = ({ signatures, repeated }: SimilarRows, row: number): boolean =>
  repeated[signatures.ids[row]] === 1 && signatures.first[signatures.ids[row]] < row;

export function noteLimits({ note }: AuditInput, id: string, { complete }: SimilarRows): void {
  if (!complete)
    note(
      `${id}: rows with missing cells were compared with rows that lack the same cells alone, since there are too many kinds of them`,
    );
}

/** `panels`. */
export function* panelGroups({ table, codes, panels, note, skip, features }: AuditInput): Steps<Finding[]> {
  const { columns, count, possible, holes } = panels;
  if (features.length < 3) skip(['panels'], 'there are fewer than three features');
  if (panels.bounded) note('panels: the search stopped at its bound, with the best that it had found');
  if (columns.length === 0) return [];
  const [label] = table.namesOf('label');
  const withLabel = label === undefined ? undefined : yield* agreeingGroups(codes, [...columns, label]);
  const mixed = withLabel === undefined ? undefined : Math.max(0, withLabel.holes.whole - holes.whole);
  const classes =
    mixed === undefined
      ? ''
      : mixed === 0
        ? ', each with one class'
        : `, with ${mixed} more when the class is added`;
  const joined = holes.joined.length;
  const merging = holes.merging.length;
  const withHoles =
    (joined > 0 ? ` ${counted(joined, 'row')} with missing cells joined the one that they agree with.` : '') +
    (merging > 0 ? ` ${counted(merging, 'row')} could be of several, which leaves ${count} groups.` : '');
  const sizes = groupSizes(panels);
  const first = new Int32Array(count).fill(-1);
  for (let row = table.rowCount - 1; row >= 0; row--) first[panels.ids[row]] = row;
  const byRows = Array.from(sizes.keys()).sort((a, b) => sizes[b] - sizes[a]);
  return [
    {
      id: 'panels',
      severity: 'error',
      columns,
      count,
      rows: [],
      figure: table.rowCount / count,
      explanation: `The ${table.rowCount} rows hold only ${holes.whole} combinations of ${list(columns)} of ${possible} that could be${classes}.${withHoles}`,
      advice:
        "Keep each combination on one side of a split (method 'grouped'), or the test asks what training has told.",
      details: byRows.slice(0, mostDetails).map((panel) => {
        const row = table.row(first[panel]);
        return {
          rows: sizes[panel],
          ...Object.fromEntries(columns.map((name) => [name, row[name] ?? 'missing'])),
        };
      }),
    },
  ];
}

/** `conflicting-labels`. */
export function* conflictingLabels(input: AuditInput): Steps<Finding[]> {
  const { table, thresholds, features, identity, codes, labels, skip } = input;
  if (labels === undefined) return [];
  if (features.length === 0) {
    skip(['conflicting-labels'], 'there is no feature');
    return [];
  }
  const similar = yield* similarRows(codes, features);
  noteLimits(input, 'conflicting-labels', similar);
  const rows = conflictingRows(similar, labels.ids);
  const figure = rows.length / labels.rows;
  if (!(figure > thresholds.conflictShare)) return [];
  const unused = table.namesOf('other').filter((name) => identity.includes(name));
  const told = unused.length === 0 ? 0 : yield* toldApart(input, [...features, ...unused], rows);
  const groups = new Set(rows.map((row) => similar.signatures.ids[row])).size;
  const all = told === rows.length;
  const consequence = all
    ? `but ${list(unused)}, which ${unused.length > 1 ? 'are no features' : 'is no feature'}, tells them apart`
    : told > 0
      ? `so no model can get them all right; ${list(unused)}, which ${unused.length > 1 ? 'are no features' : 'is no feature'}, tells ${told} of them apart`
      : 'so no model can get them all right';
  return [
    {
      id: 'conflicting-labels',
      severity: 'warning',
      columns: [labels.name],
      count: rows.length,
      rows,
      figure,
      explanation: `${rows.length} rows (${percent(figure)}) in ${groups} groups have the same features as a row of another class, ${consequence}.`,
      advice:
        told > 0
          ? `Check the labels, or take ${list(unused)} among the features.`
          : 'Check the labels, or look for the column that tells these rows apart.',
      details: [],
    },
  ];
}

/** How many of these rows have no conflict left when these columns are compared. */
function* toldApart(
  { codes, labels }: AuditInput,
  columns: readonly string[],
  rows: readonly number[],
): Steps<number> {
  if (labels === undefined) return 0;
  const left = new Set(conflictingRows(yield* similarRows(codes, columns), labels.ids));
  return rows.filter((row) => !left.has(row)).length;
}

/** `single-class`. */
export function* singleClass({ table, codes }: AuditInput): Steps<Finding[]> {
  const [label] = table.namesOf('label');
  yield* codes.prepare(table.namesOf('label'));
  const known = label === undefined ? undefined : codes.of(label);
  if (label === undefined || known?.count !== 1 || table.rowCount < 2) return [];
  const row = known.ids.indexOf(0);
  return [
    {
      id: 'single-class',
      severity: 'error',
      columns: [label],
      count: 1,
      rows: [],
      figure: 1,
      explanation: `Every label is ${table.row(row)[label]}, so there is nothing to tell apart, and every answer of a model is right.`,
      advice: 'Look for the rows of the other classes before anything is learned or compared.',
      details: [],
    },
  ];
}
