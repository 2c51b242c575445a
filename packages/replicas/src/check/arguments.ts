// Checks of single values. Each names the argument, what it must be, and what was given.
import { nearest } from '@rectify/core/js';

/** How a value is shown in an error. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  if (typeof value === 'function') return 'a function';
  return Object.is(value, -0) ? '-0' : String(value);
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;

/** `value` as an object with none but the known keys. */
export function checkObject(
  argument: string,
  value: unknown,
  known: readonly string[],
): asserts value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${argument} must be an object, got ${show(value)}`);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new TypeError(`${argument} has no option ${show(key)}; ${suggestion(key, known)}`);
  }
}

/** One of the names. */
export function checkName<T extends string>(
  argument: string,
  value: unknown,
  names: readonly T[],
): asserts value is T {
  if (typeof value !== 'string') throw new TypeError(`${argument} must be a string, got ${kindOf(value)}`);
  if (!names.includes(value as T))
    throw new RangeError(
      `${argument} must be one of ${names.join(', ')}, got ${show(value)}${near(value, names)}`,
    );
}

const near = (name: string, known: readonly string[]): string => {
  const [found] = nearest(name, known);
  return found === undefined ? '' : `: did you mean ${show(found)}?`;
};

const suggestion = (name: string, known: readonly string[]): string => {
  const [found] = nearest(name, known);
  return found === undefined ? `it takes ${known.join(', ')}` : `did you mean ${show(found)}?`;
};

type Rule = 'positive' | 'not negative' | 'finite';

const keeps = { positive: (x: number) => x > 0, 'not negative': (x: number) => x >= 0, finite: () => true };

/** A finite number that keeps the rule, in float32 too. */
export function checkNumber(argument: string, value: unknown, rule: Rule): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${argument} must be a number, got ${kindOf(value)}`);
  const must = rule === 'finite' ? 'finite' : `finite and ${rule}`;
  if (!Number.isFinite(value) || !keeps[rule](value))
    throw new RangeError(`${argument} must be ${must}, got ${show(value)}`);
  const single = Math.fround(value);
  if (!Number.isFinite(single) || (single === 0) !== (value === 0))
    throw new RangeError(`${argument} must be within float32's range, got ${show(value)}`);
}

/** An integer from `low` to `high`. */
export function checkInteger(
  argument: string,
  value: unknown,
  low: number,
  high = Number.MAX_SAFE_INTEGER,
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${argument} must be a number, got ${kindOf(value)}`);
  const must = high === Number.MAX_SAFE_INTEGER ? `${low} or more` : `from ${low} to ${high}`;
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${argument} must be an integer ${must}, got ${show(value)}`);
}

export function checkBoolean(argument: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean')
    throw new TypeError(`${argument} must be true or false, got ${show(value)}`);
}

/** A list: an array or typed array, no string. */
export function checkList(argument: string, value: unknown): asserts value is ArrayLike<unknown> {
  const listed =
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView) && 'length' in value);
  if (!listed) throw new TypeError(`${argument} must be an array or typed array, got ${show(value)}`);
}
