import { mixed } from '../groups/number-set.js';
import { ranksOf } from '../statistics/ranks.js';
import { leastCorrelation, logDeals } from '../statistics/tails.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, chanceLevel, mostDetails } from './check.js';
import type { Finding } from './finding.js';

/** Rows that screen the pairs; a pair that comes near the threshold there is computed from all rows. */
const screened = 4096;
/** Cells that the pairs which pass the screen may cost: some seconds. */
const mostCells = 2e9;

interface Screen {
  readonly name: string;
  readonly all: Float64Array;
  /** The screened cells with mean 0 and length 1; 0 where missing. */
  readonly unit: Float64Array;
  /** Share of the screened cells that are not missing. */
  readonly present: number;
  /** Made when a pair asks for them. */
  ranks?: Ranks;
}

/** Ranks of the screened cells around 0; NaN where missing. */
interface Ranks {
  readonly of: Float64Array;
  /** ln of the ways in which the cells can be dealt to the rows that make a difference. */
  readonly logDeals: number;
}

/** `correlated-features`: |r| at or above the threshold, and beyond what chance gives among so many pairs. */
export function* correlatedFeatures({
  table,
  thresholds,
  numbers,
  skip,
  note,
}: AuditInput): Steps<Finding[]> {
  if (numbers.length < 2) {
    skip(['correlated-features'], 'there are fewer than two number features');
    return [];
  }
  const rows = sampledRows(table.rowCount);
  const screens: Screen[] = [];
  for (const name of numbers) {
    screens.push(screenOf(name, table.numbers(name), rows));
    if (screens.length % 64 === 0 || rows.length === screened) yield;
  }
  const limit = thresholds.correlation;
  const chance = new Chance(Math.log(chanceLevel) - Math.log((numbers.length * (numbers.length - 1)) / 2));
  const pairs: { first: string; second: string; correlation: number }[] = [];
  const involved = new Set<string>();
  let count = 0;
  let cells = 0;
  for (const [i, a] of screens.entries()) {
    for (let j = i + 1; j < screens.length; j++) {
      const b = screens[j];
      if (Math.abs(dot(a.unit, b.unit)) < (limit - 0.1) * Math.max(0, a.present + b.present - 1)) continue;
      if (cells > mostCells) continue;
      cells += a.all.length + rows.length;
      const { r, n } = pearson(a.all, b.all);
      if (!(Math.abs(r) >= limit) || chance.gives(r, n) || chance.deals(a, b, rows)) continue;
      count++;
      involved.add(a.name).add(b.name);
      pairs.push({ first: a.name, second: b.name, correlation: r });
      if (pairs.length >= 4 * mostDetails) keepStrongest(pairs);
      if (a.all.length > screened) yield;
    }
    yield;
  }
  if (cells > mostCells)
    note(`correlated-features: the search stopped at its bound, after ${count} pairs were found`);
  keepStrongest(pairs);
  const [strongest] = pairs;
  if (strongest === undefined) return [];
  return [
    {
      id: 'correlated-features',
      severity: 'info',
      columns: numbers.filter((name) => involved.has(name)),
      count,
      rows: [],
      figure: Math.abs(strongest.correlation),
      explanation: `${count === 1 ? '1 pair of features says' : `${count} pairs of features say`} nearly the same, ${strongest.first} and ${strongest.second} most of all (r = ${strongest.correlation.toFixed(3)}).`,
      advice: 'Drop one of each pair, or reduce them by PCA (fitPca); read single weights with care.',
      details: pairs,
    },
  ];
}

/** What chance gives among all pairs together, with `level` the logarithm of its probability. */
class Chance {
  readonly #level: number;
  readonly #leastOf = new Map<number, number>();

  constructor(level: number) {
    this.#level = level;
  }

  /** Whether a correlation of normal numbers may be as large; the least that may not is kept for each n. */
  gives(r: number, n: number): boolean {
    let least = this.#leastOf.get(n);
    if (least === undefined) {
      least = leastCorrelation(n, this.#level);
      this.#leastOf.set(n, least);
    }
    return Math.abs(r) < least;
  }

  /** Whether a few cells of two columns may have met, which a single far value, or a rare one, makes easy. */
  deals(a: Screen, b: Screen, rows: Uint32Array): boolean {
    a.ranks ??= ranksIn(a.all, rows);
    b.ranks ??= ranksIn(b.all, rows);
    if (-Math.min(a.ranks.logDeals, b.ranks.logDeals) >= this.#level) return true;
    const { r, n } = pearson(a.ranks.of, b.ranks.of);
    return this.gives(r, n);
  }
}

function ranksIn(all: Float64Array, rows: Uint32Array): Ranks {
  const of = Float64Array.from(rows, (row) => all[row]);
  const present = [...of.keys()].filter((i) => !Number.isNaN(of[i]));
  const ranks = ranksOf(present.map((i) => of[i]));
  const sizes = new Map<number, number>();
  for (const [k, i] of present.entries()) {
    of[i] = ranks[k];
    sizes.set(ranks[k], (sizes.get(ranks[k]) ?? 0) + 1);
  }
  return { of, logDeals: logDeals([...sizes.values()]) };
}

function keepStrongest(pairs: { correlation: number }[]): void {
  pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  if (pairs.length > mostDetails) pairs.length = mostDetails;
}

/** All rows, or some drawn freely, so that no order of the table misleads. */
function sampledRows(count: number): Uint32Array {
  return count <= screened
    ? Uint32Array.from({ length: count }, (_, row) => row)
    : Uint32Array.from({ length: screened }, (_, i) => (mixed(i, 2) >>> 0) % count);
}

function screenOf(name: string, all: Float64Array, rows: Uint32Array): Screen {
  let [present, mean] = [0, 0];
  for (const row of rows) {
    if (Number.isNaN(all[row])) continue;
    present++;
    mean += (all[row] - mean) / present;
  }
  const unit = Float64Array.from(rows, (row) => (Number.isNaN(all[row]) ? 0 : all[row] - mean));
  const length = Math.sqrt(dot(unit, unit));
  return { name, all, unit: unit.map((x) => (length > 0 ? x / length : 0)), present: present / rows.length };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Pearson's r over the n rows in which neither is missing; NaN when one is constant there. */
export function pearson(a: Float64Array, b: Float64Array): { r: number; n: number } {
  let n = 0;
  let [meanA, meanB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    const [dx, dy] = [x - meanA, y - meanB];
    meanA += dx / n;
    meanB += dy / n;
    aa += dx * (x - meanA);
    bb += dy * (y - meanB);
    ab += dx * (y - meanB);
  }
  return { r: ab / Math.sqrt(aa * bb), n };
}
