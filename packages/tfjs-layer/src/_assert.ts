/** A finite number, or an error that names the argument and the bad value. */
export function assertFinite(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number')
    throw new TypeError(`${name} must be a number, got ${typeof value} (${String(value)})`);
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be finite, got ${value}`);
}

/** A whole number of at least 1, or an error that names the argument and the bad value. */
export function assertPositiveInteger(name: string, value: unknown): asserts value is number {
  assertFinite(name, value);
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${name} must be a whole number of at least 1, got ${value}`);
}

/** A whole number, or an error that names the argument and the bad value. */
export function assertInteger(name: string, value: unknown): asserts value is number {
  assertFinite(name, value);
  if (!Number.isInteger(value)) throw new RangeError(`${name} must be a whole number, got ${value}`);
}
