// The numbers of a sentence.
import type { Difference } from '../analyse/difference.js';

/** Measures that are shares, said in percent and percentage points. */
const shares = new Set(['accuracy', 'balancedAccuracy', 'macroF1', 'calibrationError']);

/** A value of a measure, as `83.1 %` or `0.412`. */
export const valueText = (measure: string, value: number): string =>
  shares.has(measure) ? `${(100 * value).toFixed(1)} %` : short(value);

/** The size of a difference, as `1.2 percentage points` or `0.031`. */
export const sizeText = (measure: string, difference: number): string =>
  shares.has(measure)
    ? `${(100 * Math.abs(difference)).toFixed(1)} percentage points`
    : short(Math.abs(difference));

/** A difference with its sign and interval, as `+1.2 points (95 % interval −0.3 to 2.7)`. */
export function differenceText(
  measure: string,
  { mean, low, high, level }: Pick<Difference, 'mean' | 'low' | 'high' | 'level'>,
): string {
  if (mean === null) return 'which cannot be told';
  const share = shares.has(measure);
  const number = (value: number) => signed(share ? (100 * value).toFixed(1) : short(value));
  const plus = mean > 0 ? '+' : '';
  if (low === null || high === null) return `${plus}${number(mean)}${share ? ' points' : ''}, no interval`;
  return `${plus}${number(mean)}${share ? ' points' : ''} (${+(100 * level).toFixed(1)} % interval ${number(low)} to ${number(high)})`;
}

/** Three significant digits, never in powers of ten for everyday sizes. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
  return size >= 100 ? value.toFixed(0) : String(+value.toPrecision(3));
}

/** A true minus sign, and none before a zero. */
const signed = (text: string) => (/^-[0.]*$/.test(text) ? text.slice(1) : text.replace(/^-/, '−'));

/** `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `1 seed`, `3 seeds`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
