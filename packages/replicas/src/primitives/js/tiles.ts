// What is done to tiles as a whole, on JS.
import type { Primitives } from '../primitives.js';

const { fround } = Math;

type Tiles = Pick<Primitives, 'blend' | 'add' | 'notFinite' | 'largest'>;

export const tilesOn = (f: Float32Array, bits: Int32Array): Tiles => ({
  blend(to, from, mask, count) {
    for (let i = 0; i < 4 * count; i++)
      if (bits[(mask >>> 2) + (i & 3)] !== 0) bits[(to >>> 2) + i] = bits[(from >>> 2) + i];
  },

  add(to, from, count) {
    for (let i = 0; i < 4 * count; i++) f[(to >>> 2) + i] = fround(f[(to >>> 2) + i] + f[(from >>> 2) + i]);
  },

  notFinite(x, count) {
    let lanes = 0;
    // x − x is 0 for numbers, NaN for NaN and ±∞.
    for (let i = 0; i < 4 * count; i++) {
      const value = f[(x >>> 2) + i];
      if (value - value !== 0) lanes |= 1 << (i & 3);
    }
    return lanes;
  },

  largest(x, largest, rows, units, stride, signed) {
    for (let i = 0; i < 4 * units; i++) {
      let most = f[(largest >>> 2) + i];
      for (let row = 0; row < rows; row++) {
        const value = f[(x >>> 2) + row * 4 * stride + i];
        const own = signed ? value : Math.abs(value);
        if (most < own) most = own;
      }
      f[(largest >>> 2) + i] = most;
    }
  },
});
