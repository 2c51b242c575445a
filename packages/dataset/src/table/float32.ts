/** How many numbers differ, and how many are left when each is rounded to float32. */
export interface Merged {
  readonly distinct: number;
  readonly inFloat32: number;
}

/**
 * Whether rounding to float32 makes one of ten different numbers equal to another, or more. Where float32 has a million steps or more between
 * the ends, some of very many numbers meet, which says nothing.
 */
export function mergedInFloat32(numbers: Float64Array): Merged | undefined {
  let [low, high, exact] = [Infinity, -Infinity, true];
  for (const x of numbers) {
    if (x < low) low = x;
    if (x > high) high = x;
    if (!Number.isNaN(x) && Math.fround(x) !== x) exact = false;
  }
  // A step of float32 is at most the number ÷ 2²³, so an eighth of the largest number holds 2²⁰ steps.
  if (exact || high - low >= Math.max(Math.abs(low), Math.abs(high)) / 8) return undefined;
  const sorted = numbers.filter((x) => !Number.isNaN(x)).sort();
  let [distinct, inFloat32] = [0, 0];
  sorted.forEach((x, i) => {
    if (i === 0 || x !== sorted[i - 1]) distinct++;
    if (i === 0 || Math.fround(x) !== Math.fround(sorted[i - 1])) inFloat32++;
  });
  return inFloat32 < 0.9 * distinct ? { distinct, inFloat32 } : undefined;
}
