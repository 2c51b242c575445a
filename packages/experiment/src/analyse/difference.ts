import type { Needed } from '../statistics/power.js';
import type { SignFlip } from '../statistics/sign-flip.js';
import type { Verdict } from '../statistics/verdict.js';

/**
 * What a difference is about. `table`: this table alone, over further seeds. `source`: new rows from the same source, which is what a
 * person who chooses asks for; the verdict rests on it.
 */
export type Estimand = 'table' | 'source';

/** How the standard error was made. */
export type Method = 'paired t' | 'rows and seeds' | 'two-way bootstrap' | 'Nadeau-Bengio';

/** Arm minus baseline in one measure, with an interval and what it allows one to say. */
export interface Difference {
  readonly arm: string;
  readonly baseline: string;
  readonly measure: string;
  readonly estimand: Estimand;
  /**
   * Arm minus baseline, in the unit of the measure: positive is more accuracy, or more loss. null where no two runs can be compared: all
   * diverged, or the measure has no value in any.
   */
  readonly mean: number | null;
  /** Ends of the interval, which holds for all arms of the measure at once; null where there are too few seeds or units for one. */
  readonly low: number | null;
  readonly high: number | null;
  /** Confidence level of the interval, as 0.95. */
  readonly level: number;
  readonly verdict: Verdict;
  /** Held-out units (rows, or groups of rows that belong together) that were compared; 0 where only scores are known. */
  readonly units: number;
  /** Seeds that were compared: both runs finished, and the measure has a value in both. */
  readonly seeds: number;
  /** How many more of them would settle the verdict. */
  readonly needed: Needed;
  readonly method: Method;
  /** Differences up to this size do not matter in practice; set before the runs. */
  readonly region: number;
  /** Two-sided p of no difference, as it is and after Holm over the arms; null where there is no interval. */
  readonly p: number | null;
  readonly pHolm: number | null;
  /** The sign-flip test over the held-out groups, where groups were held out; approximate unless the arms are exchangeable. */
  readonly signFlip?: SignFlip;
}
