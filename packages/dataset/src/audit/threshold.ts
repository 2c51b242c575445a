import type { Codes } from '../groups/codes.js';
import { mixed } from '../groups/number-set.js';
import { logChoose } from '../statistics/tails.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, chanceLevel, countsByClass, type Labels, percent, sum } from './check.js';
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
    const byValue = sortedCounts(table.numbers(column), codes.of(column), labels, targets, least);
    yield;
    for (const [c, cut] of byValue ? bestCuts(byValue, labels, targets) : []) {
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

/** Different numbers, ascending, and the rows of each class that have them (row-major). */
interface SortedCounts {
  readonly values: Float64Array;
  readonly counts: Int32Array;
}

/** Sorting a million rows takes a second, so where nearly all differ a sample of them must come near the accuracy first. */
function sortedCounts(
  numbers: Float64Array,
  codes: Codes | undefined,
  labels: Labels,
  targets: readonly number[],
  least: number,
): SortedCounts | undefined {
  if (codes?.values !== undefined)
    return { values: codes.values, counts: countsByClass(codes.ids, codes.count, labels) };
  const labelled = (row: number) => labels.ids[row] >= 0 && !Number.isNaN(numbers[row]);
  const some = Array.from({ length: 4096 }, (_, i) => (mixed(i, 3) >>> 0) % numbers.length).filter(labelled);
  const sizes = new Int32Array(labels.sizes.length);
  for (const row of some) sizes[labels.ids[row]]++;
  const cuts = bestCuts(countsOf(numbers, some, labels), { ...labels, sizes, rows: some.length }, targets);
  if (![...cuts.values()].some(({ right, restRight }) => (right + restRight) / some.length >= least - 0.02))
    return undefined;
  return countsOf(numbers, Array.from(numbers.keys()).filter(labelled), labels);
}

function countsOf(numbers: Float64Array, rows: number[], { ids, sizes }: Labels): SortedCounts {
  rows.sort((a, b) => numbers[a] - numbers[b]);
  const values = Float64Array.from(rows, (row) => numbers[row]);
  const counts = new Int32Array(rows.length * sizes.length);
  rows.forEach((row, i) => {
    counts[i * sizes.length + ids[row]]++;
  });
  return { values, counts };
}

/** For each class the cut that gets most rows right when one side is called the class and the other not. */
function bestCuts(
  { values, counts }: SortedCounts,
  { sizes, rows: labelled }: Labels,
  targets: readonly number[],
): Map<number, Cut> {
  const k = sizes.length;
  const all = new Int32Array(k);
  counts.forEach((size, at) => {
    all[at % k] += size;
  });
  const present = sum(all);
  const below = new Int32Array(k);
  let belowAll = 0;
  const best = new Map<number, Cut>();
  for (let i = 0; i + 1 < values.length; i++) {
    for (let c = 0; c < k; c++) {
      below[c] += counts[i * k + c];
      belowAll += counts[i * k + c];
    }
    if (values[i + 1] === values[i]) continue;
    for (const c of targets) {
      const [belowRest, rest] = [belowAll - below[c], present - all[c]];
      const asAbove = all[c] - below[c] + belowRest;
      const asBelow = below[c] + rest - belowRest;
      const known = best.get(c);
      if (Math.max(asAbove, asBelow) <= (known === undefined ? 0 : known.right + known.restRight)) continue;
      const above = asAbove >= asBelow;
      best.set(c, {
        cut: values[i],
        above,
        right: above ? all[c] - below[c] : below[c],
        rows: sizes[c],
        restRight: above ? belowRest : rest - belowRest,
        rest: labelled - sizes[c],
      });
    }
  }
  return best;
}
