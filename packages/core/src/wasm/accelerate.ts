// Makes activations whose arrays run on WASM.
import type { Activation } from '../activation/activation.js';
import { jsKernels } from '../activation/arrays.js';
import type { Definition } from '../activation/definition.js';
import { dress } from '../activation/dress.js';
import type { Kernels } from '../activation/loops.js';
import type { Program, ProgramOf } from './host.js';
import { tiledKernels } from './tiles.js';

/** Where an activation keeps its program. */
export const programOf: unique symbol = Symbol('program');

// Below this many elements JS is as fast, where it gives the same bits: piecewise linear functions only (measured).
export const SHORT = 32;

/** WASM where the runtime has it, else JS; decided at the first array that is not short. */
function bestKernels(js: Kernels, program: Program, short: number): Kernels {
  let long: Kernels | undefined;
  const best = (): Kernels => {
    if (!long) {
      try {
        long = tiledKernels(program);
      } catch {
        // No WebAssembly, no SIMD, or a policy against it: there is nothing to tell, the results are the same.
        long = js;
      }
    }
    return long;
  };
  return {
    forward: (x, y, shared) => (x.length < short ? js : (long ?? best())).forward(x, y, shared),
    backward: (x, dy, dx, shared) => (x.length < short ? js : (long ?? best())).backward(x, dy, dx, shared),
  };
}

function onlyWasm(program: Program): Kernels {
  let kernels: Kernels | undefined;
  const own = (): Kernels => {
    kernels ??= tiledKernels(program);
    return kernels;
  };
  return {
    forward: (x, y, shared) => own().forward(x, y, shared),
    backward: (x, dy, dx, shared) => own().backward(x, dy, dx, shared),
  };
}

/** `required` throws where there is no WASM, `preferred` falls back to JS. */
export type How = 'preferred' | 'required';

/** The kernels of a program; `preferred` takes those of JS for arrays shorter than `short` too. */
export const kernelsOnWasm = (program: Program, how: How, js: () => Kernels, short: number): Kernels =>
  how === 'required' ? onlyWasm(program) : bestKernels(js(), program, short);

type Factory<A, P extends object> = (params?: A) => Activation<P>;
type Define<A, P extends object> = (params?: A) => Definition<P>;

const factory =
  <A, P extends object>(define: Define<A, P>, program: ProgramOf<P>, how: How): Factory<A, P> =>
  (params) => {
    const definition = define(params);
    const own = program(definition.params);
    const short = definition.loops ? SHORT : 0;
    const kernels = kernelsOnWasm(own, how, () => jsKernels(definition), short);
    return dress(definition, kernels, (activation: { [programOf]?: Program }) => {
      activation[programOf] = own;
    });
  };

/** The factory of a function whose arrays run on WASM only. */
export const onWasm = <A, P extends object>(define: Define<A, P>, program: ProgramOf<P>): Factory<A, P> =>
  factory(define, program, 'required');

/** The factory of a function whose arrays run on WASM where the runtime has it, else on JS. */
export const onWasmOrJs = <A, P extends object>(define: Define<A, P>, program: ProgramOf<P>): Factory<A, P> =>
  factory(define, program, 'preferred');
