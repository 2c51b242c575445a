import { studentQuantile } from './student.js';

/** Holm's step-down adjustment of p over m comparisons: max over the smaller ones of (m − rank) · p, at most 1 (Holm 1979). */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, (pValues.length - rank) * pValues[i]);
    adjusted[i] = Number.isNaN(pValues[i]) ? Number.NaN : Math.min(1, largest);
  });
  return adjusted;
}

/** Student's t at which m intervals cover all at once at least at this level: that of 1 − (1 − level) / m each (Bonferroni). */
export const bonferroniCritical = (level: number, comparisons: number, df: number): number =>
  df > 0 ? studentQuantile(1 - (1 - level) / (2 * comparisons), df) : Number.NaN;
