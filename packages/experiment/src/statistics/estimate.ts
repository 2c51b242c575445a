import { studentQuantile, studentTails } from './student.js';

/** Independent contributions to an estimate's variance: SE² gains weight · s², s² the sample variance of the values. */
export interface VariancePart {
  readonly values: Float64Array;
  readonly weight: number;
}

/** A mean difference and how sure it is. Every interval and verdict is made of this. */
export interface Estimate {
  readonly mean: number;
  /** Standard error of the mean; NaN where there are too few values to tell. */
  readonly standardError: number;
  /** Degrees of freedom of the standard error. */
  readonly df: number;
  /** The part of SE² that more seeds lessen: s²_seed / R. */
  readonly seedPart: number;
  /** The part of SE² that only more rows lessen: s²_D / G; 0 where the estimand is this table. */
  readonly rowPart: number;
  /** R: the seeds that went in. */
  readonly seeds: number;
  /** G: the held-out units that went in. */
  readonly units: number;
  /** What SE² is made of, for the correlation between the estimates of several arms. */
  readonly parts: readonly VariancePart[];
}

/** Both ends of a confidence interval, in the unit of its estimate. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** mean ± critical · SE. NaN on both ends where the standard error is not known. */
export function intervalOf({ mean, standardError }: Estimate, critical: number): Interval {
  const half = standardError === 0 ? 0 : critical * standardError;
  return { low: mean - half, high: mean + half };
}

/** Student's t at which a two-sided interval has this level, as 0.95. NaN where there are no degrees of freedom. */
export const criticalOf = ({ df }: Estimate, level: number): number =>
  df > 0 ? studentQuantile((1 + level) / 2, df) : Number.NaN;

/** Two-sided p of no difference, P(|T| ≥ |mean| / SE). */
export function pValueOf({ mean, standardError, df }: Estimate): number {
  if (standardError === 0) return mean === 0 ? 1 : 0;
  return df > 0 ? studentTails(mean / standardError, df) : Number.NaN;
}

/** Degrees of freedom of a sum of two variances (Welch 1947, Satterthwaite 1946): (a + b)² / (a²/df_a + b²/df_b). */
export function sumDf(a: number, dfA: number, b: number, dfB: number): number {
  if (a === 0 && b === 0) return Math.min(dfA, dfB);
  return ((a + b) * (a + b)) / ((a === 0 ? 0 : (a * a) / dfA) + (b === 0 ? 0 : (b * b) / dfB));
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Sample variance, Σ (x − x̄)² / (n − 1); NaN for fewer than two. */
export function variance(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const away = values[i] - centre;
    sum += away * away; // not a power: engines disagree about the last digit of one
  }
  return sum / (values.length - 1);
}
