import { assertBetween, assertInteger, assertOptions } from '../arguments/assert.js';

/**
 * How many standard errors an interval needs to each side so that its error holds **at every look**, however often one looks and whenever
 * one stops: the asymptotic confidence sequence
 *
 *     √( 2 (Rρ² + 1) / (Rρ²) · ln( √(Rρ² + 1) / α ) ),   ρ² = ( −2 ln α + ln(1 − 2 ln α) ) / R*
 *
 * of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024, Annals of Statistics 52, theorem 2.2 and equation 13). It is narrowest at R*
 * seeds: 3.04 there at level 0.95, 1.55 times as wide as the interval of a number of seeds that was set beforehand.
 *
 * @param seeds R: how many there are at this look
 * @param options.level of confidence over all looks, default 0.95
 * @param options.planned R*: about how many there will be at the end, default 32
 */
export function sequenceCritical(
  seeds: number,
  options: { readonly level?: number; readonly planned?: number } = {},
): number {
  assertOptions('options of sequenceCritical', options, ['level', 'planned']);
  const { level = 0.95, planned = 32 } = options;
  assertInteger('seeds', seeds, 1, 2 ** 31);
  assertBetween('level', level, 0, 1);
  assertInteger('planned', planned, 1, 2 ** 31);
  const alpha = 1 - level;
  const x = (seeds / planned) * (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha)));
  return Math.sqrt(((2 * (x + 1)) / x) * Math.log(Math.sqrt(x + 1) / alpha));
}
