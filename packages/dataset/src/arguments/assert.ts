/** The value as it stands in an error message: quoted, control characters escaped, long text shortened. */
export function shown(value: unknown, longest = 60): string {
  if (typeof value !== 'string') return typeof value === 'object' ? describeObject(value) : String(value);
  const cut = value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return `"${escapeControls(cut)}"`;
}

function describeObject(value: object | null): string {
  if (value === null) return 'null';
  return Array.isArray(value)
    ? `an array of ${value.length}`
    : `a ${value.constructor?.name ?? 'null-prototype object'}`;
}

/** Line breaks, terminal escapes, direction marks and lone surrogates would let a cell fake or break a one-line message. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (mark) => {
    if (mark === '\n') return '\\n';
    if (mark === '\r') return '\\r';
    if (mark === '\t') return '\\t';
    return `\\u{${mark.codePointAt(0)?.toString(16)}}`;
  });
}

export function assertInteger(
  name: string,
  value: unknown,
  low: number,
  high: number,
): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be an integer, got ${shown(value)}`);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name} must be an integer from ${low} to ${high}, got ${value}`);
  }
}

export function assertOneOf<T extends string>(
  name: string,
  value: unknown,
  accepted: readonly T[],
): asserts value is T {
  if ((accepted as readonly unknown[]).includes(value)) return;
  const wrong = typeof value === 'string' ? RangeError : TypeError;
  throw new wrong(`${name} must be one of ${accepted.join(', ')}, got ${shown(value)}`);
}
