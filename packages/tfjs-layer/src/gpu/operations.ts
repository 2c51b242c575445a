// Operations of our own on the `webgl` and `webgpu` backends, each one kernel, with gradients that are computed only for the inputs that
// need one (tfjs's `customGrad` computes all of them). They are registered at their first use.
import type { Activation } from '@rectify/core';
import type { GradConfig, KernelBackend, NamedAttrMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { GPU_BACKENDS, type GpuBackend } from './_program.js';
import { KERNELS } from './kernels.js';

const ACTIVATION = 'RectifyActivation';
const ACTIVATION_GRADIENT = 'RectifyActivationGrad';
const SECOND_GRADIENT = 'RectifyActivationGradGrad';
const PRELU = 'RectifyPrelu';
const PRELU_GRADIENT = 'RectifyPreluGrad';
const SLOPE_GRADIENT = 'RectifyPreluSlopeGrad';

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
  [PRELU]: {
    inputsToSave: ['x', 'alpha'],
    gradFunc: (dy, saved, attrs) => {
      // Within another gradient, tfjs's own serves: it is made of operations that have a gradient themselves.
      const stock = tfc.getGradient('Prelu');
      if (stock && tfc.engine().state.gradientDepth > 0) return stock.gradFunc(dy, saved, attrs);
      return preluGradients(dy, saved, attrs);
    },
  },
};

const registered = new Set<string>();

function register(name: string, backendName: string): void {
  tfc.registerKernel({
    kernelName: name,
    backendName,
    kernelFunc: ({ inputs, backend, attrs }) =>
      KERNELS[name](backend as KernelBackend, inputs as Record<string, TensorInfo>, attrs as never),
  });
  const gradient = GRADIENTS[name];
  if (gradient && !tfc.getGradient(name)) tfc.registerGradient({ ...gradient, kernelName: name });
  registered.add(backendName + name);
}

/** Runs one of our kernels on the backend in use. */
function run(name: string, inputs: Record<string, Tensor>, attrs: object = {}): Tensor {
  const backendName = tfc.getBackend();
  if (!registered.has(backendName + name)) register(name, backendName);
  return tfc.engine().runKernel(name, inputs, attrs as NamedAttrMap);
}

/** The gradients of PReLU, each when it is called. */
export const preluGradients: GradConfig['gradFunc'] = (dy, [x, alpha]) => ({
  x: () => run(PRELU_GRADIENT, { x, alpha, dy: dy as Tensor }),
  alpha: () => run(SLOPE_GRADIENT, { x, alpha, dy: dy as Tensor }),
});

/** Whether the operations of this file run on the backend in use. */
export const hasOperations = (): boolean => GPU_BACKENDS.includes(tfc.getBackend() as GpuBackend);

/** f of every element of a float32 tensor. */
export const elementwise = (f: Activation, x: Tensor): Tensor => run(ACTIVATION, { x }, { f });

/** dy · f′(x) of every element of float32 tensors. */
export const activationGradient = (f: Activation, x: Tensor, dy: Tensor): Tensor =>
  run(ACTIVATION_GRADIENT, { x, dy }, { f });

/** x for x ≥ 0, else alpha · x, in float32; alpha broadcasts to the shape of x. */
export const prelu = (x: Tensor, alpha: Tensor): Tensor => run(PRELU, { x, alpha });
