import { type Activation, elu, leakyRelu, relu, relu6, selu, sigmoid, softplus, tanh } from '@rectify/core';
import type { GradConfig, KernelBackend, KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import {
  FAST_BACKENDS,
  type FastBackend,
  forward,
  isFast,
  isWasm,
  make,
  memoryKernels,
  sizeOf,
} from './_memory.js';
import { broadcasts, prelu } from './_prelu.js';
import { type Factors, product } from './_product.js';
import { replaceGradient, replaceKernel, restoreAll, stockKernel } from './_stock.js';
import { activationGradient, inGradient, preluGradients } from './operations.js';

type Make = (stock: KernelFunc) => KernelFunc;
type Attributes = Record<string, unknown>;
/** The function that a kernel computes, from its attributes. */
type FunctionOf = (attrs: Attributes) => Activation;

/** The last Leaky ReLU: making one costs as much as running it on a short tensor. */
let last = leakyRelu();
function leakyOf(alpha: number): Activation {
  if (last.params.negativeSlope !== alpha) last = leakyRelu({ negativeSlope: alpha });
  return last;
}
const [theElu, theRelu, theRelu6, theSelu] = [elu(), relu(), relu6(), selu()];
const [theSigmoid, theSoftplus, theTanh] = [sigmoid(), softplus(), tanh()];

/** Stock kernels of one input that are functions of core. */
const FUNCTIONS: Record<string, FunctionOf> = {
  LeakyRelu: ({ alpha }) => leakyOf(alpha as number),
  Elu: () => theElu,
  Relu: () => theRelu,
  Relu6: () => theRelu6,
  Selu: () => theSelu,
  Sigmoid: () => theSigmoid,
  Softplus: () => theSoftplus,
  Tanh: () => theTanh,
};

/** What tfjs calls the activations that it fuses with a product; PReLU has a tensor of slopes besides. */
const FUSED: Record<string, FunctionOf | null> = {
  linear: null,
  elu: () => theElu,
  leakyrelu: ({ leakyreluAlpha }) => leakyOf((leakyreluAlpha as number | undefined) ?? 0.2),
  prelu: null,
  relu: () => theRelu,
  relu6: () => theRelu6,
  sigmoid: () => theSigmoid,
};

/** What takes the place of a stock kernel, by backend; on `wasm` Relu, Relu6 and Sigmoid are XNNPACK's already. */
const REPLACED: Record<FastBackend, Record<string, Make>> = {
  cpu: {
    ...Object.fromEntries(Object.entries(FUNCTIONS).map(([name, functionOf]) => [name, by(functionOf)])),
    Prelu: fastPrelu,
    BatchMatMul: fastProduct,
    _FusedMatMul: fastFusedProduct,
  },
  wasm: {
    ...Object.fromEntries(
      ['LeakyRelu', 'Elu', 'Selu', 'Softplus', 'Tanh'].map((name) => [name, by(FUNCTIONS[name])]),
    ),
    Prelu: fastPrelu,
    BatchMatMul: fastProduct,
    _FusedMatMul: fastFusedProduct,
    Identity: share,
  },
};

const floats = (...infos: (TensorInfo | undefined)[]) =>
  infos.every((info) => info === undefined || info.dtype === 'float32');

/** Throws where the memory of the `wasm` backend is out of reach: there tfjs's kernels serve. */
function assertReach(backend: KernelBackend): void {
  const kernels = isWasm(backend) ? memoryKernels(backend) : undefined;
  if (kernels instanceof Error) throw kernels;
}

/** On `wasm`, below so many elements the call costs more than the loop, and tfjs's call costs less. */
const SHORT = 4096;

/** A stock kernel of one input, by a function of core. */
function by(functionOf: FunctionOf): Make {
  return (stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const backend = args.backend as KernelBackend;
    if (!floats(x) || (isWasm(backend) && sizeOf(x) < SHORT)) return stock(args);
    assertReach(backend);
    return forward(backend, functionOf((args.attrs ?? {}) as Attributes), x, make(backend, x.shape));
  };
}

function fastPrelu(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, alpha } = args.inputs as { x: TensorInfo; alpha: TensorInfo };
    if (!floats(x, alpha) || !broadcasts(x, alpha)) return stock(args);
    assertReach(args.backend as KernelBackend);
    return prelu(args.backend as KernelBackend, x, alpha);
  };
}

function fastProduct(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b } = args.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = args.attrs as { transposeA: boolean; transposeB: boolean };
    if (!floats(a, b)) return stock(args);
    return product(args.backend as KernelBackend, { a, b }, [transposeA, transposeB]);
  };
}

/** A product with a bias and an activation. */
function fastFusedProduct(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b, bias, preluActivationWeights: slopes } = args.inputs as Record<string, TensorInfo>;
    const attrs = args.attrs as Attributes;
    const name = (attrs.activation as string | null | undefined) ?? 'linear';
    if (!floats(a, b, bias, slopes) || !(name in FUSED)) return stock(args);
    const backend = args.backend as KernelBackend;
    assertReach(backend);
    const transpose: [boolean, boolean] = [attrs.transposeA === true, attrs.transposeB === true];
    const sum = productAndBias(backend, { a, b, bias }, transpose);
    if (name === 'prelu') return replaced(backend, sum, prelu(backend, sum, slopes));
    const functionOf = FUSED[name];
    return functionOf ? forward(backend, functionOf(attrs), sum, sum) : sum;
  };
}

/** A bias for each column joins the product; any other that broadcasts to it is added after. */
function productAndBias(
  backend: KernelBackend,
  { a, b, bias }: Factors,
  transpose: [boolean, boolean],
): TensorInfo {
  const columns = b.shape.at(transpose[1] ? -2 : -1) as number;
  if (!bias) return product(backend, { a, b }, transpose);
  if (sizeOf(bias) === columns && bias.shape.at(-1) === columns)
    return product(backend, { a, b, bias: { ...bias, shape: [columns] } }, transpose);
  const plain = product(backend, { a, b }, transpose);
  const add = stockKernel('Add', isWasm(backend) ? 'wasm' : 'cpu');
  return replaced(backend, plain, add({ inputs: { a: plain, b: bias }, backend }) as TensorInfo);
}

/** The second in place of the first, which is freed. */
function replaced(backend: KernelBackend, old: TensorInfo, result: TensorInfo): TensorInfo {
  backend.disposeData(old.dataId);
  return result;
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
const serves = (...tensors: Tensor[]) => isFast(tfc.getBackend()) && !inGradient() && floats(...tensors);

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
  Selu: gradientBy(FUNCTIONS.Selu),
  Softplus: gradientBy(FUNCTIONS.Softplus),
  // tfjs saves the output, from which the derivative cannot be told exactly, and has no kernel for it on `wasm`.
  Elu: gradientBy(FUNCTIONS.Elu, tfc.elu),
  Prelu: fastPreluGradient,
};

/**
 * Puts faster kernels in the place of tfjs's, under unchanged code, on the `cpu` and `wasm` backends that are loaded:
 *
 * - LeakyRelu, Prelu, Elu, Selu, Softplus and Tanh, and on `cpu` Relu, Relu6 and Sigmoid, by core's kernels on the backend's own memory;
 * - the gradients of LeakyRelu, Prelu, Elu, Selu, Relu and Softplus as one kernel each;
 * - matrix products: on `wasm` the transposed and batched ones of a backward pass by XNNPACK, on `cpu` all, also the fused one;
 * - on `wasm`, clones (so the tensors kept for a gradient) without a copy.
 *
 * The results are those of `@rectify/core`: on `wasm` Leaky ReLU's are tfjs's bit for bit, on `cpu` they are where the slope is a
 * float32 (tfjs's `cpu` alone multiplies by a float64 slope). A kernel that fails gives way to the stock one, and the console says
 * so once. Calling it again changes nothing; {@link useStockKernels} undoes it.
 *
 * @returns What was replaced: `['cpu LeakyRelu', …]`; empty when neither backend is loaded.
 */
export function useFastKernels(): string[] {
  useStockKernels();
  warned = false;
  const replaced = FAST_BACKENDS.flatMap((backendName) =>
    Object.entries(REPLACED[backendName])
      .filter(([kernelName, make]) =>
        replaceKernel(kernelName, backendName, (stock) => guarded(make(stock), stock)),
      )
      .map(([kernelName]) => `${backendName} ${kernelName}`),
  );
  if (replaced.length > 0)
    for (const [kernelName, make] of Object.entries(GRADIENTS)) replaceGradient(kernelName, make);
  return replaced;
}

/** Puts tfjs's own kernels and gradients back. */
export const useStockKernels = (): void => restoreAll();
