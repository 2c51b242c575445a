// Checks on what a caller hands in: TypeError for the wrong kind, RangeError for the wrong value, the bad value in the message.

import { nearest } from './hints.js';

/** What the array kernels compute on. */
export type FloatArray = Float32Array | Float64Array;

const kindOf = (value: unknown): string => (value === null ? 'null' : {}.toString.call(value).slice(8, -1));

/** A value for a message: short, whatever it is. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 60)}${value[60] ? '…' : ''}"`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return kindOf(value);
  return Object.is(value, -0) ? '-0' : String(value);
}

/** What f(x) takes; a string or null would go through a comparison unharmed. */
export function checkX(x: unknown): asserts x is number {
  if (typeof x === 'number') return;
  throw new TypeError(
    `x must be a number, got ${show(x) + (typeof x === 'object' ? "; of an array f is x.map(f), of a float array f.forward(x); a tensor's values are x.dataSync()" : '')}`,
  );
}

/** How a list of numbers of another kind becomes a float array, if the value is one. */
function conversion(argument: string, value: unknown): string {
  const list = Object(value) as { dataSync?: unknown; length?: unknown; 0?: { map?: unknown } };
  if (list.dataSync) return `; a tensor's values are ${argument}.dataSync()`;
  if (typeof list.length !== 'number') return '';
  return `; write Float32Array.from(${argument}${list[0]?.map ? '.flat(Infinity)' : ''})`;
}

/** A Float32Array or Float64Array whose buffer is still there. */
export function checkFloatArray(argument: string, value: unknown): asserts value is FloatArray {
  // The tag, not instanceof: an array of another realm (iframe, worker, vm) is as good.
  const tag = ArrayBuffer.isView(value) && (value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag];
  if (tag !== 'Float32Array' && tag !== 'Float64Array')
    throw new TypeError(
      `${argument} must be a Float32Array or Float64Array, got ${kindOf(value) + conversion(argument, value)}`,
    );
  // A detached array and a view that its resizable buffer no longer covers both show length 0; fill() throws on them alone.
  if ((value as FloatArray).length === 0) {
    try {
      (value as FloatArray).fill(0);
    } catch {
      throw new TypeError(`${argument} is detached, or out of the bounds of its resized buffer`);
    }
  }
}

/** `other` has the kind and length of `x`. */
export function checkLike(argument: string, other: unknown, x: FloatArray): asserts other is FloatArray {
  checkFloatArray(argument, other);
  if (other.BYTES_PER_ELEMENT !== x.BYTES_PER_ELEMENT)
    throw new TypeError(`${argument} must be a ${kindOf(x)} as x is, got ${kindOf(other)}`);
  if (other.length !== x.length)
    throw new RangeError(`${argument} must have the length of x, ${x.length}, got ${other.length}`);
}

/** `other` has the kind and length of `x`, and is either `x`'s very memory or shares none of it. */
export function checkCompanion(argument: string, other: unknown, x: FloatArray): asserts other is FloatArray {
  checkLike(argument, other, x);
  checkOverlap(argument, other, 'x', x);
}

/**
 * Two arrays of one length may be the same memory (in place) or apart, never shifted against each other. Returns whether they lie
 * in one buffer. Engines take long to give an array's buffer, so who has it hands it in.
 */
export function checkOverlap(
  argument: string,
  a: FloatArray,
  otherArgument: string,
  b: FloatArray,
  aBuffer = a.buffer,
  bBuffer = b.buffer,
): boolean {
  if (aBuffer !== bBuffer) return false;
  if (a.byteOffset !== b.byteOffset && Math.abs(a.byteOffset - b.byteOffset) < a.byteLength)
    throw new RangeError(
      `${argument} overlaps ${otherArgument} without being it: byte offsets ${a.byteOffset} and ${b.byteOffset}, ${a.byteLength} bytes each`,
    );
  return true;
}

/** Whether two arrays have any byte in common. */
export const sharesMemory = (a: FloatArray, b: FloatArray): boolean =>
  a.buffer === b.buffer &&
  Math.max(a.byteOffset, b.byteOffset) < Math.min(a.byteOffset + a.byteLength, b.byteOffset + b.byteLength);

function checkKind(argument: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${argument} must be a number, got ${kindOf(value)}`);
}

/** A finite number. The other rules stand apart, so that a bundle holds those of its functions. */
export function checkNumber(argument: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') throw new TypeError(`${argument} must be a number, got ${kindOf(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`${argument} must be finite, got ${show(value)}`);
}

export function checkPositive(argument: string, value: unknown): asserts value is number {
  checkKind(argument, value);
  if (!(Number.isFinite(value) && value > 0))
    throw new RangeError(`${argument} must be finite and positive, got ${show(value)}`);
}

export function checkNotNegative(argument: string, value: unknown): asserts value is number {
  checkKind(argument, value);
  if (!(Number.isFinite(value) && value >= 0))
    throw new RangeError(`${argument} must be finite and not negative, got ${show(value)}`);
}

/** leaky_relu is exported as leakyRelu. */
export const camel = (name: string): string => name.replace(/_./g, ([, letter]) => letter.toUpperCase());

/**
 * The caller's own parameters over the defaults; a key that the function does not know is an error, undefined means the default.
 */
export function withDefaults<P extends object>(name: string, given: unknown = {}, defaults: P): P {
  const params = { ...defaults } as Record<string, unknown>;
  if (kindOf(given) !== 'Object')
    throw new TypeError(
      `params of ${name} must be an object, got ${show(given)}; f at x is ${camel(name)}(${JSON.stringify(defaults)})(x)`,
    );
  const known = Object.keys(defaults);
  for (const [key, value] of Object.entries(given as object)) {
    if (!known.includes(key)) {
      const [near] = nearest(key, known);
      throw new TypeError(
        `${name} has no parameter ${show(key)}; ${near ? `did you mean ${near}?` : `it takes ${known.join(', ') || 'none'}`}`,
      );
    }
    if (value !== undefined) params[key] = value;
  }
  return params as P; // the factory checks each value next
}

export function checkPositiveInteger(argument: string, value: unknown): asserts value is number {
  checkKind(argument, value);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${argument} must be a positive integer, got ${show(value)}`);
}

export function checkSeed(value: unknown): asserts value is number {
  checkKind('seed', value);
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32)
    throw new RangeError(`seed must be an integer from 0 to 4294967295, got ${show(value)}`);
}
