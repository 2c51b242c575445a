import {
  checkCompanion,
  checkFloatArray,
  checkOverlap,
  checkPositiveInteger,
  type FloatArray,
  sharesMemory,
  show,
  withDefaults,
} from './arguments.js';
import { shown } from './dress.js';

/** What every activation over vectors takes. */
export interface VectorParams {
  /** Length of the axis, the innermost of the array: x holds whole vectors of it. null (the default): x is one vector. */
  axisLength: number | null;
}

/** An activation over vectors, each along the innermost axis of the array. */
export interface VectorActivation<P extends VectorParams = VectorParams> {
  /** f of one vector of plain numbers. */
  (x: readonly number[]): number[];
  readonly name: string;
  readonly params: Readonly<P>;
  /** f as LaTeX. */
  readonly formula: string;
  /** Writes f of each vector of x to y (a new array by default; y may be x where f keeps the length) and returns y. */
  forward<A extends FloatArray>(x: A, y?: A): A;
  /** Writes the gradient for x, given that for f(x), to dx (a new array by default; dx may be x, or dy of that length). */
  backward<A extends FloatArray>(x: A, dy: A, dx?: A): A;
  toJSON(): { readonly name: string; readonly params: Readonly<P> };
}

interface Parts<P extends VectorParams> {
  name: string;
  params: P;
  formula: string;
  /** f of one vector, into y; x and y never share memory. */
  f: (x: Float64Array, y: Float64Array) => void;
  /** Its gradient for x. */
  backward: (x: Float64Array, dy: Float64Array, dx: Float64Array) => void;
  /** Input elements for each output element: 2 for the gated functions. */
  shrinks?: 2;
}

export const vectorParams = (name: string, params: unknown): VectorParams => {
  const defaults: VectorParams = { axisLength: null };
  return checkAxis(withDefaults(name, params, defaults));
};

export function checkAxis<P extends VectorParams>(bound: P): P {
  if (bound.axisLength !== null) checkPositiveInteger('axisLength', bound.axisLength);
  return bound;
}

function checkNumbers(x: unknown): asserts x is readonly number[] {
  const isFloatArray = ArrayBuffer.isView(x) && /^Float(32|64)Array$/.test(show(x));
  if (!Array.isArray(x) && !isFloatArray)
    throw new TypeError(`x must be an array of numbers, got ${show(x)}`);
  for (const [i, v] of (x as readonly number[]).entries())
    if (typeof v !== 'number') throw new TypeError(`x[${i}] must be a number, got ${show(v)}`);
}

const create = <A extends FloatArray>(x: A, length: number): A =>
  (x.BYTES_PER_ELEMENT === 4 ? new Float32Array(length) : new Float64Array(length)) as A;

/** A loop: on short vectors `set` and `subarray` cost more than the work (glu of 1e6 pairs: 64 ms with them, 24 so). */
function copy(from: FloatArray, start: number, to: FloatArray, at: number, length: number): void {
  for (let i = 0; i < length; i++) to[at + i] = from[start + i];
}

/** Every vector is worked on in float64, so that float32 results are rounded once. */
export function createVectorActivation<P extends VectorParams>(parts: Parts<P>): VectorActivation<P> {
  const { name, params, formula, f, backward, shrinks = 1 } = parts;
  Object.freeze(params);
  const axisOf = (x: FloatArray): number => {
    const axis = params.axisLength ?? x.length;
    if (axis !== 0 && x.length % axis !== 0)
      throw new RangeError(`x must hold whole vectors of axisLength ${axis}, got ${x.length} elements`);
    if (axis % shrinks !== 0)
      throw new RangeError(`${name} halves its axis, which must be even, got ${axis}`);
    return axis;
  };
  const checkOutput = (argument: string, y: unknown, x: FloatArray): void => {
    if (shrinks === 1) {
      checkCompanion(argument, y, x);
      return;
    }
    checkFloatArray(argument, y);
    if (y.BYTES_PER_ELEMENT !== x.BYTES_PER_ELEMENT) throw new TypeError(`${argument} must be of x's kind`);
    if (y.length !== x.length / 2)
      throw new RangeError(`${argument} must have half the length of x, ${x.length / 2}, got ${y.length}`);
    if (sharesMemory(x, y))
      throw new RangeError(`${argument} must not share memory with x, since ${name} halves its length`);
  };
  const methods = Object.assign(
    (values: readonly number[]): number[] => {
      checkNumbers(values);
      const x = Float64Array.from(values);
      const y = new Float64Array(x.length / shrinks);
      axisOf(x);
      if (x.length > 0) f(x, y);
      return Array.from(y);
    },
    {
      params,
      formula,
      forward<A extends FloatArray>(x: A, y?: A): A {
        checkFloatArray('x', x);
        const axis = axisOf(x);
        if (y !== undefined) checkOutput('y', y, x);
        const out = y ?? create(x, x.length / shrinks);
        const own = new Float64Array(axis);
        const result = new Float64Array(axis / shrinks);
        for (let start = 0; start < x.length; start += axis) {
          copy(x, start, own, 0, axis);
          f(own, result);
          copy(result, 0, out, start / shrinks, result.length);
        }
        return out;
      },
      backward<A extends FloatArray>(x: A, dy: A, dx?: A): A {
        checkFloatArray('x', x);
        const axis = axisOf(x);
        checkOutput('dy', dy, x);
        if (dx !== undefined) {
          checkCompanion('dx', dx, x);
          if (shrinks === 1) checkOverlap('dx', dx, 'dy', dy);
          else checkOutput('dy', dy, dx);
        }
        const out = dx ?? create(x, x.length);
        const own = new Float64Array(axis);
        const ownDy = new Float64Array(axis / shrinks);
        const result = new Float64Array(axis);
        for (let start = 0; start < x.length; start += axis) {
          copy(x, start, own, 0, axis);
          copy(dy, start / shrinks, ownDy, 0, ownDy.length);
          backward(own, ownDy, result);
          copy(result, 0, out, start, axis);
        }
        return out;
      },
      toJSON: () => ({ name, params: { ...params } }),
    },
  );
  Object.setPrototypeOf(methods, shown);
  return Object.freeze(
    Object.defineProperty(methods, 'name', { value: name }),
  ) as unknown as VectorActivation<P>;
}
