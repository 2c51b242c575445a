import type { Steps } from '../steps/steps.js';
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
    const [low, high] = fences(cells, thresholds.outlierFence);
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
 * distribution, and far more of a skewed one. The distances of positive numbers are taken of their logarithms too, and the farther fence counts.
 */
function fences(cells: Profile, fence: number): [low: number, high: number] {
  // Of few values the quartiles are uncertain, so the fence is farther out: by half of 60 values, by an eighth of 1000.
  const f = fence * (1 + 4 / Math.sqrt(cells.count));
  const [, , q1, , median, , q3] = cells.octiles;
  const octiles = [1, 2, 3, 5, 6, 7].map((i) => cells.octiles[i]);
  const low = [
    q1 - f * (q3 - q1),
    median -
      tail(
        octiles
          .map((x) => median - x)
          .slice(0, 3)
          .reverse(),
        f,
      ),
  ];
  const high = [q3 + fence * (q3 - q1), median + tail(octiles.map((x) => x - median).slice(3), f)];
  if (cells.min > 0) {
    const logs = octiles.map((x) => Math.log(x / median));
    low.push(
      median *
        Math.exp(
          -tail(
            logs
              .map((x) => -x)
              .slice(0, 3)
              .reverse(),
            f,
          ),
        ),
    );
    high.push(median * Math.exp(tail(logs.slice(3), f)));
  }
  return [Math.min(...low), Math.max(...high)];
}

/** How far out the tail may reach, by the quartiles of the distances on its side. Where many cells lie at the median, d25 may be 0. */
function tail([d25, , d75]: readonly number[], f: number): number {
  return d75 > 0 ? d75 * Math.min(8, d75 / d25) ** f : Infinity;
}
