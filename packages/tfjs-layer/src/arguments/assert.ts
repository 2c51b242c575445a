/** A value for an error message. */
export const shown = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(shown).join(', ')}]`
    : typeof value === 'string'
      ? JSON.stringify(value)
      : typeof value === 'function'
        ? 'a function'
        : String(value);

/** Axes as a layer's argument gives them: whole numbers. */
export function assertAxes(name: string, axes: unknown): asserts axes is number[] {
  if (!Array.isArray(axes))
    throw new TypeError(`${name} must be a whole number or an array of them, got ${shown(axes)}`);
  for (const axis of axes) assertInteger(name, axis);
}

/** Axes counted from the front, each one that an input of so many dimensions has, `first` being the least. */
export function axesOf(name: string, axes: readonly number[], rank: number, first: number): number[] {
  return axes.map((axis) => {
    const from = axis < 0 ? axis + rank : axis;
    if (from < first || from >= rank)
      throw new RangeError(
        `${name} must lie between ${first} and ${rank - 1}, or between ${first - rank} and -1, for an input of ${rank} dimensions, got ${axis}`,
      );
    return from;
  });
}

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

/** A function of `@rectify/core`, or its JSON. */
export function assertFunction(name: string, value: unknown): void {
  const { name: own, params } = Object(value) as { name?: unknown; params?: unknown };
  if (typeof own !== 'string' || typeof params !== 'object')
    throw new TypeError(
      `${name} must be a name, a function of @rectify/core or its JSON, or an activation of this package, got ${shown(value)}`,
    );
}
