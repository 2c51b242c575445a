// PReLU with a slope for each channel of [outer, channels, inner]: its checks and its JS loops.

import {
  checkCompanion,
  checkFloatArray,
  checkOverlap,
  checkPositiveInteger,
  type FloatArray,
  sharesMemory,
} from '../activation/arguments.js';
import { emptyLike } from '../activation/arrays.js';

/** PReLU with a slope for each channel. */
export interface PreluPerChannel {
  readonly slopes: FloatArray;
  readonly innerSize: number;
  /** Writes f(x) to y (a new array by default; y may be x) and returns y. */
  forward<A extends FloatArray>(x: A, y?: A): A;
  /** Writes dy·f′(x) to dx (a new array by default; dx may be x or dy) and returns dx. */
  backward<A extends FloatArray>(x: A, dy: A, dx?: A): A;
  /** The gradient for each slope, summed in float64 over the batch and the inner positions. */
  slopeGradient<A extends FloatArray>(x: A, dy: A): Float64Array;
}

/** Row-major sizes; a run is the `inner` elements of one channel that lie together. */
export interface Layout {
  outer: number;
  channels: number;
  inner: number;
}

/** Loops over checked arrays of one kind. */
export interface PreluKernels {
  forward(x: FloatArray, slopes: FloatArray, y: FloatArray, layout: Layout): void;
  backward(x: FloatArray, slopes: FloatArray, dy: FloatArray, dx: FloatArray, layout: Layout): void;
  slopeGradient(x: FloatArray, dy: FloatArray, layout: Layout): Float64Array;
}

/** A longer run is summed in pieces, so that the sum is the same wherever a tile cuts it. */
export const PIECE = 2048;

/** One channel is one run, whatever its outer size. */
export const layoutOf = (outer: number, channels: number, inner: number): Layout =>
  channels === 1 ? { outer: 1, channels, inner: outer * inner } : { outer, channels, inner };

// As in activation/loops.ts, tables take the place of a branch that random signs would mispredict: for each channel what holds below 0,
// and what holds from there on.
const table = (slopes: FloatArray, below: (slope: number) => number, above: number): Float64Array =>
  Float64Array.from({ length: 2 * slopes.length }, (_, i) => (i % 2 === 0 ? below(slopes[i / 2]) : above));

export const jsPrelu: PreluKernels = {
  forward(x, slopes, y, { inner }) {
    const factor = table(slopes, (slope) => slope, 1);
    const constant = table(slopes, (slope) => (slope === 0 ? 0 : -0), -0); // −0 adds nothing, +0 makes every zero +0
    for (let i = 0, c = 0; i < x.length; c = c + 2 === factor.length ? 0 : c + 2) {
      for (const end = i + inner; i < end; i++) {
        const v = x[i];
        const at = c + +(v >= 0);
        const r = v * factor[at] + constant[at];
        y[i] = Number.isNaN(r) && v === Number.NEGATIVE_INFINITY && factor[at] === 0 ? 0 : r;
      }
    }
  },
  backward(x, slopes, dy, dx, { inner }) {
    const factor = table(slopes, (slope) => slope, 1);
    for (let i = 0, c = 0; i < x.length; c = c + 2 === factor.length ? 0 : c + 2) {
      for (const end = i + inner; i < end; i++) {
        const v = x[i];
        const d = dy[i] * factor[c + +(v > 0)];
        dx[i] = Number.isNaN(v) ? v : d;
      }
    }
  },
  slopeGradient(x, dy, { channels, inner }) {
    const sums = new Float64Array(channels);
    for (let start = 0, c = 0; start < x.length; start += inner, c = c + 1 === channels ? 0 : c + 1) {
      if (inner === 1) {
        sums[c] = sums[c] + term(x[start], dy[start]);
        continue;
      }
      const end = start + inner;
      for (let i = start; i < end; i += PIECE)
        sums[c] = sums[c] + pieceSum(x, dy, i, Math.min(i + PIECE, end));
    }
    return sums;
  },
};

const isNegative = Float64Array.of(0, 1);

/** dy·v for v < 0, 0 for v ≥ 0 even where dy is not finite. */
const term = (v: number, dy: number): number => {
  const product = v * isNegative[+(v < 0)] * dy;
  return Number.isNaN(product) && v >= 0 ? 0 : product;
};

/**
 * Eight partial sums, of every eighth element each, added in pairs; what is left goes to the first. It is the order of the WASM
 * kernel, whose lanes they are, and errs less than one long sum.
 */
function pieceSum(x: FloatArray, dy: FloatArray, start: number, end: number): number {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  let i = start;
  for (; i + 8 <= end; i += 8) {
    s0 += term(x[i], dy[i]);
    s1 += term(x[i + 1], dy[i + 1]);
    s2 += term(x[i + 2], dy[i + 2]);
    s3 += term(x[i + 3], dy[i + 3]);
    s4 += term(x[i + 4], dy[i + 4]);
    s5 += term(x[i + 5], dy[i + 5]);
    s6 += term(x[i + 6], dy[i + 6]);
    s7 += term(x[i + 7], dy[i + 7]);
  }
  for (; i < end; i++) s0 += term(x[i], dy[i]);
  return s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7));
}

/** As everywhere, a float32 array sees float32 slopes. */
const ofKind = (slopes: FloatArray, x: FloatArray): FloatArray =>
  slopes.BYTES_PER_ELEMENT === x.BYTES_PER_ELEMENT
    ? slopes
    : x.BYTES_PER_ELEMENT === 4
      ? new Float32Array(slopes)
      : new Float64Array(slopes);

export function createPreluPerChannel(
  slopes: FloatArray,
  innerSize: number,
  kernels: PreluKernels,
): PreluPerChannel {
  // At each call, since the buffer of the slopes may have been detached or resized since.
  const checkSlopes = (): void => {
    checkFloatArray('slopes', slopes);
    if (slopes.length === 0) throw new RangeError('slopes must hold at least one slope, got 0');
  };
  checkSlopes();
  checkPositiveInteger('innerSize', innerSize);
  const check = (x: unknown): Layout => {
    checkFloatArray('x', x);
    checkSlopes();
    const block = slopes.length * innerSize;
    if (x.length % block !== 0)
      throw new RangeError(
        `x must hold whole blocks of ${slopes.length} channels × ${innerSize}, got ${x.length} elements`,
      );
    return layoutOf(x.length / block, slopes.length, innerSize);
  };
  const checkOutput = (argument: string, y: unknown, x: FloatArray): void => {
    checkCompanion(argument, y, x);
    if (sharesMemory(y, slopes)) throw new RangeError(`${argument} must not share memory with the slopes`);
  };
  return Object.freeze({
    slopes,
    innerSize,
    forward<A extends FloatArray>(x: A, y?: A): A {
      const layout = check(x);
      if (y !== undefined) checkOutput('y', y, x);
      const out = y ?? emptyLike(x);
      kernels.forward(x, ofKind(slopes, x), out, layout);
      return out;
    },
    backward<A extends FloatArray>(x: A, dy: A, dx?: A): A {
      const layout = check(x);
      checkCompanion('dy', dy, x);
      if (dx !== undefined) {
        checkOutput('dx', dx, x);
        checkOverlap('dx', dx, 'dy', dy);
      }
      const out = dx ?? emptyLike(x);
      kernels.backward(x, ofKind(slopes, x), dy, out, layout);
      return out;
    },
    slopeGradient<A extends FloatArray>(x: A, dy: A): Float64Array {
      const layout = check(x);
      checkCompanion('dy', dy, x);
      return kernels.slopeGradient(x, dy, layout);
    },
  });
}

/** The gradient for the slope of a PReLU that has one slope. */
export function slopeGradient(x: unknown, dy: unknown, kernels: PreluKernels): number {
  checkFloatArray('x', x);
  checkCompanion('dy', dy, x);
  return kernels.slopeGradient(x, dy, layoutOf(1, 1, x.length))[0];
}
