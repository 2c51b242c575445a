import { selu } from '@rectify/core';
import type { GradConfig, KernelConfig, KernelFunc, NamedAttrMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { plainMatMul } from './_mat-mul.js';
import { FAST_BACKENDS, type FastBackend, onMemory } from './_memory.js';
import * as loops from './_rectifiers.js';

/** Names of kernels of our own, which only our gradients run. */
export const LEAKY_RELU_GRAD = 'RectifyLeakyReluGrad';
const SELU_GRAD = 'RectifySeluGrad';

type Make = (stock: KernelFunc) => KernelFunc;

/** What takes the place of a stock kernel, by backend. */
const REPLACED: Record<FastBackend, Record<string, Make>> = {
  cpu: { LeakyRelu: leakyRelu, Prelu: prelu, Selu: seluForward },
  wasm: { LeakyRelu: leakyRelu, Prelu: prelu, BatchMatMul: plainMatMul },
};

const floats = (...infos: TensorInfo[]) => infos.every(({ dtype }) => dtype === 'float32');
const fields = (args: Parameters<KernelFunc>[0]) => ({
  inputs: args.inputs as Record<string, TensorInfo>,
  attrs: (args.attrs ?? {}) as Record<string, number>,
});

function leakyRelu(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { inputs, attrs } = fields(args);
    const x = inputs.x as TensorInfo;
    if (!floats(x)) return stock(args);
    return onMemory(args.backend as tfc.KernelBackend, [x], x.shape, (out, [x]) =>
      loops.leakyRelu(out, x as Float32Array, slopeOf(args.backend, attrs.alpha as number)),
    );
  };
}

/** The wasm kernel takes the slope as float32, the cpu kernel as float64. */
const slopeOf = (backend: unknown, alpha: number) =>
  'typedArrayFromHeap' in (backend as object) ? Math.fround(alpha) : alpha;

function prelu(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, alpha } = fields(args).inputs as { x: TensorInfo; alpha: TensorInfo };
    // A row of slopes for the last axes, or one for all.
    const own = alpha.shape.slice(alpha.shape.findIndex((size) => size !== 1));
    const fits = own.every((size, i) => size === x.shape[x.shape.length - own.length + i]);
    if (!floats(x, alpha) || !fits || alpha.shape.length > x.shape.length) return stock(args);
    return onMemory(args.backend as tfc.KernelBackend, [x, alpha], x.shape, (out, [x, alpha]) =>
      loops.prelu(out, x as Float32Array, alpha as Float32Array),
    );
  };
}

function seluForward(stock: KernelFunc): KernelFunc {
  return (args) => {
    const x = fields(args).inputs.x as TensorInfo;
    if (!floats(x)) return stock(args);
    return onMemory(args.backend as tfc.KernelBackend, [x], x.shape, (out, [x]) => {
      selu().forward(x as Float32Array, out);
    });
  };
}

const leakyReluGrad: KernelFunc = (args) => {
  const { inputs, attrs } = fields(args);
  const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
  return onMemory(args.backend as tfc.KernelBackend, [x, dy], x.shape, (out, [x, dy]) =>
    loops.leakyReluGrad(out, x as Float32Array, dy as Float32Array, attrs.alpha as number),
  );
};

const seluGrad: KernelFunc = (args) => {
  const { x, dy } = fields(args).inputs as { x: TensorInfo; dy: TensorInfo };
  return onMemory(args.backend as tfc.KernelBackend, [x, dy], x.shape, (out, [x, dy]) => {
    selu().backward(x as Float32Array, dy as Float32Array, out);
  });
};

/** Runs one of our kernels where the backend has it and the tensors are float32; undefined otherwise. */
function runOurs(name: string, inputs: { x: Tensor; dy: Tensor }, attrs: NamedAttrMap = {}): Tensor | undefined {
  if (!tfc.getKernel(name, tfc.getBackend()) || !floats(inputs.x, inputs.dy)) return undefined;
  try {
    return tfc.engine().runKernel(name, { ...inputs }, attrs) as Tensor;
  } catch (error) {
    tfc.unregisterKernel(name, tfc.getBackend());
    sayOnce(error);
    return undefined;
  }
}

/** Gradients in one kernel; where it is not there, the stock gradient serves. */
const GRADIENTS: Record<string, (stock: GradConfig['gradFunc']) => GradConfig['gradFunc']> = {
  LeakyRelu: (stock) => (dy, saved, attrs) => ({
    ...stock(dy, saved, attrs),
    x: () =>
      runOurs(LEAKY_RELU_GRAD, { x: saved[0] as Tensor, dy: dy as Tensor }, attrs) ??
      (stock(dy, saved, attrs).x as () => Tensor)(),
  }),
  Selu: (stock) => (dy, saved, attrs) => ({
    x: () =>
      runOurs(SELU_GRAD, { x: saved[0] as Tensor, dy: dy as Tensor }) ??
      (stock(dy, saved, attrs).x as () => Tensor)(),
  }),
};

/** What was there before, for useStockKernels. */
const stockKernels: KernelConfig[] = [];
const stockGradients: GradConfig[] = [];
let warned = false;

function sayOnce(error: unknown): void {
  if (!warned)
    tfc.backend_util.warn(`@rectify/tfjs-layer: a fast kernel failed, tfjs's own serves instead (${error})`);
  warned = true;
}

/** A fast kernel that gives way to the stock one, for good, when it fails. */
const guarded =
  (stock: KernelFunc, fast: KernelFunc): KernelFunc =>
  (args) => {
    if (broken.has(fast)) return stock(args);
    try {
      return fast(args);
    } catch (error) {
      // What the stock kernel refuses as well is the caller's error, not ours.
      const result = stock(args);
      broken.add(fast);
      sayOnce(error);
      return result;
    }
  };
const broken = new WeakSet<KernelFunc>();

/**
 * Puts faster kernels in the place of tfjs's, under unchanged code, on the `cpu` and `wasm` backends that are loaded: LeakyRelu and
 * Prelu in one pass without a branch, and Selu on `cpu`; the gradients of LeakyRelu and Selu as one kernel; and on `wasm` the
 * transposed products of a backward pass by XNNPACK.
 *
 * The rectifiers equal tfjs's bit for bit, Selu equals `@rectify/core`. A kernel that fails is replaced by the stock one, and the
 * console says so once. Calling it again changes nothing; {@link useStockKernels} undoes it.
 *
 * @returns What was replaced: `['cpu LeakyRelu', …]`; empty when neither backend is loaded.
 */
export function useFastKernels(): string[] {
  useStockKernels();
  warned = false;
  const replaced: string[] = [];
  for (const backendName of FAST_BACKENDS) {
    for (const [kernelName, make] of Object.entries(REPLACED[backendName])) {
      const stock = tfc.getKernel(kernelName, backendName);
      if (!stock) continue;
      stockKernels.push(stock);
      tfc.unregisterKernel(kernelName, backendName);
      tfc.registerKernel({ ...stock, kernelFunc: guarded(stock.kernelFunc, make(stock.kernelFunc)) });
      replaced.push(`${backendName} ${kernelName}`);
    }
    if (!replaced.includes(`${backendName} LeakyRelu`)) continue;
    tfc.registerKernel({ kernelName: LEAKY_RELU_GRAD, backendName, kernelFunc: leakyReluGrad });
    if (backendName === 'cpu') tfc.registerKernel({ kernelName: SELU_GRAD, backendName, kernelFunc: seluGrad });
  }
  for (const [kernelName, make] of Object.entries(GRADIENTS)) {
    const stock = tfc.getGradient(kernelName);
    if (!stock) continue;
    stockGradients.push(stock);
    tfc.unregisterGradient(kernelName);
    tfc.registerGradient({ ...stock, gradFunc: make(stock.gradFunc) });
  }
  return replaced;
}

/** Puts tfjs's own kernels and gradients back. */
export function useStockKernels(): void {
  for (const stock of stockKernels.splice(0)) {
    tfc.unregisterKernel(stock.kernelName, stock.backendName);
    tfc.registerKernel(stock);
  }
  for (const backendName of FAST_BACKENDS)
    for (const name of [LEAKY_RELU_GRAD, SELU_GRAD])
      if (tfc.getKernel(name, backendName)) tfc.unregisterKernel(name, backendName);
  for (const stock of stockGradients.splice(0)) {
    tfc.unregisterGradient(stock.kernelName);
    tfc.registerGradient(stock);
  }
}
