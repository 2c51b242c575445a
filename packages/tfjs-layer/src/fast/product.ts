// Matrix products on the `cpu` and `wasm` backends.
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { stockKernel } from '../tfjs/stock.js';
import { isWasm, values, type WasmBackend, withPart, written } from './memory.js';

interface Sizes {
  /** Rows of the product. */
  rows: number;
  /** What is summed over. */
  inner: number;
  /** Columns of the product. */
  columns: number;
}

/** Below so many multiplications a product on `wasm` is left to tfjs's scalar loop: measured, they take about 20 µs either way. */
const WORTH_IT = 20_000;

/** [rows, columns] → [columns, rows] */
function transposed(x: Float32Array, rows: number, columns: number): Float32Array {
  const y = new Float32Array(x.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) y[j * rows + i] = x[i * columns + j];
  return y;
}

/**
 * out = a · bᵀ + bias for a `[rows, inner]` and b `[columns, inner]`, each sum in float64, in the order of the inner index.
 *
 * Four rows and two columns at a time: eight sums in registers, and each value that is read is used for two or four of them (measured:
 * 0.5 ns a product, tfjs's loop 6 ns).
 */
function rowsByRows(
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  { rows, inner, columns }: Sizes,
): void {
  const wholeRows = rows - (rows % 4);
  const wholeColumns = columns - (columns % 2);
  for (let j = 0; j < wholeColumns; j += 2) {
    const b0 = j * inner;
    const b1 = b0 + inner;
    const bias0 = bias ? bias[j] : 0;
    const bias1 = bias ? bias[j + 1] : 0;
    for (let i = 0; i < wholeRows; i += 4) {
      const a0 = i * inner;
      const a1 = a0 + inner;
      const a2 = a1 + inner;
      const a3 = a2 + inner;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let k = 0; k < inner; k++) {
        const v0 = b[b0 + k];
        const v1 = b[b1 + k];
        const u0 = a[a0 + k];
        const u1 = a[a1 + k];
        const u2 = a[a2 + k];
        const u3 = a[a3 + k];
        s00 += u0 * v0;
        s01 += u0 * v1;
        s10 += u1 * v0;
        s11 += u1 * v1;
        s20 += u2 * v0;
        s21 += u2 * v1;
        s30 += u3 * v0;
        s31 += u3 * v1;
      }
      const at = i * columns + j;
      out[at] = s00 + bias0;
      out[at + 1] = s01 + bias1;
      out[at + columns] = s10 + bias0;
      out[at + columns + 1] = s11 + bias1;
      out[at + 2 * columns] = s20 + bias0;
      out[at + 2 * columns + 1] = s21 + bias1;
      out[at + 3 * columns] = s30 + bias0;
      out[at + 3 * columns + 1] = s31 + bias1;
    }
  }
  const one = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[j * inner + k];
    out[i * columns + j] = sum + (bias ? bias[j] : 0);
  };
  for (let i = wholeRows; i < rows; i++) for (let j = 0; j < columns; j++) one(i, j);
  for (let i = 0; i < wholeRows; i++) for (let j = wholeColumns; j < columns; j++) one(i, j);
}

/** How a product of two tensors is made of matrices, one for each index of the leading axes. */
interface Layout extends Sizes {
  shape: number[];
  /** For each product, which matrix of a and which of b it is of. */
  batch: (readonly [ofA: number, ofB: number])[];
}

/** For each index of the whole shape, which part of one that broadcasts to it. */
function partsOf(whole: number[], part: number[]): number[] {
  const own = [...Array<number>(whole.length - part.length).fill(1), ...part];
  return own.reduce(
    (parts, size, axis) =>
      parts.flatMap((at) => Array.from({ length: whole[axis] }, (_, i) => at * size + (size === 1 ? 0 : i))),
    [0],
  );
}

function layoutOf(a: TensorInfo, b: TensorInfo, transposeA: boolean, transposeB: boolean): Layout {
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [leadingA, leadingB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [rows, inner] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [innerB, columns] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (inner !== innerB || a.shape.length < 2 || b.shape.length < 2)
    throw new RangeError(
      `a matrix product must have as many columns left as rows right, got shapes [${a.shape}] and [${b.shape}], transposeA=${transposeA} and transposeB=${transposeB}`,
    );
  const leading = tfc.broadcast_util.assertAndGetBroadcastShape(leadingA, leadingB);
  const ofB = partsOf(leading, leadingB);
  const batch = partsOf(leading, leadingA).map((ofA, i) => [ofA, ofB[i]] as const);
  return { rows, inner, columns, shape: [...leading, rows, columns], batch };
}

/** A product of matrices, or of as many as the leading axes say, on the `cpu` backend. */
function onCpu(
  backend: KernelBackend,
  { a, b, bias }: Factors,
  [transposeA, transposeB]: [boolean, boolean],
): TensorInfo {
  const layout = layoutOf(a, b, transposeA, transposeB);
  const { rows, inner, columns, shape, batch } = layout;
  const [x, y] = [values(backend, a), values(backend, b)];
  const added = bias && values(backend, bias);
  const part = (array: Float32Array, i: number, size: number) => array.subarray(i * size, (i + 1) * size);
  return written(backend, shape, (out) => {
    for (const [i, [ofA, ofB]] of batch.entries()) {
      const left = part(x, ofA, rows * inner);
      const right = part(y, ofB, inner * columns);
      rowsByRows(
        transposeA ? transposed(left, inner, rows) : left,
        transposeB ? right : transposed(right, inner, columns),
        added,
        part(values(backend, out), i, rows * columns),
        layout,
      );
    }
  });
}

function addToRows(x: Float32Array, bias: Float32Array): void {
  for (let at = 0; at < x.length; at += bias.length)
    for (let j = 0; j < bias.length; j++) x[at + j] = x[at + j] + bias[j];
}

const zeros = (backend: KernelBackend, shape: number[]): TensorInfo =>
  written(backend, shape, (out) => void values(backend, out).fill(0));

const scalarLoop = (backend: WasmBackend, inputs: Factors, [transposeA, transposeB]: [boolean, boolean]) =>
  stockKernel(
    'BatchMatMul',
    'wasm',
  )({
    inputs: { ...inputs },
    backend,
    attrs: { transposeA, transposeB },
  }) as TensorInfo;

/** [1, rows, columns], as the fused kernel wants it. */
const asBatch = (x: TensorInfo): TensorInfo => ({ ...x, shape: [1, ...x.shape.slice(-2)] });

/**
 * tfjs hands only a plain product of two matrices to XNNPACK; all others, so every product of a backward pass, go to a scalar loop.
 * Here the factors are transposed first, into fresh tensors (XNNPACK keeps packed weights by tensor), and a batch is done matrix
 * by matrix.
 */
function onWasm(
  backend: WasmBackend,
  { a, b, bias }: Factors,
  [transposeA, transposeB]: [boolean, boolean],
): TensorInfo {
  const { rows, inner, columns, shape, batch } = layoutOf(a, b, transposeA, transposeB);
  const plain = batch.length === 1 && !transposeA && !transposeB;
  const work = rows * inner * columns; // of each product
  const isNothing = work === 0 || batch.length === 0; // on which tfjs's kernels trap
  // tfjs takes the matrices of the shorter batch in turn, which is not what broadcasting on more than one axis means.
  const inTurn = batch.every(([ofA, ofB], i) => [ofA, ofB].every((at) => at === i || at === 0));
  if (isNothing || (work < WORTH_IT && !plain && inTurn)) {
    const out = isNothing ? zeros(backend, shape) : scalarLoop(backend, { a, b }, [transposeA, transposeB]);
    if (bias) addToRows(values(backend, out), values(backend, bias));
    return out;
  }
  const fused = stockKernel('_FusedMatMul', 'wasm');
  // It asks for the shape that a bias was made with, whatever it was reshaped to since.
  const takesBias = bias && backend.dataIdMap.get(bias.dataId).shape.length === 1;
  const xnnpack = (a: TensorInfo, b: TensorInfo): TensorInfo => {
    const out = fused({
      inputs: { a: asBatch(a), b: asBatch(b), ...(takesBias && { bias }) },
      backend,
      attrs: { transposeA: false, transposeB: false, activation: 'linear', leakyreluAlpha: 0 },
    }) as TensorInfo;
    if (bias && !takesBias) addToRows(values(backend, out), values(backend, bias));
    return out;
  };
  const fresh: TensorInfo[] = [];
  const turned = (x: TensorInfo): TensorInfo => {
    const rank = x.shape.length;
    const perm = [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2);
    const result = stockKernel(
      'Transpose',
      'wasm',
    )({ inputs: { x }, backend, attrs: { perm } }) as TensorInfo;
    fresh.push(result);
    return result;
  };
  try {
    const left = transposeA ? turned(a) : a;
    const right = transposeB ? turned(b) : b;
    if (batch.length === 1) return { ...xnnpack(left, right), shape };
    return written(backend, shape, (out) => {
      for (const [i, [ofA, ofB]] of batch.entries()) {
        const one = withPart(backend, left, ofA * rows * inner, [rows, inner], (a) =>
          withPart(backend, right, ofB * inner * columns, [inner, columns], (b) => xnnpack(a, b)),
        );
        values(backend, out).set(values(backend, one), i * rows * columns);
        backend.disposeData(one.dataId);
      }
    });
  } finally {
    for (const { dataId } of fresh) backend.disposeData(dataId);
  }
}

export interface Factors {
  a: TensorInfo;
  b: TensorInfo;
  /** `[columns]`, added to every row. */
  bias?: TensorInfo | undefined;
}

/** a · b, either transposed first or not, plus a bias; the leading axes are broadcast, as in tfjs's kernel. */
export const product = (
  backend: KernelBackend,
  factors: Factors,
  transpose: [boolean, boolean],
): TensorInfo => (isWasm(backend) ? onWasm(backend, factors, transpose) : onCpu(backend, factors, transpose));

/** The sum of each column, in float64: the gradient of a bias. */
export function columnSums(backend: KernelBackend, x: TensorInfo): TensorInfo {
  const columns = x.shape.at(-1) as number;
  const sums = new Float64Array(columns);
  const from = values(backend, x);
  for (let at = 0; at < from.length; at += columns)
    for (let j = 0; j < columns; j++) sums[j] = sums[j] + from[at + j];
  return written(backend, [columns], (out) => values(backend, out).set(sums));
}
