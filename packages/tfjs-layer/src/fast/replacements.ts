// What takes the place of tfjs's kernels on the `cpu` and `wasm` backends.
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { allFloat32, broadcasts } from '../tfjs/infos.js';
import { stockKernel } from '../tfjs/stock.js';
import { type Attributes, FUNCTIONS, type FunctionOf, fusedFunction } from '../tfjs/stock-functions.js';
import { type FastBackend, forward, inPlace, isWasm, memoryKernels, sizeOf, written } from './memory.js';
import { prelu } from './prelu.js';
import { type Factors, product } from './product.js';

type Make = (stock: KernelFunc) => KernelFunc;

/**
 * On `wasm`, below so many elements tfjs's LeakyRelu costs 0.2 µs less a call (measured). It gives the same bits but for a slope of 0,
 * where its zeros have another sign, and which makes NaN of −∞.
 */
const SHORT = 512;
const isShortLeaky = (x: TensorInfo, { alpha }: Attributes): boolean => alpha !== 0 && sizeOf(x) < SHORT;

/** What takes the place of a kernel of tfjs, given that kernel; on `wasm` Relu and Sigmoid are XNNPACK's already, Relu6's loses NaN. */
export const REPLACEMENTS: Readonly<Record<FastBackend, Readonly<Record<string, Make>>>> = {
  cpu: {
    ...Object.fromEntries(Object.entries(FUNCTIONS).map(([name, functionOf]) => [name, by(functionOf)])),
    Prelu: fastPrelu,
    BatchMatMul: fastProduct,
    _FusedMatMul: fastFusedProduct,
  },
  wasm: {
    ...Object.fromEntries(
      ['Elu', 'Selu', 'Relu6', 'Softplus', 'Tanh'].map((name) => [name, by(FUNCTIONS[name])]),
    ),
    LeakyRelu: by(FUNCTIONS.LeakyRelu, isShortLeaky),
    Prelu: fastPrelu,
    BatchMatMul: fastProduct,
    _FusedMatMul: fastFusedProduct,
    Identity: share,
  },
};

/** Throws where the memory of the `wasm` backend is out of reach: there tfjs's kernels serve. */
function assertReach(backend: KernelBackend): void {
  const kernels = isWasm(backend) ? memoryKernels(backend) : undefined;
  if (kernels instanceof Error) throw kernels;
}

/** A stock kernel of one input, by a function of core, unless it is better left to tfjs. */
function by(functionOf: FunctionOf, isLeft?: (x: TensorInfo, attrs: Attributes) => boolean): Make {
  return (stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const backend = args.backend as KernelBackend;
    const attrs = (args.attrs ?? {}) as Attributes;
    if (x.dtype !== 'float32' || isLeft?.(x, attrs)) return stock(args);
    assertReach(backend);
    const f = functionOf(attrs);
    return written(backend, x.shape, (out) => forward(backend, f, x, out));
  };
}

function fastPrelu(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { x, alpha } = args.inputs as { x: TensorInfo; alpha: TensorInfo };
    if (!allFloat32(x, alpha) || !broadcasts(x, alpha)) return stock(args);
    assertReach(args.backend as KernelBackend);
    return prelu(args.backend as KernelBackend, x, alpha);
  };
}

function fastProduct(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b } = args.inputs as { a: TensorInfo; b: TensorInfo };
    const { transposeA, transposeB } = args.attrs as { transposeA: boolean; transposeB: boolean };
    if (!allFloat32(a, b)) return stock(args);
    return product(args.backend as KernelBackend, { a, b }, [transposeA, transposeB]);
  };
}

/** A product with a bias and an activation. */
function fastFusedProduct(stock: KernelFunc): KernelFunc {
  return (args) => {
    const { a, b, bias, preluActivationWeights: slopes } = args.inputs as Record<string, TensorInfo>;
    const attrs = args.attrs as Attributes;
    const name = (attrs.activation as string | null | undefined) ?? 'linear';
    const functionOf = fusedFunction(name);
    if (!allFloat32(a, b, bias, slopes) || !(functionOf || name === 'linear' || name === 'prelu'))
      return stock(args);
    const backend = args.backend as KernelBackend;
    assertReach(backend);
    const transpose: [boolean, boolean] = [attrs.transposeA === true, attrs.transposeB === true];
    const sum = productAndBias(backend, { a, b, bias }, transpose);
    if (name === 'prelu') return inExchange(backend, sum, () => prelu(backend, sum, slopes));
    return inPlace(backend, sum, functionOf?.(attrs));
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
  return inExchange(backend, plain, () => add({ inputs: { a: plain, b: bias }, backend }) as TensorInfo);
}

/** What is made of a tensor, which is freed. */
function inExchange(backend: KernelBackend, old: TensorInfo, made: () => TensorInfo): TensorInfo {
  try {
    return made();
  } finally {
    backend.disposeData(old.dataId);
  }
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
