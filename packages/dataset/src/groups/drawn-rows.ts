import { mixed } from './number-set.js';

const drawn = 2 ** 13;

/** Some 8192 rows, drawn freely, the same each time: what is looked at where looking at all takes long. */
export const drawnRows = (rows: number): Int32Array =>
  Int32Array.from(new Set(Array.from({ length: drawn }, (_, i) => (mixed(i, 1) >>> 0) % rows)));

/**
 * Whether so few of m drawn values repeat an earlier one that all values can hardly be `limit` different ones. Were those equally frequent,
 * m − limit·(1 − e^(−m ÷ limit)) would repeat, and more if they were not. Half of that is out of reach of chance: 84 in place of 168 where
 * a million rows have 200,000 values, with a standard deviation of 13.
 */
export function differInSample(values: number, repeated: number, limit: number): boolean {
  const expected = values + limit * Math.expm1(-values / limit);
  return expected >= 30 && repeated < expected / 2;
}
