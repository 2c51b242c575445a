// Distance in units in the last place, and the fixtures' way to write what JSON cannot.
const words = new DataView(new ArrayBuffer(8));

const ordered64 = (value: number): bigint => {
  words.setFloat64(0, value);
  const bits = words.getBigInt64(0);
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
};

const ordered32 = (value: number): number => {
  words.setFloat32(0, value);
  const bits = words.getInt32(0);
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
};

/** How many float64 lie between; ±0 are one number, NaN only equals NaN. */
export function ulp64(actual: number, expected: number): number {
  if (Number.isNaN(actual) || Number.isNaN(expected))
    return Number.isNaN(actual) && Number.isNaN(expected) ? 0 : Number.POSITIVE_INFINITY;
  const distance = ordered64(actual) - ordered64(expected);
  return Number(distance < 0n ? -distance : distance);
}

/** How many float32 lie between. */
export function ulp32(actual: number, expected: number): number {
  if (Number.isNaN(actual) || Number.isNaN(expected))
    return Number.isNaN(actual) && Number.isNaN(expected) ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(ordered32(actual) - ordered32(expected));
}

/** A number of a fixture. */
export type Stored = number | 'NaN' | 'Infinity' | '-Infinity';

export const numbers = (stored: readonly Stored[]): number[] => stored.map(Number);
