import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { WasmBackend } from './_memory.js';

/** Below so many multiplications a product is left to the scalar loop: see the measurement in bench/. */
const WORTH_IT = 20_000;

/**
 * tfjs's `wasm` backend hands only a plain product of two matrices to XNNPACK; one that is transposed, as both of a backward pass
 * are, goes to a scalar loop. Here the factors are transposed first, into fresh tensors (XNNPACK keeps packed weights by tensor).
 */
export const plainMatMul =
  (stock: KernelFunc): KernelFunc =>
  (args) => {
    const { a, b } = args.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = args.attrs as { transposeA: boolean; transposeB: boolean };
    const backend = args.backend as WasmBackend;
    const [n, m] = [a.shape.at(-2) as number, a.shape.at(-1) as number];
    const columns = b.shape.at(transposeB ? -2 : -1) as number;
    const matrices = [a, b].every(({ shape }) => shape.slice(0, -2).every((size) => size === 1));
    if (!(transposeA || transposeB) || !matrices || n * m * columns < WORTH_IT) return stock(args);
    const fresh: TensorInfo[] = [];
    const transposed = (x: TensorInfo): TensorInfo => {
      const axes = x.shape.map((_, i) => i);
      const perm = [...axes.slice(0, -2), axes.at(-1) as number, axes.at(-2) as number];
      const kernel = tfc.getKernel('Transpose', 'wasm');
      const result = kernel.kernelFunc({ inputs: { x }, backend, attrs: { perm } }) as TensorInfo;
      fresh.push(result);
      return result;
    };
    try {
      return stock({
        inputs: { a: transposeA ? transposed(a) : a, b: transposeB ? transposed(b) : b },
        backend,
        attrs: { transposeA: false, transposeB: false },
      });
    } finally {
      for (const { dataId } of fresh) backend.disposeData(dataId);
    }
  };
