// The JS loops. Piecewise linear functions run without a branch that random signs would mispredict: shift, factor and
// constant come from tables that comparisons index. What does branch below always goes the same way, or nearly. `pnpm bench:browser` measures them.
import type { FloatArray } from './arguments.js';

/**
 * Loops over checked arrays: same kind, same length, each either the same memory as another or apart from it. `shared` is the
 * buffer that all of them lie in, if it is one.
 */
export interface Kernels {
  forward(x: FloatArray, y: FloatArray, shared?: ArrayBufferLike): void;
  backward(x: FloatArray, dy: FloatArray, dx: FloatArray, shared?: ArrayBufferLike): void;
}

export interface Pair {
  f: (x: number) => number;
  derivative: (x: number) => number;
}

/**
 * One to three linear pieces: on piece k, f(x) = (x − shift[k])·factor[k] + constant[k], where one of factor and constant is 0, so
 * that what float32 rounds is the difference and the product only.
 */
export interface Piecewise {
  /** The pieces change where x passes an edge: piece k holds for edges[k−1] < x ≤ edges[k]. */
  edges: readonly number[];
  factor: readonly number[];
  shift?: readonly number[];
  /** −0 adds nothing, not even to −0; +0 makes every zero of the piece +0. */
  constant?: readonly number[];
  /** Where f is min(max(x, low), high) with low < 0 < high, or with low +0, of which −0 is not below: these two. */
  clamp?: readonly [low: number, high: number];
  /** f′ on its pieces, where its edges differ from those of f in which side they belong to. */
  slopes: { edges: readonly number[]; factor: readonly number[] };
}

const words = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** The number just below a finite x in float32 or float64: x ≥ edge is x > before(edge). */
export function before(x: number, single: boolean): number {
  if (x === 0) return single ? -(2 ** -149) : -Number.MIN_VALUE;
  if (single) {
    words.setFloat32(0, x);
    words.setInt32(0, words.getInt32(0) - Math.sign(x));
    return words.getFloat32(0);
  }
  words.setFloat64(0, x);
  words.setBigInt64(0, words.getBigInt64(0) - BigInt(Math.sign(x)));
  return words.getFloat64(0);
}

/** A table of three for a loop that knows three pieces; the missing ones are never reached. */
const three = (values: readonly number[] | undefined, filler: number): Float64Array =>
  Float64Array.from({ length: 3 }, (_, i) => values?.[i] ?? filler);

const bitsOf = (x: number): number => {
  words.setFloat32(0, x);
  return words.getInt32(0);
};

/** From this many elements on, to look at an array as integers is worth its time. */
const LONG = 64;

/**
 * y = min(max(x, low), high) over the bits of float32: of a number and its limit of the same sign, the one that is nearer to 0, and NaN
 * itself. For 1,000,000 random signs Firefox takes 1.1 ms, as for Math.min and Math.max, and 6 ms with tables; V8 1.7, 6 and 3.
 */
function clampBits(x: FloatArray, y: FloatArray, low: number, high: number): void {
  const from = new Int32Array(x.buffer, x.byteOffset, x.length);
  const to = new Int32Array(y.buffer, y.byteOffset, x.length);
  for (let i = 0; i < from.length; i++) {
    const bits = from[i];
    const limit = high ^ ((high ^ low) & (bits >> 31));
    const size = bits & 0x7fffffff;
    const isBeyond = (((limit & 0x7fffffff) - size) & (size - 0x7f800001)) >> 31; // all ones, or 0; of NaN it is 0
    to[i] = bits ^ ((bits ^ limit) & isBeyond);
  }
}

export function pieceKernels(piecewise: Piecewise, single: boolean): Kernels {
  const { slopes } = piecewise;
  const [edge0 = Number.NaN, edge1 = Number.NaN] = piecewise.edges; // no x is above NaN
  const [slopeEdge0 = Number.NaN, slopeEdge1 = Number.NaN] = slopes.edges;
  const factor = three(piecewise.factor, 1);
  const constant = three(piecewise.constant, -0);
  const slope = three(slopes.factor, 1);
  const shift = piecewise.shift && three(piecewise.shift, 0);
  const [low, high] = piecewise.clamp?.map(bitsOf) ?? [];
  const kernels: Kernels = {
    // Two loops: Firefox takes twice as long for one that moves by a shift of 0.
    forward: shift
      ? (x, y) => {
          for (let i = 0; i < x.length; i++) {
            const v = x[i];
            const piece = +(v > edge0) + +(v > edge1);
            const shifted = v - shift[piece];
            const r = (single ? Math.fround(shifted) : shifted) * factor[piece] + constant[piece];
            y[i] = Number.isNaN(r) && !Number.isNaN(v) ? constant[piece] : r;
          }
        }
      : (x, y) => {
          for (let i = 0; i < x.length; i++) {
            const v = x[i];
            const piece = +(v > edge0) + +(v > edge1);
            const r = v * factor[piece] + constant[piece];
            // 0·∞ on a flat piece is that piece's value.
            y[i] = Number.isNaN(r) && !Number.isNaN(v) ? constant[piece] : r;
          }
        },
    backward(x, dy, dx) {
      for (let i = 0; i < x.length; i++) {
        const v = x[i];
        const d = dy[i] * slope[+(v > slopeEdge0) + +(v > slopeEdge1)];
        dx[i] = Number.isNaN(v) ? v : d;
      }
    },
  };
  if (!single || low === undefined) return kernels;
  return {
    ...kernels,
    forward(x, y) {
      if (x.length < LONG) kernels.forward(x, y);
      else clampBits(x, y, low, high);
    },
  };
}

/** The loops of a definition in pieces. */
export const inPieces =
  <P>(pieces: (params: P, single: boolean) => Piecewise) =>
  (params: P, single: boolean): Kernels =>
    pieceKernels(pieces(params, single), single);

/** Those of x for x ≥ 0 and slope·x below, for a slope that is not 0, of which 0·∞ would come. */
export function leakyKernels(slope: number): Kernels {
  const factor = Float64Array.of(slope, 1);
  return {
    forward(x, y) {
      for (let i = 0; i < x.length; i++) {
        const v = x[i];
        y[i] = v * factor[+(v >= 0)];
      }
    },
    backward(x, dy, dx) {
      for (let i = 0; i < x.length; i++) {
        const v = x[i];
        const d = dy[i] * factor[+(v > 0)];
        dx[i] = Number.isNaN(v) ? v : d;
      }
    },
  };
}

/** Kernels that call f and f′ for each element; `select` in math.ts keeps branches out of those. */
export const scalarKernels = ({ f, derivative }: Pair): Kernels => ({
  forward(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = f(x[i]);
  },
  backward(x, dy, dx) {
    for (let i = 0; i < x.length; i++) dx[i] = dy[i] * derivative(x[i]);
  },
});
