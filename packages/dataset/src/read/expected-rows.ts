import type { LoadProgress } from './options.js';

/**
 * How many rows the file will have, once the first tell how long a row is: columns get their final size then, so that they need not
 * grow by copying.
 */
export function expectedRows({ read, total }: LoadProgress, seen: number, limit: number): number | undefined {
  if (total === undefined || read < 2 ** 18 || seen === 0) return undefined;
  return Math.ceil((seen / read) * Math.min(total, limit) * 1.05);
}
