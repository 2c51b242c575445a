import type { GradConfig, KernelFunc, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { GPU_BACKENDS } from '../gpu/program.js';
import { REPLACEMENTS as ON_GPU } from '../gpu/replacements.js';
import { activationGradient } from '../operations/elementwise.js';
import { hasOperations, inGradient } from '../operations/operation.js';
import { preluGradients } from '../operations/prelu.js';
import { allFloat32, broadcasts } from '../tfjs/infos.js';
import { replaceGradient, replaceKernel, restore } from '../tfjs/stock.js';
import { type Attributes, FUNCTIONS, type FunctionOf } from '../tfjs/stock-functions.js';
import { startRecycling, stopRecycling } from './recycle.js';
import { REPLACEMENTS as ON_CPU_AND_WASM } from './replacements.js';

let warned = false;

function sayOnce(error: unknown): void {
  if (!warned)
    tfc.backend_util.warn(`@rectify/tfjs-layer: a fast kernel failed, tfjs's own serves instead (${error})`);
  warned = true;
}

/** A fast kernel that gives way to the stock one, for good, when it fails. */
const guarded =
  (fast: KernelFunc, stock: KernelFunc): KernelFunc =>
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

/** Whether a gradient of ours serves: not on another backend, and not for the gradient of a gradient, which only tfjs's has. */
const serves = (...tensors: Tensor[]) => hasOperations() && !inGradient() && allFloat32(...tensors);

/** The gradient of a stock kernel of one input in one kernel, from the input. `stockOf` gives what tfjs saves, from the input. */
const gradientBy =
  (functionOf: FunctionOf, savedOf: (x: Tensor) => Tensor = (x) => x) =>
  (stock: GradConfig): GradConfig => ({
    kernelName: stock.kernelName,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({
      x: () =>
        serves(x, dy as Tensor)
          ? activationGradient(functionOf(attrs as Attributes), x, dy as Tensor)
          : stock.gradFunc(dy, [savedOf(x)], attrs).x(),
    }),
  });

const fastPreluGradient = (stock: GradConfig): GradConfig => ({
  ...stock,
  gradFunc: (dy, saved, attrs) => {
    const [x, alpha] = saved as [Tensor, Tensor];
    const ours = serves(x, alpha, dy as Tensor) && broadcasts(x, alpha);
    return ours ? preluGradients(dy, saved, attrs) : stock.gradFunc(dy, saved, attrs);
  },
});

const GRADIENTS: Record<string, (stock: GradConfig) => GradConfig> = {
  LeakyRelu: gradientBy(FUNCTIONS.LeakyRelu),
  Relu: gradientBy(FUNCTIONS.Relu),
  Relu6: gradientBy(FUNCTIONS.Relu6),
  Selu: gradientBy(FUNCTIONS.Selu),
  Softplus: gradientBy(FUNCTIONS.Softplus),
  // tfjs saves the output, from which the derivative cannot be told exactly, and has no kernel for it on `wasm`.
  Elu: gradientBy(FUNCTIONS.Elu, tfc.elu),
  Prelu: fastPreluGradient,
};

/** What is replaced, by backend. */
const REPLACED = {
  ...ON_CPU_AND_WASM,
  ...Object.fromEntries(GPU_BACKENDS.map((backendName) => [backendName, ON_GPU])),
};

/**
 * Puts faster kernels in the place of tfjs's, under unchanged code, on the backends that are loaded.
 *
 * On `cpu` and `wasm`:
 * - LeakyRelu, Prelu, Elu, Selu, Relu6, Softplus and Tanh, and on `cpu` Relu and Sigmoid, by core's kernels on the backend's own memory;
 * - matrix products: on `wasm` the transposed and batched ones of a backward pass by XNNPACK, on `cpu` all; fused ones on both;
 * - on `wasm`, clones (so the tensors kept for a gradient) without a copy;
 * - on `cpu`, the arrays of freed tensors that only these kernels have seen are used again (at most 128 MiB are kept).
 *
 * On `webgl` and `webgpu`: LeakyRelu, Prelu, Elu, Selu, Relu, Relu6, Softplus and what is fused with a product, right at ±∞ and NaN.
 *
 * On all four the gradients of LeakyRelu, Prelu, Elu, Selu, Relu, Relu6 and Softplus are one kernel each.
 *
 * The results are those of `@rectify/core`: for a slope that is not 0, Leaky ReLU's are tfjs's bit for bit on `wasm`, and on `cpu` where the slope is a
 * float32 (tfjs's `cpu` alone multiplies by a float64 slope); the derivative of Relu6 at 6 is 0. A kernel that fails gives way to the
 * stock one, and the console says so once. Calling it again changes nothing; {@link useStockKernels} undoes it.
 *
 * @returns What was replaced: `['cpu LeakyRelu', …]`; empty when none of these backends is loaded.
 * @throws Error when no backend at all is loaded.
 */
export function useFastKernels(): string[] {
  if (Object.keys(tfc.engine().registryFactory).length === 0)
    throw new Error(
      "TensorFlow.js has no backend yet: import '@tensorflow/tfjs', or a backend as '@tensorflow/tfjs-backend-wasm', before useFastKernels()",
    );
  useStockKernels();
  warned = false;
  const replaced = Object.entries(REPLACED).flatMap(([backendName, kernels]) =>
    Object.entries(kernels)
      .filter(([kernelName, make]) =>
        replaceKernel(kernelName, backendName, (stock) => guarded(make(stock), stock)),
      )
      .map(([kernelName]) => `${backendName} ${kernelName}`),
  );
  startRecycling();
  if (replaced.length > 0)
    for (const [kernelName, make] of Object.entries(GRADIENTS)) replaceGradient(kernelName, make);
  return replaced;
}

/** Puts tfjs's own kernels and gradients back. */
export function useStockKernels(): void {
  restore(Object.keys(REPLACED), Object.keys(GRADIENTS));
  stopRecycling();
}
