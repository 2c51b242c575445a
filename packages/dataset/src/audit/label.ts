import { hypergeometricTail, logChoose, logDeals } from '../statistics/tails.js';
import type { Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import {
  type AuditInput,
  chanceLevel,
  countsByClass,
  type Labels,
  largest,
  list,
  percent,
  sum,
  union,
} from './check.js';
import type { Finding } from './finding.js';
import { hasRanges, implausibleSides } from './implausible.js';

/**
 * ln of a bound for the chance that labels of these sizes, dealt freely, follow from a column of so many values with so many errors:
 * kᵛ · C(n, e) · (k − 1)ᵉ rules and exceptions, each as likely as one deal of n! ÷ Π sizes!.
 */
export function logChanceOfRule(values: number, errors: number, sizes: ArrayLike<number>): number {
  const k = sizes.length;
  const n = sum(sizes);
  return (
    values * Math.log(k) + logChoose(n, errors) + errors * Math.log(Math.max(1, k - 1)) - logDeals(sizes)
  );
}

interface Leak {
  readonly column: string;
  readonly values: number;
  readonly tellsLabel: number;
  /** The one class that the column tells from the rest; none where it tells all. */
  readonly class?: string;
  /** What tells it is whether the cell is missing. */
  readonly by?: 'missing or not';
}

/** `label-leak`: the label follows from the column, beyond chance. */
export function* labelLeak({
  table,
  thresholds,
  codes,
  identity,
  labels,
  skip,
}: AuditInput): Steps<Finding[]> {
  if (labels === undefined) return [];
  const columns = table.schema.columns.filter(
    ({ name, role }) => identity.includes(name) && role !== 'label' && role !== 'group' && role !== 'target',
  );
  if (columns.length === 0) skip(['label-leak'], 'there is no column but the label');
  const leaks: Leak[] = [];
  for (const { name, role } of columns) {
    yield;
    const values = codes.of(name);
    const ofHoles = toldBy(
      countsOfMissing(table, name, labels),
      labels.sizes.length,
      thresholds.leakPurity,
      2 * columns.length,
    );
    if (ofHoles !== undefined)
      leaks.push({ column: name, values: 2, tellsLabel: ofHoles, by: 'missing or not' });
    if (values === undefined || values.count < 2 || table.rowCount / values.count < thresholds.leakMinRows)
      continue;
    const counts = countsByClass(values.ids, values.count, labels);
    const told = toldBy(counts, labels.sizes.length, thresholds.leakPurity, columns.length);
    if (told !== undefined) {
      leaks.push({ column: name, values: values.count, tellsLabel: told });
      continue;
    }
    // What is no feature need not tell all classes to give the label away: a code for one class against the rest is enough.
    if (role === 'feature' || labels.sizes.length < 3) continue;
    const one = oneClassToldBy(counts, labels, thresholds.leakPurity, columns.length);
    if (one !== undefined) leaks.push({ column: name, values: values.count, ...one });
  }
  if (leaks.length === 0) return [];
  const names = [...new Set(leaks.map(({ column }) => column))];
  const whole = leaks
    .filter((leak) => leak.class === undefined)
    .map(({ column, by }) => (by === undefined ? column : `whether ${column} is missing`));
  const parts = leaks.flatMap((leak) =>
    leak.class === undefined ? [] : [`${leak.column} tells ${leak.class} from the rest`],
  );
  const says = [...(whole.length > 0 ? [`the label follows from ${list(whole)}`] : []), ...parts].join('; ');
  return [
    {
      id: 'label-leak',
      severity: 'error',
      columns: names,
      count: names.length,
      rows: [],
      figure: largest(leaks.map(({ tellsLabel }) => tellsLabel)),
      explanation: `${says.charAt(0).toUpperCase()}${says.slice(1)}, in ${orMore(leaks.map(({ tellsLabel }) => tellsLabel))} of rows.`,
      advice: 'Leave such columns out of the features.',
      details: leaks.map((leak) => ({ ...leak })),
    },
  ];
}

/** Rows of each class without a cell, and with one. */
function countsOfMissing(table: Table, name: string, { ids, sizes }: Labels): Int32Array {
  const column = table.column(name);
  const k = sizes.length;
  const counts = new Int32Array(2 * k);
  const [cells, isNumber] = column.kind === 'number' ? [column.values, true] : [column.codes, false];
  for (let row = 0; row < ids.length; row++) {
    if (ids[row] < 0) continue;
    const missing = isNumber ? Number.isNaN(cells[row]) : cells[row] < 0;
    counts[(missing ? 0 : k) + ids[row]]++;
  }
  return counts;
}

/** `99 % or more`, `100 %`. */
const orMore = (shares: readonly number[]): string => {
  const least = -largest(shares.map((share) => -share));
  return `${percent(least)}${least < 1 ? ' or more' : ''}`;
};

/** Share of the labels that the most frequent class of each value tells, where that is beyond chance and not the work of one class. */
function toldBy(counts: Int32Array, k: number, purity: number, tried: number): number | undefined {
  const sizes = new Int32Array(k);
  const answers = new Set<number>();
  let right = 0;
  let values = 0;
  for (let at = 0; at < counts.length; at += k) {
    let best = 0;
    for (let c = 0; c < k; c++) {
      sizes[c] += counts[at + c];
      if (counts[at + c] > counts[at + best]) best = c;
    }
    if (counts[at + best] === 0) continue;
    values++;
    right += counts[at + best];
    answers.add(best);
  }
  const rows = sum(sizes);
  const occurring = sizes.filter((size) => size > 0);
  const share = right / rows;
  if (occurring.length < 2 || answers.size < occurring.length || !(share >= purity)) return undefined;
  const chance = logChanceOfRule(values, rows - right, occurring) + Math.log(tried);
  return chance < Math.log(chanceLevel) ? share : undefined;
}

function oneClassToldBy(counts: Int32Array, labels: Labels, purity: number, tried: number) {
  const k = labels.sizes.length;
  for (let c = 0; c < k; c++) {
    const against = new Int32Array((counts.length / k) * 2);
    for (let value = 0; value < counts.length / k; value++) {
      const all = sum(counts.subarray(value * k, value * k + k));
      against[value * 2] = counts[value * k + c];
      against[value * 2 + 1] = all - counts[value * k + c];
    }
    const share = toldBy(against, 2, purity, tried * k);
    if (share !== undefined) return { tellsLabel: share, class: labels.names[c] };
  }
  return undefined;
}

/** `implausible-reveals-class`. */
export function* implausibleReveals({ table, thresholds, labels, skip }: AuditInput): Steps<Finding[]> {
  if (labels === undefined) return [];
  if (!hasRanges(table)) {
    skip(['implausible-reveals-class'], 'the schema gives no column a range');
    return [];
  }
  const sides = implausibleSides(table);
  yield;
  const tried = sides.length * labels.sizes.length;
  const found = sides
    .map((side) => {
      const rows = side.rows.filter((row) => labels.ids[row] >= 0);
      const classes = new Int32Array(labels.sizes.length);
      for (const row of rows) classes[labels.ids[row]]++;
      const c = classes.indexOf(largest(classes));
      const most = classes[c];
      const chance =
        rows.length === 0 ? 1 : tried * hypergeometricTail(most, rows.length, labels.sizes[c], labels.rows);
      return { ...side, rows, class: labels.names[c], purity: most / rows.length, chance };
    })
    .filter(({ purity, chance }) => purity >= thresholds.revealPurity && chance < thresholds.revealChance);
  if (found.length === 0) return [];
  const rows = union(
    found.map(({ rows }) => rows),
    table.rowCount,
  );
  const purities = found.map(({ purity }) => purity);
  const cases = found.map(
    ({ column, side, limit, rows, class: name }) =>
      `${rows.length} with ${column} ${side} ${limit} are ${name}`,
  );
  return [
    {
      id: 'implausible-reveals-class',
      severity: 'error',
      columns: [...new Set(found.map(({ column }) => column))],
      count: rows.length,
      rows,
      figure: Math.max(...purities),
      explanation: `Implausible values give the class away: ${orMore(purities)} of the ${cases.join(', of the ')}.`,
      advice: 'Leave the column out, or the model learns an error of recording that new data will not have.',
      details: found.map(({ column, side, limit, rows, class: name, purity }) => ({
        ...{ column, values: `${side} ${limit}`, count: rows.length, class: name, purity },
      })),
    },
  ];
}

/** `class-imbalance`: a ratio above the threshold, of classes that differ by more than chance gives equally frequent ones. */
export function* imbalance({ thresholds, labels }: AuditInput): Steps<Finding[]> {
  if (labels === undefined) return [];
  const { sizes, names, rows, majority } = labels;
  const figure = largest(sizes) / -largest(sizes.map((size) => -size));
  if (figure < thresholds.imbalanceRatio || !unequal(sizes)) return [];
  return [
    {
      id: 'class-imbalance',
      severity: 'warning',
      columns: [labels.name],
      count: names.length,
      rows: [],
      figure,
      explanation: `The largest class is ${figure.toFixed(1)} times the smallest; always answering ${majority.name} is right in ${percent(majority.share)} of rows.`,
      advice: `Report recall for each class, and take ${percent(majority.share)} as the accuracy that costs nothing; split with method 'stratified'.`,
      details: names.map((name, c) => ({ class: name, rows: sizes[c], share: sizes[c] / rows })),
    },
  ];
}

/** χ² against equal classes at the level of 1 %, by Wilson and Hilferty's normal approximation of the cube root. */
function unequal(sizes: Int32Array): boolean {
  const df = sizes.length - 1;
  const equal = sum(sizes) / sizes.length;
  const chiSquare = sizes.reduce((total, size) => total + (size - equal) ** 2 / equal, 0);
  const spread = 2 / (9 * df);
  return (Math.cbrt(chiSquare / df) - (1 - spread)) / Math.sqrt(spread) > 2.3263;
}
