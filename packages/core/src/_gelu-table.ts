// The tables of GELU's float32 kernels. On either side of 0, f and f′ are simple in what they have of a = |x|:
//
//     f(x) = max(x, 0) + g(a),   f′(x) = w(a) for x < 0, else 1 − w(a),   where g(a) = f(−a) = −a·Φ(−a) and w(a) = f′(−a)
//
// and a row is the cubic c₀ + c₁t + c₂t² + c₃t³ of one of them, t = a − row/PER_UNIT. A table of Φ would be worse by the rounding of
// its product with x.
import type { KernelExports } from './_webassembly.js';

/** With half as many rows the far tail is 10 ulp off, with these at most 2 over all of float32. */
export const PER_UNIT = 128;
/** From it on g and w round to 0. */
export const HIGHEST = 14.625;
/** Four float32. */
export const ROW_BYTES = 16;

const ROWS = HIGHEST * PER_UNIT + 1;
/** The rows of g start at address 0, those of w here. */
export const DERIVATIVE_AT = ROWS * ROW_BYTES;

const DENSITY_AT_0 = 0.3989422804014327; // 1/√(2π)

/** ±NEAR and ±FAR are Chebyshev's nodes for a cubic: what it leaves out is spread over its stretch. */
const NEAR = 0.3826834323650898 / (2 * PER_UNIT);
const FAR = 0.9238795325112867 / (2 * PER_UNIT);
const NODES = [-FAR, -NEAR, NEAR, FAR];

/** Row by row the cubic through four values: its even part goes through their means, its odd part through half of their differences. */
function setCubics(rows: Float32Array, values: Float64Array): void {
  for (let i = 0; i < rows.length; i += 4) {
    const even = (values[i + 1] + values[i + 2]) / 2;
    const odd = (values[i + 2] - values[i + 1]) / (2 * NEAR);
    const c2 = ((values[i] + values[i + 3]) / 2 - even) / (FAR ** 2 - NEAR ** 2);
    const c3 = ((values[i + 3] - values[i]) / (2 * FAR) - odd) / (FAR ** 2 - NEAR ** 2);
    rows[i] = even - c2 * NEAR ** 2;
    rows[i + 1] = odd - c3 * NEAR ** 2;
    rows[i + 2] = c2;
    rows[i + 3] = c3;
  }
}

/** Writes the rows, from what the float64 kernels make at the nodes, so that they have the same bits in every engine. */
export function fillGeluTable(buffer: ArrayBufferLike, { f8, b8 }: KernelExports): void {
  const count = 4 * ROWS;
  const g = new Float64Array(count);
  const w = new Float64Array(count);
  // The kernels work where the rows will be, on as much as there is room for.
  const most = 2048;
  for (let start = 0; start < count; start += most) {
    const length = Math.min(most, count - start);
    const [x, dy, y] = [0, 1, 2].map((i) => new Float64Array(buffer, 8 * most * i, length));
    for (let i = 0; i < length; i++) x[i] = -(((start + i) >> 2) / PER_UNIT + NODES[i & 3]);
    f8(x.byteOffset, y.byteOffset, length);
    g.set(y, start);
    b8(x.byteOffset, dy.fill(1).byteOffset, y.byteOffset, length);
    w.set(y, start);
  }
  const rows = (at: number): Float32Array => new Float32Array(buffer, at, count);
  setCubics(rows(0), g);
  setCubics(rows(DERIVATIVE_AT), w);
  rows(DERIVATIVE_AT).fill(0, count - 4); // not −0
  rows(0).set([-0, -1 / 2, DENSITY_AT_0, 0]); // a·(−1/2 + φ(0)·a), without a constant: −0, so that f(−0) is −0
}
