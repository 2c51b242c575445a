// All primitives on WebAssembly SIMD.
import { moduleCode } from '../generated.js';
import type { ElementwisePrimitive, LossPrimitive, Primitives } from '../primitives.js';
import { compile, createMemory, instantiate } from './runtime.js';

type Same =
  | 'gather'
  | 'forward'
  | 'backwardWeights'
  | 'backwardInputs'
  | 'softmax'
  | 'sigmoid'
  | 'adam'
  | 'momentum'
  | 'blend'
  | 'add'
  | 'notFinite'
  | 'largest';

/** What the module exports: these primitives, and gradients, rows and activations by names that are put together. */
type Exports = Pick<Primitives, Same> &
  Record<`${string}Gradient`, LossPrimitive['gradient']> &
  Record<`${string}Rows`, LossPrimitive['rows']> &
  Record<`${string}Forward`, ElementwisePrimitive['forward']> &
  Record<`${string}Backward`, ElementwisePrimitive['backward']>;

/** A memory of so many bytes with the primitives on it. Throws RangeError where there is no room for it. */
export function wasmPrimitives(bytes: number): Primitives {
  const memory = createMemory(bytes);
  const exports = instantiate(moduleCode, memory) as Exports;
  const loss = (name: string): LossPrimitive => ({
    gradient: exports[`${name}Gradient`],
    rows: exports[`${name}Rows`],
  });
  const { gather, forward, backwardWeights, backwardInputs, softmax, sigmoid } = exports;
  const { adam, momentum, blend, add, notFinite, largest } = exports;
  return {
    runner: 'wasm',
    buffer: memory.buffer,
    gather,
    forward,
    backwardWeights,
    backwardInputs,
    softmax,
    sigmoid,
    adam,
    momentum,
    blend,
    add,
    notFinite,
    largest,
    activation: (kernel) => ({
      forward: exports[`${kernel}Forward`],
      backward: exports[`${kernel}Backward`],
    }),
    losses: {
      cross_entropy: loss('crossEntropy'),
      binary_cross_entropy: loss('binaryCrossEntropy'),
      squared_error: loss('squaredError'),
      absolute_error: loss('absoluteError'),
      huber: loss('huber'),
    },
  };
}

/** Compiles the module in the background, if this runtime runs it. */
export async function prepareWasm(): Promise<void> {
  try {
    await compile(moduleCode);
  } catch {
    // No WebAssembly, no SIMD, or a policy against it: who asked for it will hear of it, for others there is JS.
  }
}
