// JS kernels of the piecewise linear functions, without a branch that random signs would mispredict: the factor comes from a
// table that a comparison indexes. Measured, 1e6 float32 of random signs: 2.9 ms, against 7.4 ms for `v < 0 ? a * v : v` and
// 8.4 ms for Math.max and Math.min. What does branch below is rare, so predicted. Float32 arrays get parameters rounded to
// float32, and every step rounded, so that the result is float32's own.
import type { Kernels } from './_activation.js';
import type { FloatArray } from './_arguments.js';

const isSingle = (x: FloatArray): boolean => x.BYTES_PER_ELEMENT === 4;

/** A parameter as arithmetic in the array's own format sees it. */
const inFormatOf = (x: FloatArray, value: number): number => (isSingle(x) ? Math.fround(value) : value);

/** x for x ≥ 0, slope·x below; the slope is not 0, which would make NaN of −∞. */
export const scaleBelowZero = (slope: number): Kernels => ({
  forward(x, y) {
    const factor = Float64Array.of(1, inFormatOf(x, slope));
    for (let i = 0; i < x.length; i++) {
      const v = x[i] as number;
      y[i] = v * (factor[+(v < 0)] as number);
    }
  },
  backward(x, dy, dx) {
    const factor = Float64Array.of(1, inFormatOf(x, slope));
    for (let i = 0; i < x.length; i++) {
      const v = x[i] as number;
      const d = (dy[i] as number) * (factor[+(v <= 0)] as number);
      dx[i] = Number.isNaN(v) ? v : d;
    }
  },
});

/** The largest x that ReLU treats as below: the threshold, but for threshold 0 only what is negative, so that −0 passes. */
export const below = (threshold: number, smallest: number = Number.MIN_VALUE): number =>
  threshold === 0 ? -smallest : threshold;

/** Keras's ReLU: min(x, max) above the threshold, slope·(x − threshold) below it; no limit when max is null. */
export const rectifier = (slope: number, max: number | null, threshold: number): Kernels => ({
  forward(x, y) {
    const single = isSingle(x);
    const s = inFormatOf(x, slope);
    const t = inFormatOf(x, threshold);
    const edge = below(t, single ? 2 ** -149 : undefined);
    const limit = max === null ? Number.NaN : inFormatOf(x, max);
    // Index 0: below the threshold, 1: above it, 2: at the limit or above it. To add −0 changes nothing, not even −0.
    const factor = Float64Array.of(s, 1, 0);
    const shift = Float64Array.of(t, 0, 0);
    const constant = Float64Array.of(0, -0, limit);
    for (let i = 0; i < x.length; i++) {
      const v = x[i] as number;
      const piece = +(v > edge) + +(v > edge && v >= limit);
      const moved = v - (shift[piece] as number);
      const scaled = (single ? Math.fround(moved) : moved) * (factor[piece] as number);
      const r = (single ? Math.fround(scaled) : scaled) + (constant[piece] as number);
      // 0·∞ on a flat piece is that piece's value.
      y[i] = Number.isNaN(r) && !Number.isNaN(v) ? (constant[piece] as number) : r;
    }
  },
  backward(x, dy, dx) {
    const t = inFormatOf(x, threshold);
    const limit = max === null ? Number.NaN : inFormatOf(x, max);
    const factor = Float64Array.of(inFormatOf(x, slope), 1, 0);
    for (let i = 0; i < x.length; i++) {
      const v = x[i] as number;
      const d = (dy[i] as number) * (factor[+(v > t) + +(v > t && v >= limit)] as number);
      dx[i] = Number.isNaN(v) ? v : d;
    }
  },
});
