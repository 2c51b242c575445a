import type { TableFormat } from '../table/format.js';

/** How numbers are written: what stands before the fraction, and between groups of three digits. */
export interface NumberFormat {
  readonly decimal: NonNullable<TableFormat['decimal']>;
  readonly thousands: NonNullable<TableFormat['thousands']> | null;
}

export const plainNumbers: NumberFormat = { decimal: '.', thousands: null };

// Each digit can be read in one way only, so that a text is refused in linear time.
const plainDecimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite decimal number, as number columns accept it. */
export const isDecimal = (text: string): boolean => Number.isFinite(readNumber(text));

/**
 * The number that a text without outer spaces writes; NaN when it writes none, and infinite when the number is too large.
 *
 * @param affixes texts that may stand before or after the number
 */
export function readNumber(
  text: string,
  format: NumberFormat = plainNumbers,
  affixes: readonly string[] = [],
): number {
  const bare = affixes.length === 0 ? text : withoutAffixes(text, affixes);
  const plain = plainNotation(bare, format);
  return plain !== undefined && plainDecimal.test(plain) ? Number(plain) : NaN;
}

/** The text with one affix at most taken from each end; a sign may stand before the first. */
function withoutAffixes(text: string, affixes: readonly string[]): string {
  const sign = text.startsWith('-') || text.startsWith('+') ? text[0] : '';
  let bare = text.slice(sign.length).trimStart();
  const before = affixes.find((affix) => bare.startsWith(affix));
  if (before !== undefined) bare = bare.slice(before.length).trimStart();
  const after = affixes.find((affix) => bare.endsWith(affix));
  if (after !== undefined) bare = bare.slice(0, bare.length - after.length).trimEnd();
  // "- €5" and "€ -5" are numbers, "-€-5" is none.
  return sign + bare;
}

/** The number with a point and without groups; undefined when marks stand where they may not. */
function plainNotation(text: string, { decimal, thousands }: NumberFormat): string | undefined {
  if (decimal === '.' && thousands === null) return text;
  const end = text.indexOf(decimal);
  const whole = end < 0 ? text : text.slice(0, end);
  const rest = end < 0 ? '' : text.slice(end + 1);
  if (decimal !== '.' && rest.includes('.')) return undefined;
  const joined = thousands === null ? whole : withoutGroups(whole, thousands);
  if (joined === undefined || (decimal !== '.' && joined.includes('.'))) return undefined;
  // Nobody writes groups and an exponent.
  if (joined !== whole && /[eE]/.test(rest)) return undefined;
  return end < 0 ? joined : `${joined}.${rest}`;
}

/** `1.234.567` of groups of three digits after the first of one to three; text without the mark stays as it is. */
function withoutGroups(whole: string, mark: string): string | undefined {
  const groups = mark === ' ' ? whole.split(anySpace) : whole.split(mark);
  if (groups.length === 1) return whole;
  const fits = groups.every((group, i) => (i === 0 ? firstGroup : threeDigits).test(group));
  return fits ? groups.join('') : undefined;
}

const anySpace = /[ \u00a0\u2009\u202f]/;
const firstGroup = /^[+-]?[1-9]\d{0,2}$/;
const threeDigits = /^\d{3}$/;

const powersOfTen = Float64Array.from({ length: 10 }, (_, i) => Number(`1e${i}`));

/**
 * The number of a plain decimal of at most 9 digits that stands in the text from `start` to before `end`, else NaN, to be read by
 * `readNumber`. Exact: the digits and the power of ten are whole numbers below 2⁵³, so their quotient is correctly rounded. (It saves
 * cutting the cell out, and half the time of Number, measured.)
 *
 * @param decimal character code of the decimal mark
 */
export function readPlainNumber(text: string, start: number, end: number, decimal: number): number {
  while (start < end && text.charCodeAt(start) === space) start++;
  while (end > start && text.charCodeAt(end - 1) === space) end--;
  const negative = text.charCodeAt(start) === minus && start < end;
  const first = negative ? start + 1 : start;
  const length = end - first;
  if (length <= 0 || length > 10) return NaN;
  let digits = 0;
  let point = -1;
  for (let i = first; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= zero && code <= zero + 9) digits = (digits * 10 + (code - zero)) | 0;
    else if (code === decimal && point < 0) point = i + 1;
    else return NaN;
  }
  if (point < 0 ? length > 9 : length === 1) return NaN;
  const value = point < 0 ? digits : digits / powersOfTen[end - point];
  return negative ? -value : value;
}

const space = 0x20;
const minus = 0x2d;
const zero = 0x30;
