// Makes activations whose arrays run on WASM.
import type { Activation } from '../activation/activation.js';
import { inFloat32, jsKernels, type KernelsFor } from '../activation/arrays.js';
import type { Definition } from '../activation/definition.js';
import { dress } from '../activation/dress.js';
import type { Kernels } from '../activation/loops.js';
import type { Program, ProgramOf } from './host.js';
import { tiledKernels } from './tiles.js';

/** Where an activation keeps its program. */
export const programOf: unique symbol = Symbol('program');

// Below this many elements JS is as fast, where it gives the same bits: piecewise linear functions only (measured).
export const SHORT = 32;

/** `required` throws where there is no WASM, `preferred` falls back to JS. */
export type How = 'preferred' | 'required';

/**
 * The kernels of a program, decided at the first array that is not short; `preferred` takes those of JS for arrays shorter than
 * `short` too.
 */
export function kernelsOnWasm(program: Program, how: How, js: KernelsFor, short: number): KernelsFor {
  let long: Kernels | undefined;
  if (how === 'required')
    return () => {
      long ??= tiledKernels(program);
      return long;
    };
  let isMissing = false;
  const best: KernelsFor = (x) => {
    if (!isMissing) {
      try {
        long = tiledKernels(program);
        return long;
      } catch {
        // No WebAssembly, no SIMD, or a policy against it: there is nothing to tell, the results are the same.
        isMissing = true;
      }
    }
    return js(x);
  };
  return (x) => (x.length < short ? js(x) : (long ?? best(x)));
}

/** The same where float32 holds the parameters; the first float32 array asks. */
function fitting(params: object, kernelsFor: KernelsFor): KernelsFor {
  let isFit = false;
  return (x) => {
    if (!isFit && x.BYTES_PER_ELEMENT === 4) {
      inFloat32(params);
      isFit = true;
    }
    return kernelsFor(x);
  };
}

type Factory<A, P extends object> = (params?: A) => Activation<P>;
type Define<A, P extends object> = (params?: A) => Definition<P>;

/** Whether a plain object has the same values as another, and no others. */
function isLike(given: unknown, kept: Record<string, unknown>): boolean {
  if (typeof given !== 'object' || given === null || Object.getPrototypeOf(given) !== Object.prototype)
    return false;
  let rest = Object.keys(kept).length;
  for (const key in given) {
    if (!Object.is((given as Record<string, unknown>)[key], kept[key])) return false;
    rest--;
  }
  return rest === 0;
}

/**
 * What makes a function whose arrays run on WASM. It gives the one it made last where it is asked for the same again: whoever has a slope
 * anew with every call, as tfjs's kernels, would spend more time on making functions than on running them. Nothing of one can be changed.
 */
const factory = <A, P extends object>(
  define: Define<A, P>,
  program: ProgramOf<P>,
  how: How,
): Factory<A, P> => {
  let last: Activation<P> | undefined;
  let lastGiven: Record<string, unknown> = {};
  return (params) => {
    if (last && isLike(params, lastGiven)) return last;
    const definition = define(params);
    const own = program(definition.params);
    const short = definition.loops ? SHORT : 0;
    const kernels = fitting(definition.params, kernelsOnWasm(own, how, jsKernels(definition), short));
    last = dress(definition, kernels, (activation: { [programOf]?: Program }) => {
      activation[programOf] = own;
    });
    lastGiven = { ...params };
    return last;
  };
};

/** The factory of a function whose arrays run on WASM only. */
export const onWasm = <A, P extends object>(define: Define<A, P>, program: ProgramOf<P>): Factory<A, P> =>
  factory(define, program, 'required');

/** The factory of a function whose arrays run on WASM where the runtime has it, else on JS. */
export const onWasmOrJs = <A, P extends object>(define: Define<A, P>, program: ProgramOf<P>): Factory<A, P> =>
  factory(define, program, 'preferred');
