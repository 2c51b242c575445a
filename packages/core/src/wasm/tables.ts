// The tables of cubics that some float32 kernels look up. On either side of 0, what they compute is simple in what it has of a = |x|:
//
//     gelu    f(x) = max(x, 0) + g(a), where g(a) = f(−a)
//     gelu, silu       f′(x) = w(a) for x < 0, else 1 − w(a), where w(a) = f′(−a)
//     sigmoid, tanh    f′(x) = w(a)
//
// and a row is the cubic c₀ + c₁t + c₂t² + c₃t³ of such a g or w, t = a − row/perUnit. GELU could have a table of Φ, but would be worse by
// the rounding of its product with x.
import type { KernelExports } from './webassembly.js';

export interface Table {
  /** The address of its first row. */
  at: number;
  /** Rows for a unit of a. A cubic leaves out less than a last place then; with half as many rows GELU is 10 of them off. */
  perUnit: number;
  /** From here on it is 0. */
  highest: number;
}

/** Four float32. */
export const ROW_BYTES = 16;

const rowsOf = ({ perUnit, highest }: Table): number => highest * perUnit + 1;
/** The address behind its last row. */
const after = (table: Table): number => table.at + ROW_BYTES * rowsOf(table);

export const GELU: Table = { at: 0, perUnit: 128, highest: 14.625 };
export const GELU_SLOPE: Table = { ...GELU, at: after(GELU) };
export const SILU_SLOPE: Table = { at: after(GELU_SLOPE), perUnit: 16, highest: 108.75 };
export const SIGMOID_SLOPE: Table = { at: after(SILU_SLOPE), perUnit: 16, highest: 104 };
export const TANH_SLOPE: Table = { at: after(SIGMOID_SLOPE), perUnit: 32, highest: 52.75 };
/** All of them lie below, and there is room for them: TABLE_BYTES of host.ts. */
export const END = after(TANH_SLOPE);

/** ±NEAR and ±FAR are Chebyshev's nodes for a cubic between ±1: what it leaves out is spread over its stretch. */
const NEAR = 0.3826834323650898;
const FAR = 0.9238795325112867;
const NODES = [-FAR, -NEAR, NEAR, FAR];

/**
 * Writes the rows, from what a float64 kernel makes at the nodes, so that they have the same bits in every engine. `kernel` takes the
 * addresses of x, dy and y and a length.
 */
function writeRows(
  buffer: ArrayBufferLike,
  table: Table,
  kernel: (x: number, dy: number, y: number, length: number) => void,
): void {
  const count = 4 * rowsOf(table);
  const half = 1 / (2 * table.perUnit);
  const rows = new Float32Array(count);
  // The kernel works where the rows will be.
  const most = 512;
  for (let start = 0; start < count; start += most) {
    const length = Math.min(most, count - start);
    const [x, dy, y] = [0, 1, 2].map((i) => new Float64Array(buffer, table.at + 8 * most * i, length));
    for (let i = 0; i < length; i++) x[i] = -(((start + i) >> 2) / table.perUnit + half * NODES[i & 3]);
    dy.fill(1);
    kernel(x.byteOffset, dy.byteOffset, y.byteOffset, length);
    // The cubic's even part goes through the means of two values each, its odd part through half of their differences.
    for (let i = 0; i < length; i += 4) {
      const even = (y[i + 1] + y[i + 2]) / 2;
      const odd = (y[i + 2] - y[i + 1]) / (2 * NEAR);
      const c2 = ((y[i] + y[i + 3]) / 2 - even) / (FAR ** 2 - NEAR ** 2);
      const c3 = ((y[i + 3] - y[i]) / (2 * FAR) - odd) / (FAR ** 2 - NEAR ** 2);
      rows.set(
        [even - c2 * NEAR ** 2, (odd - c3 * NEAR ** 2) / half, c2 / half ** 2, c3 / half ** 3],
        start + i,
      );
    }
  }
  rows.fill(0, count - 4);
  new Float32Array(buffer, table.at, count).set(rows);
}

/** Writes the table of f′, from f′(−a). */
export const fillSlope =
  (table: Table) =>
  (buffer: ArrayBufferLike, { b8 }: KernelExports): void =>
    writeRows(buffer, table, b8);

export function fillGelu(buffer: ArrayBufferLike, kernels: KernelExports): void {
  fillSlope(GELU_SLOPE)(buffer, kernels);
  writeRows(buffer, GELU, (x, _, y, length) => kernels.f8(x, y, length));
  // Near 0, a·(−1/2 + φ(0)·a) without a constant; −0, so that f(−0) is −0, and so is f(−∞).
  const rows = new Float32Array(buffer, GELU.at, 4 * rowsOf(GELU));
  rows.set([-0, -1 / 2, 0.3989422804014327, 0]);
  rows[rows.length - 4] = -0;
}
