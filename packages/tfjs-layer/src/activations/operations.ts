// Operations of our own, each one kernel, on the `cpu`, `wasm`, `webgl` and `webgpu` backends, with gradients that are computed only for
// the inputs that need one (tfjs's `customGrad` computes all of them). They are registered at their first use.
import { type Activation, linear } from '@rectify/core';
import type {
  GradConfig,
  KernelBackend,
  KernelFunc,
  NamedAttrMap,
  Tensor,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { KERNELS as FAST_KERNELS } from '../fast/kernels.js';
import { isFast } from '../fast/memory.js';
import { KERNELS as GPU_KERNELS } from '../gpu/kernels.js';
import { isGpu } from '../gpu/program.js';
import { ownKernelName } from '../tfjs/own-kernels.js';
import { stockGradient } from '../tfjs/stock.js';

const ACTIVATION = 'RectifyActivation';
const ACTIVATION_GRADIENT = 'RectifyActivationGrad';
const SECOND_GRADIENT = 'RectifyActivationGradGrad';
const DENSE = 'RectifyDense';
const PRODUCT = 'RectifyMatMul';
const COLUMN_SUMS = 'RectifyColumnSums';
const PRELU = 'RectifyPrelu';
const PRELU_GRADIENT = 'RectifyPreluGrad';
const SLOPE_GRADIENT = 'RectifyPreluSlopeGrad';

/** Our kernels on the backend in use, if it has them. */
function kernels(): typeof FAST_KERNELS | typeof GPU_KERNELS | undefined {
  const backendName = tfc.getBackend();
  if (isFast(backendName)) return FAST_KERNELS;
  return isGpu(backendName) ? GPU_KERNELS : undefined;
}

/** Whether the operations of this file run on the backend in use. */
export const hasOperations = (): boolean => kernels() !== undefined;

/** Whether f′ is the same function of f(x) as of x, so that a gradient needs the output alone. */
export function derivativeOfOutput(f: Activation): boolean {
  if (!['linear', 'leaky_relu', 'prelu', 'relu', 'relu6'].includes(f.name)) return false;
  const own = new Map<string, unknown>(Object.entries(f.params));
  return ((own.get('negativeSlope') as number | undefined) ?? 0) >= 0 && (own.get('threshold') ?? 0) === 0;
}

/** Whether a gradient is being recorded: of a function, or of its gradient. */
export const inGradient = (): boolean => tfc.engine().state.gradientDepth > 0;
const theLinear = /* @__PURE__ */ linear();
const GRADIENTS: Record<string, Omit<GradConfig, 'kernelName'>> = {
  [ACTIVATION]: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({ x: () => run(ACTIVATION_GRADIENT, { x, dy: dy as Tensor }, attrs) }),
  },
  [ACTIVATION_GRADIENT]: {
    inputsToSave: ['x', 'dy'],
    gradFunc: (ddx, [x, dy], attrs) => ({
      x: () => run(SECOND_GRADIENT, { x, dy, ddx: ddx as Tensor }, attrs),
      dy: () => run(ACTIVATION_GRADIENT, { x, dy: ddx as Tensor }, attrs),
    }),
  },
  [DENSE]: {
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [true],
    gradFunc: (dy, [x, kernel, y], attrs) => {
      // Made now, since each of the three has a tidy of its own, and all need it.
      const linear = (attrs as unknown as { f: Activation }).f.name === 'linear';
      const own = linear ? (dy as Tensor) : run(ACTIVATION_GRADIENT, { x: y, dy: dy as Tensor }, attrs);
      return {
        x: () => matMul(own, kernel, false, true),
        kernel: () => matMul(x, own, true, false),
        // The last of the three, where it is asked for at all.
        bias: () => {
          const sums = run(COLUMN_SUMS, { x: own });
          if (!linear) own.dispose();
          return sums;
        },
      };
    },
  },
  [COLUMN_SUMS]: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tfc.add(tfc.zerosLike(x), dy as Tensor) }),
  },
  [PRELU]: {
    inputsToSave: ['x', 'alpha'],
    gradFunc: (dy, saved, attrs) => {
      // Within another gradient, tfjs's own serves: it is made of operations that have a gradient themselves.
      if (inGradient()) return stockGradient('Prelu').gradFunc(dy, saved, attrs);
      const [x, alpha] = saved;
      return {
        x: () => run(PRELU_GRADIENT, { x, alpha, dy: dy as Tensor }),
        alpha: () => run(SLOPE_GRADIENT, { x, alpha, dy: dy as Tensor }),
      };
    },
  },
};

const gradientOf = (name: string): Omit<GradConfig, 'kernelName'> | undefined =>
  name === PRODUCT ? stockGradient('BatchMatMul') : GRADIENTS[name];

/** By backend and name, the names that tfjs knows them by. */
const registered = new Map<string, string>();

function register(name: string, backendName: string): string {
  const kernel = kernels()?.[name];
  if (!kernel) throw new Error(`there is no kernel ${name} for the ${backendName} backend`);
  const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) =>
    kernel(backend as KernelBackend, inputs as Record<string, TensorInfo>, attrs as never);
  const kernelName = ownKernelName(name);
  tfc.registerKernel({ kernelName, backendName, kernelFunc });
  const gradient = gradientOf(name);
  if (gradient && !tfc.getGradient(kernelName)) tfc.registerGradient({ ...gradient, kernelName });
  registered.set(backendName + name, kernelName);
  return kernelName;
}

/** Runs one of our kernels on the backend in use. */
function run(name: string, inputs: Record<string, Tensor>, attrs: object = {}): Tensor {
  const backendName = tfc.getBackend();
  const kernelName = registered.get(backendName + name) ?? register(name, backendName);
  return tfc.engine().runKernel(kernelName, inputs, attrs as NamedAttrMap);
}

/** dy · f′(x) of every element of float32 tensors. */
export const activationGradient = (f: Activation, x: Tensor, dy: Tensor): Tensor =>
  run(ACTIVATION_GRADIENT, { x, dy }, { f });

/** The gradients of PReLU, each when it is called. */
export const preluGradients = GRADIENTS[PRELU].gradFunc;

/** f of every element of a float32 tensor. */
export const elementwise = (f: Activation, x: Tensor): Tensor => run(ACTIVATION, { x }, { f });

/** x for x ≥ 0, else alpha · x, in float32; alpha broadcasts to the shape of x. */
export const prelu = (x: Tensor, alpha: Tensor): Tensor => run(PRELU, { x, alpha });

/** a · b of matrices, or of as many as their leading axes say. */
const matMul = (a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor =>
  run(PRODUCT, { a, b }, { transposeA, transposeB });

/**
 * f(x · kernel + bias) for a matrix x; without f by default. One kernel, also in training where f′ can be told from the output;
 * else f is a second one then.
 */
export function dense(x: Tensor, kernel: Tensor, bias?: Tensor, f: Activation = theLinear): Tensor {
  const inputs = { x, kernel, ...(bias && { bias }) };
  if (derivativeOfOutput(f) || !inGradient()) return run(DENSE, inputs, { f });
  return elementwise(f, run(DENSE, inputs, { f: theLinear }));
}
