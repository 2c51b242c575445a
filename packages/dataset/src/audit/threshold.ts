import { mixed } from '../groups/number-set.js';
import { logChoose } from '../statistics/tails.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, chanceLevel, type Labels, percent, rowsWhere } from './check.js';
import type { Finding } from './finding.js';

/** A class of fewer rows is no task, and one cut parts it from the rest too easily. */
const fewestRows = 5;

interface Cut {
  readonly cut: number;
  /** Whether the class lies above the cut. */
  readonly above: boolean;
  readonly right: number;
  readonly rows: number;
  readonly restRight: number;
  readonly rest: number;
}

/** `threshold-solves-task`. */
export function* thresholdSolves({
  table,
  thresholds,
  codes,
  numbers,
  labels,
  skip,
}: AuditInput): Steps<Finding[]> {
  if (labels === undefined) return [];
  if (numbers.length === 0) {
    skip(['threshold-solves-task'], 'there is no number feature');
    return [];
  }
  const least = thresholds.thresholdAccuracy;
  // Two classes have one boundary between them.
  const targets = [...labels.names.keys()]
    .slice(labels.names.length === 2 ? 1 : 0)
    .filter((c) => Math.min(labels.sizes[c], labels.rows - labels.sizes[c]) >= fewestRows);
  if (targets.length === 0) skip(['threshold-solves-task'], `no class has ${fewestRows} rows on either side`);
  const found: (Cut & { column: string; name: string })[] = [];
  for (const column of numbers) {
    const values = table.numbers(column);
    const keys = codes.of(column)?.ids;
    const order = keys
      ? labelledOrder(keys, codes.of(column)?.sizes as Int32Array, labels)
      : mayBeParted(values, labels, targets, least)
        ? rowsWhere(table, (row) => labels.ids[row] >= 0 && !Number.isNaN(values[row])).sort(
            (a, b) => values[a] - values[b],
          )
        : [];
    yield;
    for (const [c, cut] of bestCuts(values, order, labels, targets)) {
      const errors = cut.rows + cut.rest - cut.right - cut.restRight;
      const accuracy = 1 - errors / (cut.rows + cut.rest);
      const balanced = (cut.right / cut.rows + cut.restRight / cut.rest) / 2;
      const tried = numbers.length * targets.length;
      if (
        accuracy >= least &&
        balanced >= least &&
        logChance(cut, errors) + Math.log(tried) < Math.log(chanceLevel)
      )
        found.push({ column, name: labels.names[c], ...cut });
    }
  }
  return thresholdFinding(found);
}

function thresholdFinding(found: readonly (Cut & { column: string; name: string })[]): Finding[] {
  const details = found
    .map(({ column, name, cut, above, right, rows, restRight, rest }) => ({
      rule: `${column} > ${cut}`,
      says: above ? name : `not ${name}`,
      class: name,
      accuracy: (right + restRight) / (rows + rest),
      ...{ right, rows, restRight, rest, column, threshold: cut },
    }))
    .sort((a, b) => b.accuracy - a.accuracy);
  const [best] = details;
  if (best === undefined) return [];
  return [
    {
      id: 'threshold-solves-task',
      severity: 'error',
      columns: [...new Set(details.map(({ column }) => column))],
      count: details.length,
      rows: [],
      figure: best.accuracy,
      explanation: `${best.rule} alone tells ${best.class} from the rest with an accuracy of ${percent(best.accuracy)}: ${best.right} of ${best.rows} ${best.class} and ${best.restRight} of ${best.rest} others are right.`,
      advice: 'Report this rule beside every model: it is the baseline to beat.',
      details,
    },
  ];
}

/**
 * ln of a bound for the chance that a class of m among n rows is told with at most e errors: at most 2e + 1 cuts of either side leave no
 * more, with C(n, e) exceptions each, among C(n, m) ways to deal the class.
 */
const logChance = ({ rows, rest }: Cut, errors: number): number =>
  Math.log(2 * (2 * errors + 1)) + logChoose(rows + rest, errors) - logChoose(rows + rest, rows);

/** Rows with a label in ascending order of their codes. */
function labelledOrder(keys: Int32Array, sizes: Int32Array, labels: Labels): Int32Array {
  const places = new Int32Array(sizes.length);
  let start = 0;
  for (let key = 0; key < sizes.length; key++) {
    places[key] = start;
    start += sizes[key];
  }
  const order = new Int32Array(start).fill(-1);
  for (let row = 0; row < keys.length; row++) {
    if (keys[row] >= 0) order[places[keys[row]]++] = row;
  }
  return order.filter((row) => labels.ids[row] >= 0);
}

/** Sorting a million rows takes a second, so a sample of them must come near the accuracy first. */
function mayBeParted(
  values: Float64Array,
  labels: Labels,
  targets: readonly number[],
  least: number,
): boolean {
  const rows = Array.from({ length: 4096 }, (_, i) => (mixed(i, 3) >>> 0) % values.length)
    .filter((row) => labels.ids[row] >= 0 && !Number.isNaN(values[row]))
    .sort((a, b) => values[a] - values[b]);
  const sizes = new Int32Array(labels.sizes.length);
  for (const row of rows) sizes[labels.ids[row]]++;
  const sampled = { ...labels, sizes, rows: rows.length };
  const cuts = bestCuts(values, rows, sampled, targets);
  return [...cuts.values()].some(({ right, restRight }) => (right + restRight) / rows.length >= least - 0.02);
}

/** For each class the cut of a sorted column that gets most rows right when one side is called the class and the other not. */
function bestCuts(
  values: Float64Array,
  order: ArrayLike<number>,
  { ids, sizes, rows: labelled }: Labels,
  targets: readonly number[],
): Map<number, Cut> {
  const inOrder = new Int32Array(sizes.length);
  for (let i = 0; i < order.length; i++) inOrder[ids[order[i]]]++;
  const below = new Int32Array(sizes.length);
  const best = new Map<number, Cut>();
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    below[ids[row]]++;
    if (i + 1 === order.length || values[order[i + 1]] === values[row]) continue;
    for (const c of targets) {
      const [belowRest, inRest] = [i + 1 - below[c], order.length - inOrder[c]];
      const asAbove = inOrder[c] - below[c] + belowRest;
      const asBelow = below[c] + inRest - belowRest;
      const known = best.get(c);
      const most = known === undefined ? 0 : known.right + known.restRight;
      if (Math.max(asAbove, asBelow) <= most) continue;
      const above = asAbove >= asBelow;
      best.set(c, {
        cut: values[row],
        above,
        right: above ? inOrder[c] - below[c] : below[c],
        rows: sizes[c],
        restRight: above ? belowRest : inRest - belowRest,
        rest: labelled - sizes[c],
      });
    }
  }
  return best;
}
