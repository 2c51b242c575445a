// The products of a dense layer on JS. Math.fround after each operation makes it that of float32; engines compile it to just that.
import type { Primitives } from '../primitives.js';

const { fround } = Math;

/** Floats of a vector. */
const N = 4;

type Products = Pick<Primitives, 'gather' | 'forward' | 'backwardWeights' | 'backwardInputs'>;

export const productsOn = (f: Float32Array, bits: Int32Array): Products => ({
  gather(order, rows, source, columns, out) {
    const from = source >>> 2;
    let at = out >>> 2;
    for (let row = order >>> 2; row < (order >>> 2) + N * rows; row += N)
      for (let column = 0; column < columns; column++, at += N)
        for (let lane = 0; lane < N; lane++)
          bits[at + lane] = bits[from + bits[row + lane] * columns + column];
  },

  forward(x, w, y, rows, inputs, units, xStride, yStride) {
    const biases = (w >>> 2) + N * inputs * units;
    const stride = N * units;
    for (let row = 0; row < rows; row++) {
      const own = (x >>> 2) + row * N * xStride;
      let at = (y >>> 2) + row * N * yStride;
      for (let unit = 0; unit < units; unit++, at += N) {
        const bias = biases + N * unit;
        let s0 = f[bias];
        let s1 = f[bias + 1];
        let s2 = f[bias + 2];
        let s3 = f[bias + 3];
        let from = own;
        let weight = (w >>> 2) + N * unit;
        for (let input = 0; input < inputs; input++, from += N, weight += stride) {
          s0 = fround(s0 + fround(f[from] * f[weight]));
          s1 = fround(s1 + fround(f[from + 1] * f[weight + 1]));
          s2 = fround(s2 + fround(f[from + 2] * f[weight + 2]));
          s3 = fround(s3 + fround(f[from + 3] * f[weight + 3]));
        }
        f[at] = s0;
        f[at + 1] = s1;
        f[at + 2] = s2;
        f[at + 3] = s3;
      }
    }
  },

  backwardWeights(x, dy, dw, rows, inputs, units, xStride, yStride) {
    let at = dw >>> 2;
    for (let input = 0; input < inputs; input++) {
      for (let unit = 0; unit < units; unit++, at += N) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let from = (x >>> 2) + N * input;
        let slope = (dy >>> 2) + N * unit;
        for (let row = 0; row < rows; row++, from += N * xStride, slope += N * yStride) {
          s0 = fround(s0 + fround(f[from] * f[slope]));
          s1 = fround(s1 + fround(f[from + 1] * f[slope + 1]));
          s2 = fround(s2 + fround(f[from + 2] * f[slope + 2]));
          s3 = fround(s3 + fround(f[from + 3] * f[slope + 3]));
        }
        f[at] = s0;
        f[at + 1] = s1;
        f[at + 2] = s2;
        f[at + 3] = s3;
      }
    }
    for (let i = 0; i < N * units; i++, at++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum = fround(sum + f[(dy >>> 2) + row * N * yStride + i]);
      f[at] = sum;
    }
  },

  backwardInputs(dy, w, dx, rows, inputs, units, xStride, yStride) {
    for (let row = 0; row < rows; row++) {
      const own = (dy >>> 2) + row * N * yStride;
      let at = (dx >>> 2) + row * N * xStride;
      for (let input = 0; input < inputs; input++, at += N) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let from = own;
        let weight = (w >>> 2) + N * input * units;
        for (let unit = 0; unit < units; unit++, from += N, weight += N) {
          s0 = fround(s0 + fround(f[from] * f[weight]));
          s1 = fround(s1 + fround(f[from + 1] * f[weight + 1]));
          s2 = fround(s2 + fround(f[from + 2] * f[weight + 2]));
          s3 = fround(s3 + fround(f[from + 3] * f[weight + 3]));
        }
        f[at] = fround(f[at] * s0);
        f[at + 1] = fround(f[at + 1] * s1);
        f[at + 2] = fround(f[at + 2] * s2);
        f[at + 3] = fround(f[at + 3] * s3);
      }
    }
  },
});
