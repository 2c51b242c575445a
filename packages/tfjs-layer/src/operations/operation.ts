// Operations of our own, each one kernel, on the `cpu`, `wasm`, `webgl` and `webgpu` backends, with gradients that are computed only for
// the inputs that need one (tfjs's `customGrad` computes all of them). They are registered at their first use. Each operation names its
// kernels itself, so that a bundle holds those of the layers that it has.
import type {
  GradConfig,
  KernelBackend,
  KernelFunc,
  NamedAttrMap,
  Tensor,
  TensorInfo,
} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { isFast } from '../fast/memory.js';
import { isGpu } from '../gpu/program.js';
import { ownKernelName } from '../tfjs/own-kernels.js';

/** A kernel of ours, with the attributes that it takes. */
type Kernel<Attributes> = (
  backend: KernelBackend,
  inputs: Record<string, TensorInfo>,
  attrs: Attributes,
) => TensorInfo;

export interface Operation<Attributes> {
  name: string;
  /** On `cpu` and `wasm`. */
  fast: Kernel<Attributes>;
  /** On `webgl` and `webgpu`. */
  gpu: Kernel<Attributes>;
  gradient?: () => Omit<GradConfig, 'kernelName'>;
}

/** Whether operations run on the backend in use. */
export function hasOperations(): boolean {
  const backendName = tfc.getBackend();
  return isFast(backendName) || isGpu(backendName);
}

/** Whether a gradient is being recorded: of a function, or of its gradient. */
export const inGradient = (): boolean => tfc.engine().state.gradientDepth > 0;

/** By backend and name, the names that tfjs knows them by. */
const registered = new Map<string, string>();

function register<Attributes>(operation: Operation<Attributes>, backendName: string): string {
  const { name, fast, gpu, gradient } = operation;
  if (!hasOperations()) throw new Error(`there is no kernel ${name} for the ${backendName} backend`);
  const kernel = isFast(backendName) ? fast : gpu;
  const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) =>
    kernel(backend as KernelBackend, inputs as Record<string, TensorInfo>, attrs as Attributes);
  const kernelName = ownKernelName(name);
  tfc.registerKernel({ kernelName, backendName, kernelFunc });
  if (gradient && !tfc.getGradient(kernelName)) tfc.registerGradient({ ...gradient(), kernelName });
  registered.set(backendName + name, kernelName);
  return kernelName;
}

/** Runs an operation on the backend in use. */
export function run<Attributes extends object>(
  operation: Operation<Attributes>,
  inputs: Record<string, Tensor>,
  attrs: Attributes,
): Tensor {
  const backendName = tfc.getBackend();
  const kernelName = registered.get(backendName + operation.name) ?? register(operation, backendName);
  return tfc.engine().runKernel(kernelName, inputs, attrs as unknown as NamedAttrMap);
}
