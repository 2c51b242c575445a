import type { Estimate } from './estimate.js';
import type { Verdict } from './verdict.js';

/** How many **more** would settle a verdict. 0 and 0 where it is settled. */
export interface Needed {
  /** Further seeds, on this table; null when no number of seeds would do, or it cannot be told. */
  readonly seeds: number | null;
  /** Further units (rows, or groups of rows that belong together) from the same source; null where no number would do, or it cannot be told. */
  readonly rows: number | null;
}

/**
 * The seeds, or else the rows, at which the interval would show a difference of the observed size, or its absence within the region:
 *
 *     R = s²_seed / ((h / t)² − s²_D / G)
 *
 * with h the half-width that is needed: |mean| to leave 0 out, region − |mean| to lie inside the region; the easier of the two counts. Where
 * the denominator is not above 0, no number of seeds settles it, and the rows are given at which it would be settled with the seeds as
 * they are; where seeds are the bottleneck too, with as many seeds as one likes.
 *
 * It takes the observed mean and variances for the true ones, so it is a guide and no promise.
 *
 * @param critical t of the interval, and of the narrower one that is read for equivalence
 */
export function needed(
  estimate: Estimate,
  verdict: Verdict,
  region: number,
  critical: { readonly difference: number; readonly equivalence: number },
): Needed {
  if (verdict !== 'not-shown') return { seeds: 0, rows: 0 };
  const size = Math.abs(estimate.mean);
  const wanted = [
    (size / critical.difference) ** 2,
    (Math.max(0, region - size) / critical.equivalence) ** 2,
  ];
  const variance = Math.max(...wanted);
  const { seedPart, rowPart, seeds, units } = estimate;
  // One seed tells nothing of how much seeds differ.
  if (!(variance > 0 && Number.isFinite(seedPart + rowPart))) return { seeds: null, rows: null };
  if (variance > rowPart) {
    const total = Math.ceil((seedPart * seeds) / (variance - rowPart));
    return { seeds: Math.max(1, total - seeds), rows: 0 };
  }
  const left = variance > seedPart ? variance - seedPart : variance;
  return { seeds: null, rows: units > 0 ? Math.max(1, Math.ceil((rowPart * units) / left) - units) : null };
}
