import { draws } from '../random/draws.js';
import { bonferroniCritical } from './adjust.js';
import { type Estimate, mean } from './estimate.js';

/** Draws of the distribution: the critical value is within about 1 %, and the same every time. */
const patterns = 20_000;

/**
 * The critical value at which the intervals of several arms against one baseline cover all at once:
 * the quantile of max_k |T_k| of the multivariate t with the arms' correlation and the smallest degrees of freedom among them
 * (Dunnett 1955, with the correlation that was observed: Westfall and Young's single step).
 *
 * Arms that share seeds, rows and baseline rise and fall together, so that it is smaller than Bonferroni's, and never larger.
 *
 * @param estimates one for each arm, from the same seeds and units; where those differ the answer is Bonferroni's
 * @param levels of confidence, as 0.95
 * @returns a critical value for each level
 */
export function simultaneousCritical(estimates: readonly Estimate[], levels: readonly number[]): number[] {
  const df = Math.min(...estimates.map((estimate) => estimate.df));
  const bonferroni = levels.map((level) => bonferroniCritical(level, estimates.length, df));
  const correlation = correlationOf(estimates);
  if (estimates.length === 1 || !(df > 0) || correlation === undefined) return bonferroni;
  const maxima = maximaOfT(choleskyOf(correlation), df);
  return levels.map((level, i) => Math.min(bonferroni[i], maxima[Math.ceil(level * patterns) - 1]));
}

/** Correlations between the estimates; undefined where their parts are of different sizes. An estimate without variance has none. */
export function correlationOf(estimates: readonly Estimate[]): number[][] | undefined {
  const [first] = estimates;
  const alike = estimates.every(
    ({ parts }) =>
      parts.length === first.parts.length &&
      parts.every(({ values }, i) => values.length === first.parts[i].values.length),
  );
  if (!alike) return undefined;
  const centred = estimates.map(({ parts }) =>
    parts.map(({ values, weight }) => {
      const centre = mean(values);
      const scale = Math.sqrt(weight / (values.length - 1));
      return values.map((value) => (value - centre) * scale);
    }),
  );
  const product = (a: number, b: number) =>
    centred[a].reduce((sum, part, i) => sum + part.reduce((s, x, j) => s + x * centred[b][i][j], 0), 0);
  const deviation = estimates.map((_, k) => Math.sqrt(product(k, k)));
  return estimates.map((_, a) =>
    estimates.map((_, b) => {
      if (a === b) return 1;
      return deviation[a] > 0 && deviation[b] > 0 ? product(a, b) / (deviation[a] * deviation[b]) : 0;
    }),
  );
}

/** The lower L with L·Lᵀ = matrix; a direction without variance gets none, as arms that are alike leave. */
function choleskyOf(matrix: readonly (readonly number[])[]): number[][] {
  const l = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= l[i][k] * l[j][k];
      if (i === j) l[i][i] = Math.sqrt(Math.max(0, rest));
      else l[i][j] = l[j][j] > 1e-8 ? rest / l[j][j] : 0;
    }
  }
  return l;
}

/** Sorted draws of max |T|. */
function maximaOfT(l: readonly (readonly number[])[], df: number): Float64Array {
  const z = l.map((_, i) => normals(i + 1));
  const spread = normals(0).map((value) => Math.sqrt(chiSquaredPerDf(value, df)));
  const maxima = new Float64Array(patterns);
  for (const row of l) {
    for (let draw = 0; draw < patterns; draw++) {
      let x = 0;
      for (let j = 0; j < row.length; j++) x += row[j] * z[j][draw];
      maxima[draw] = Math.max(maxima[draw], Math.abs(x) / spread[draw]);
    }
  }
  return maxima.sort();
}

const drawn: Float64Array[] = [];

/** The standard normal draws of one column, the same every time, so drawn once: an analysis asks for them some ten times. */
function normals(column: number): Float64Array {
  if (drawn[column] === undefined) {
    const { normal } = draws(1955 + column);
    drawn[column] = Float64Array.from({ length: patterns }, normal);
  }
  return drawn[column];
}

/** χ² / df at a standard normal z: (1 − 2/(9 df) + z √(2/(9 df)))³ (Wilson and Hilferty 1931). */
function chiSquaredPerDf(z: number, df: number): number {
  const root = Math.max(0.1, 1 - 2 / (9 * df) + z * Math.sqrt(2 / (9 * df)));
  return root * root * root;
}
