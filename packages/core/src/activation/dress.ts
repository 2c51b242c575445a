// Makes an activation of a definition. Every entry does so once, with the kernels of its own.
import type { Activation } from './activation.js';
import { checkX } from './arguments.js';
import { arrayMethods, jsKernels } from './arrays.js';
import type { Definition, Traits } from './definition.js';
import type { Kernels } from './loops.js';

/** The traits of most functions. Spread, so that only what a definition itself has takes their place. */
const USUAL: Traits = {
  range: Object.freeze([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const),
  kinks: Object.freeze([]),
  monotonic: true,
  gain: null,
};

type Writable<P extends object> = { -readonly [K in keyof Activation<P>]: Activation<P>[K] };

/** What consoles and templates show: `leaky_relu { negativeSlope: 0.05 }`, not the source text and all that the function carries. */
export const shown: object = Object.create(Function.prototype, {
  toString: { value: describe },
  // Node, Deno and Bun ask for it; a browser's console shows the function's text, whatever is done.
  [Symbol.for('nodejs.util.inspect.custom')]: { value: describe },
});

function describe(this: { name: string; params: object }): string {
  const list = Object.entries(this.params).map(([key, value]) => `${key}: ${value}`);
  return list.length > 0 ? `${this.name} { ${list.join(', ')} }` : this.name;
}

/** The activation of a definition, its arrays on the given kernels. `keep` may add what an entry keeps in it for itself. */
export function dress<P extends object>(
  definition: Definition<P>,
  kernels: Kernels,
  keep?: (activation: object) => void,
): Activation<P> {
  const { name, params, formula, bind, range, kinks, monotonic, gain } = { ...USUAL, ...definition };
  const { f, derivative } = bind(Object.freeze(params));
  // Property by property, which takes half of the time that Object.assign does.
  const made: Writable<P> = ((x: number): number => {
    checkX(x);
    return f(x);
  }) as Activation<P>;
  made.params = params;
  made.formula = formula;
  made.range = Object.freeze(range);
  made.kinks = Object.freeze(kinks);
  made.monotonic = monotonic;
  made.gain = gain;
  made.derivative = (x) => {
    checkX(x);
    return derivative(x);
  };
  const { forward, backward } = arrayMethods(kernels, params);
  made.forward = forward;
  made.backward = backward;
  made.toJSON = () => ({ name, params: { ...params } });
  keep?.(made);
  // A function's own name is read-only, so assignment cannot set it.
  Object.setPrototypeOf(made, shown);
  return Object.freeze(Object.defineProperty(made, 'name', { value: name })) as Activation<P>;
}

/** The factory of a function whose arrays run on JS. */
export const onJs =
  <A, P extends object>(define: (params?: A) => Definition<P>) =>
  (params?: A): Activation<P> => {
    const definition = define(params);
    return dress(definition, jsKernels(definition));
  };
