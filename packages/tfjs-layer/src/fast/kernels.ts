import { type Activation, elu, leakyRelu, selu } from '@rectify/core';
import type {
  GradConfig,
  KernelBackend,
  KernelConfig,
  KernelFunc,
  NamedAttrMap,
  Tensor,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { GPU_BACKENDS } from '../gpu/_program.js';
import { activationGradient, hasOperations, preluGradients } from '../gpu/operations.js';
import { broadcasts, FUNCTIONS, REPLACEMENTS } from '../gpu/replacements.js';
import { plainMatMul } from './_mat-mul.js';
import { backward, FAST_BACKENDS, type FastBackend, forward } from './_memory.js';
import { replaceKernel, restoreAll } from './_stock.js';

/** Names of kernels of our own, which only our gradients run. */
const LEAKY_RELU_GRAD = 'RectifyLeakyReluGrad';
const SELU_GRAD = 'RectifySeluGrad';

type Make = (stock: KernelFunc) => KernelFunc;
/** The function that a kernel computes, from its attributes. */
type FunctionOf = (attrs: Record<string, number>) => Activation;

/** The last Leaky ReLU: making one costs as much as running it on a short tensor. */
let last = leakyRelu();
function leakyOf({ alpha }: Record<string, number>): Activation {
  if (last.params.negativeSlope !== alpha) last = leakyRelu({ negativeSlope: alpha });
  return last;
}
const [theElu, theSelu] = [elu(), selu()];

/** What takes the place of a stock kernel, by backend. */
const REPLACED: Record<FastBackend, Record<string, Make>> = {
  cpu: { LeakyRelu: by(leakyOf), Elu: by(() => theElu), Selu: by(() => theSelu) },
  wasm: { LeakyRelu: by(leakyOf), Selu: by(() => theSelu), BatchMatMul: plainMatMul, Identity: share },
};

const floats = (...infos: TensorInfo[]) => infos.every(({ dtype }) => dtype === 'float32');

/** On `wasm`, below so many elements the call costs more than the loop, and tfjs's call costs less. */
const SHORT = 4096;

/** A stock kernel of one input, by a function of core. */
function by(functionOf: FunctionOf): Make {
  return (stock) => (args) => {
    const inputs = args.inputs as { x: TensorInfo };
    if (
      !floats(inputs.x) ||
      (args.backend === tfc.findBackend('wasm') && tfc.util.sizeFromShape(inputs.x.shape) < SHORT)
    )
      return stock(args);
    const f = functionOf((args.attrs ?? {}) as Record<string, number>);
    return forward(args.backend as KernelBackend, f, inputs.x);
  };
}

/** The same data under another tensor, as every other backend does; the `wasm` one copies at each clone, so at each gradient. */
function share(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    if (x.dtype === 'string') return stock(args);
    (args.backend as KernelBackend).incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  };
}

const gradientOf =
  (functionOf: FunctionOf): KernelFunc =>
  (args) => {
    const inputs = args.inputs as { x: TensorInfo; dy: TensorInfo };
    const f = functionOf((args.attrs ?? {}) as Record<string, number>);
    return backward(args.backend as KernelBackend, f, inputs.x, inputs.dy);
  };

/** Runs one of our kernels where the backend has it and the tensors are float32; undefined otherwise. */
function runOurs(
  name: string,
  inputs: { x: Tensor; dy: Tensor },
  attrs: NamedAttrMap = {},
): Tensor | undefined {
  if (!tfc.getKernel(name, tfc.getBackend()) || !floats(inputs.x, inputs.dy)) return undefined;
  try {
    return tfc.engine().runKernel(name, { ...inputs }, attrs);
  } catch (error) {
    tfc.unregisterKernel(name, tfc.getBackend());
    sayOnce(error);
    return undefined;
  }
}

/** Gradients in one kernel; where it is not there, the stock gradient serves. That computes as soon as it is called, so it comes last. */
const GRADIENTS: Record<string, (stock: GradConfig['gradFunc']) => GradConfig['gradFunc']> = {
  LeakyRelu: (stock) => (dy, saved, attrs) => ({
    x: () =>
      runOurs(LEAKY_RELU_GRAD, { x: saved[0], dy: dy as Tensor }, attrs) ?? stock(dy, saved, attrs).x(),
  }),
  Selu: (stock) => (dy, saved, attrs) => ({
    x: () => runOurs(SELU_GRAD, { x: saved[0], dy: dy as Tensor }) ?? stock(dy, saved, attrs).x(),
  }),
};

/** Gradients that only the GPU has in one kernel. */
for (const name of ['Elu', 'Prelu', 'Relu', 'Relu6', 'Softplus']) GRADIENTS[name] = (stock) => stock;

/** A gradient in one kernel on `webgl` and `webgpu`, but for the gradient of a gradient, which only tfjs's has; elsewhere the given one. */
function onGpu(other: GradConfig): GradConfig {
  const { kernelName } = other;
  const serves = (...tensors: Tensor[]) =>
    hasOperations() && tfc.engine().state.gradientDepth === 0 && floats(...tensors);
  if (kernelName === 'Prelu')
    return {
      ...other,
      gradFunc: (dy, saved, attrs) => {
        const [x, alpha] = saved;
        const ours = serves(x, alpha, dy as Tensor) && broadcasts(x, alpha);
        return (ours ? preluGradients : other.gradFunc)(dy, saved, attrs);
      },
    };
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () =>
        serves(x, dy as Tensor)
          ? activationGradient(FUNCTIONS[kernelName](attrs as Record<string, number>), x, dy as Tensor)
          : // tfjs saves the output of Elu, all else its input.
            other.gradFunc(dy, [kernelName === 'Elu' ? tfc.elu(x) : x], attrs).x(),
    }),
  };
}

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
 * Puts faster kernels in the place of tfjs's, under unchanged code, on the backends that are loaded. On `cpu` and `wasm`: LeakyRelu and
 * Selu, and Elu on `cpu`, by core's kernels on the backend's own memory; the gradients of LeakyRelu and Selu as one kernel each;
 * and on `wasm` the transposed products of a backward pass by XNNPACK,
 * and clones (so the tensors kept for a gradient) without a copy. On `webgl` and `webgpu` LeakyRelu, Prelu, Elu, Selu, Relu, Relu6,
 * Softplus, Sigmoid and the fused product, which tfjs gets wrong at ∞, NaN or a small x, and the gradients of the first seven.
 *
 * The results are those of `@rectify/core`: on `wasm` Leaky ReLU's are tfjs's bit for bit, on `cpu` they are where the slope is a
 * float32 (tfjs's `cpu` alone multiplies by a float64 slope). A kernel that fails gives way to the stock one, and the console says
 * so once. Calling it again changes nothing; {@link useStockKernels} undoes it.
 *
 * @returns What was replaced: `['cpu LeakyRelu', …]`; empty when none of these backends is loaded.
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
    tfc.registerKernel({ kernelName: LEAKY_RELU_GRAD, backendName, kernelFunc: gradientOf(leakyOf) });
    tfc.registerKernel({ kernelName: SELU_GRAD, backendName, kernelFunc: gradientOf(() => theSelu) });
  }
  for (const backendName of GPU_BACKENDS)
    for (const [kernelName, make] of Object.entries(REPLACEMENTS))
      if (replaceKernel(kernelName, backendName, (stock) => guarded(stock, make(stock))))
        replaced.push(`${backendName} ${kernelName}`);
  for (const [kernelName, make] of Object.entries(GRADIENTS)) {
    const stock = tfc.getGradient(kernelName);
    if (!stock) continue;
    stockGradients.push(stock);
    tfc.unregisterGradient(kernelName);
    tfc.registerGradient(onGpu({ ...stock, gradFunc: make(stock.gradFunc) }));
  }
  return replaced;
}

/** Puts tfjs's own kernels and gradients back. */
export function useStockKernels(): void {
  restoreAll();
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
