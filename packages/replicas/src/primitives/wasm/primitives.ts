// All primitives on WebAssembly SIMD.
import type { ElementwisePrimitive, LossPrimitive, Primitives } from '../primitives.js';
import { createMemory, instantiate } from './runtime.js';

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

/** What the modules export: these primitives, and gradients, rows and activations by names that are put together. */
type Exports = Pick<Primitives, Same> &
  Record<`${string}Gradient`, LossPrimitive['gradient']> &
  Record<`${string}Rows`, LossPrimitive['rows']> &
  Record<`${string}Activation`, ElementwisePrimitive>;

/** A memory up to this size is kept for the next call, since engines are slower to call functions of an instance that is new to them. */
const KEPT_BYTES = 2 ** 20;
let kept: { primitives: Primitives; codes: string } | undefined;

/**
 * Makes a memory of at least so many bytes, all 0, with the primitives of these modules on it. Throws RangeError where there is no room,
 * and other errors where there is no WebAssembly or SIMD, or a policy is against it.
 */
export function wasmPrimitives(codes: readonly string[], bytes: number): Primitives {
  if (bytes > KEPT_BYTES) return primitivesOn(codes, bytes);
  const own = kept?.codes === codes.join() ? kept.primitives : primitivesOn(codes, KEPT_BYTES);
  kept = undefined;
  new Uint8Array(own.buffer).fill(0);
  return own;
}

function primitivesOn(codes: readonly string[], bytes: number): Primitives {
  const memory = createMemory(bytes);
  const exports: Exports = Object.assign({}, ...codes.map((code) => instantiate(code, memory)));
  const loss = (name: string): LossPrimitive => ({
    gradient: exports[`${name}Gradient`],
    rows: exports[`${name}Rows`],
  });
  const { gather, forward, backwardWeights, backwardInputs, softmax, sigmoid } = exports;
  const { adam, momentum, blend, add, notFinite, largest } = exports;
  const primitives: Primitives = {
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
    activation: (kernel) => exports[`${kernel}Activation`],
    losses: {
      cross_entropy: loss('crossEntropy'),
      binary_cross_entropy: loss('binaryCrossEntropy'),
      squared_error: loss('squaredError'),
      absolute_error: loss('absoluteError'),
      huber: loss('huber'),
    },
    release() {
      if (memory.buffer.byteLength === KEPT_BYTES) kept = { primitives, codes: codes.join() };
    },
  };
  return primitives;
}
