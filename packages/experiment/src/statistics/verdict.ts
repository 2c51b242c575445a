import type { Interval } from './estimate.js';

/**
 * What the intervals allow one to say. `equivalent`: no practically relevant difference. `not-shown`: neither a difference nor its
 * absence; it is not the same as equal.
 */
export type Verdict = 'better' | 'worse' | 'equivalent' | 'not-shown';

/**
 * The verdict of an interval:
 *
 * - `equivalent` when the narrower interval, of level 1 − 2α, lies inside (−region, region): two one-sided tests at α (Schuirmann 1987).
 *   It comes first: a difference that is sure and does not matter is no reason to choose.
 * - `better` or `worse` when the interval of level 1 − α leaves 0 out.
 * - `not-shown` else.
 *
 * @param interval of level 1 − α, as 95 %
 * @param narrow of level 1 − 2α, as 90 %
 * @param region half-width of what does not matter in practice, set beforehand; 0 for none
 * @param higherIsBetter true for accuracy, false for a loss
 */
export function verdictOf(
  interval: Interval,
  narrow: Interval,
  region: number,
  higherIsBetter: boolean,
): Verdict {
  if (narrow.low > -region && narrow.high < region) return 'equivalent';
  if (interval.low > 0) return higherIsBetter ? 'better' : 'worse';
  if (interval.high < 0) return higherIsBetter ? 'worse' : 'better';
  return 'not-shown';
}
