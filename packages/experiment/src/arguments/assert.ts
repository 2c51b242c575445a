import { meant } from './nearest.js';

/** The value as it stands in an error message: text quoted and shortened, control characters escaped. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'plain object'}`;
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : String(value);
  const cut = value.length > 60 ? `${value.slice(0, 59)}…` : value;
  return `"${cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`)}"`;
}

export function assertInteger(
  name: string,
  value: unknown,
  low: number,
  high: number,
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be an integer, got ${shown(value)}`);
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${name} must be an integer from ${low} to ${high}, got ${shown(value)}`);
}

/** A finite number above `low`, and below `high` where that is given. */
export function assertBetween(
  name: string,
  value: unknown,
  low: number,
  high = Infinity,
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, got ${shown(value)}`);
  if (Number.isFinite(value) && value > low && value < high) return;
  const accepted = high === Infinity ? `a finite number above ${low}` : `above ${low} and below ${high}`;
  throw new RangeError(`${name} must be ${accepted}, got ${shown(value)}`);
}

export function assertOneOf<T extends string>(
  name: string,
  value: unknown,
  accepted: readonly T[],
): asserts value is T {
  if ((accepted as readonly unknown[]).includes(value)) return;
  if (typeof value !== 'string')
    throw new TypeError(`${name} must be one of ${accepted.join(', ')}, got ${shown(value)}`);
  throw new RangeError(
    `${name} must be one of ${accepted.join(', ')}, got ${shown(value)}${meant(value, accepted)}`,
  );
}

/** Refuses options by a name that is not known: they would be ignored in silence. */
export function assertOptions(what: string, options: unknown, known: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${what} must be an object, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new RangeError(
        `${what} has no ${shown(name)}${meant(name, known) || `; there are ${known.join(', ')}`}`,
      );
}

/** Finite numbers, at least `fewest` of them. */
export function assertNumbers(name: string, values: ArrayLike<number>, fewest: number): void {
  if (typeof values !== 'object' || values === null || typeof values.length !== 'number')
    throw new TypeError(`${name} must be a list of numbers, got ${shown(values)}`);
  if (values.length < fewest)
    throw new RangeError(`${name} must have at least ${fewest} values, got ${values.length}`);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${name}[${i}] must be a finite number, got ${shown(values[i])}`);
}
