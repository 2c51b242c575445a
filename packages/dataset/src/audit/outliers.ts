import type { Steps } from '../steps/steps.js';
import type { Side } from '../table/distribution.js';
import { type AuditInput, counted, list, type Profile, rowsWhere, union } from './check.js';
import type { Finding } from './finding.js';

/** `outliers`: beyond Tukey's fences, and beyond what the column's own tails make likely. */
export function* outliers(input: AuditInput): Steps<Finding[]> {
  const { table, thresholds, numbers } = input;
  const found: { column: string; low: number; high: number; count: number; share: number; rows: number[] }[] =
    [];
  for (const column of numbers) {
    const cells = yield* input.profile(column);
    yield;
    const [low, high] = fences(cells, thresholds.outlierFence, numbers.length);
    if (!(cells.min < low || cells.max > high)) continue;
    const values = table.numbers(column);
    const rows = rowsWhere(table, (row) => values[row] < low || values[row] > high);
    const share = rows.length / cells.count;
    if (share > thresholds.outlierShare) found.push({ column, low, high, count: rows.length, share, rows });
    yield;
  }
  if (found.length === 0) return [];
  const columns = found.map(({ column }) => column);
  const count = found.reduce((sum, { count }) => sum + count, 0);
  return [
    {
      id: 'outliers',
      severity: 'info',
      columns,
      count,
      rows: union(
        found.map(({ rows }) => rows),
        table.rowCount,
      ),
      figure: Math.max(...found.map(({ share }) => share)),
      explanation: `${counted(count, 'value lies', 'values lie')} far out, beyond ${thresholds.outlierFence} interquartile ranges and the tails that the other values draw, in ${list(columns)}.`,
      advice: 'Look at them; a robust scaler (fitRobustScaler) keeps them from setting the scale.',
      details: found.map(({ rows: _, ...detail }) => detail),
    },
  ];
}

/**
 * Tukey's fences, q1 − f·iqr and q3 + f·iqr, moved out where tails are long: by the same rule on the logarithm of the distance to the
 * median, d75·(d75 ÷ d25)^f for the quartiles of that distance on either side. Tukey's own alone take 0.7 % of the values of a normal
 * distribution, and far more of a skewed one. The distances of positive numbers are taken of their logarithms too, and the farther fence
 * counts. Equal cells at the median are no part of either side, so that a column of zeros and amounts is judged by its amounts.
 */
function fences(cells: Profile, fence: number, columns: number): [low: number, high: number] {
  const { low, high } = cells.sides;
  const reach = (side: Side) => fence * reachOf(cells.count, Math.min(cells.count, 2 * side.count), columns);
  // Half of the least number stands for what rounding would put at 0 or below.
  const least = cells.min / 2;
  return [
    -(low === undefined ? Infinity : fenceOf(low, reach(low), cells.iqr, least, -1)),
    high === undefined ? Infinity : fenceOf(high, reach(high), cells.iqr, least, 1),
  ];
}

/**
 * How far out the fence is, as a multiple of Tukey's: ½·ln(½·ln(1000·n·m)) + (4 + ln m) ÷ √k for m columns of n cells, whose quartiles are
 * known from k of them. The first part is where tails that fall like e^(−x) end in all but one of a thousand tables of noise; the second is
 * for what k cells leave open of the quartiles, more the more columns are tried.
 */
const reachOf = (n: number, k: number, m: number): number =>
  0.5 * Math.log(0.5 * Math.log(1000 * n * m)) + (4 + Math.log(m)) / Math.sqrt(k);

/** The fence on the side that `sign` says, times `sign`. */
function fenceOf(side: Side, f: number, iqr: number, least: number, sign: 1 | -1): number {
  const { edge, near, far, quartile } = side;
  const tukey = sign * quartile + f * iqr;
  const straight = sign * edge + tail(Math.abs(near - edge), Math.abs(far - edge), f);
  if (!(least > 0)) return Math.max(tukey, straight);
  const ofLogs = tail(Math.abs(Math.log(near / edge)), Math.abs(Math.log(Math.max(far, least) / edge)), f);
  return Math.max(tukey, straight, sign * edge * Math.exp(sign * ofLogs));
}

/**
 * How far out a tail may reach, by the quartiles of the distances on its side. Their ratio is 3.6 of normal numbers and 4.8 of tails like
 * e^(−x); more than 5 is chance, or a tail so long that nothing in it is far out.
 */
const tail = (d25: number, d75: number, f: number): number => d75 * Math.min(5, d75 / d25) ** f;
