// Makes an activation of a definition. Every entry does so once, with the kernels of its own.
import type { Activation } from './activation.js';
import { checkX } from './arguments.js';
import { arrayMethods, jsKernels } from './arrays.js';
import type { Definition, Traits } from './definition.js';
import type { Kernels } from './loops.js';

/** The traits of most functions. */
const USUAL: Traits = {
  range: Object.freeze([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const),
  kinks: Object.freeze([]),
  monotonic: true,
  gain: null,
};

/** A trait of a definition's own, whatever may stand on Object.prototype; a spread of both objects takes ten times as long. */
const traitOf = <K extends keyof Traits>(definition: Partial<Traits>, key: K): Traits[K] =>
  (Object.hasOwn(definition, key) ? definition : USUAL)[key] as Traits[K];

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
  const { name, params, formula, bind } = definition;
  const { f, derivative } = bind(Object.freeze(params));
  // A function takes its name from the key that it stands under; to set it later takes three times as long as all the rest. Property by
  // property, since Object.assign takes twice as long.
  const named = {
    [name]: (x: number): number => {
      checkX(x);
      return f(x);
    },
  };
  const made = named[name] as Activation<P> as Writable<P>;
  // React Native's Babel makes a call of it that names nothing.
  if (made.name !== name) Object.defineProperty(made, 'name', { value: name, configurable: true });
  Object.setPrototypeOf(made, shown);
  made.params = params;
  made.formula = formula;
  made.range = Object.freeze(traitOf(definition, 'range'));
  made.kinks = Object.freeze(traitOf(definition, 'kinks'));
  made.monotonic = traitOf(definition, 'monotonic');
  made.gain = traitOf(definition, 'gain');
  made.derivative = (x) => {
    checkX(x);
    return derivative(x);
  };
  const { forward, backward } = arrayMethods(kernels, params);
  made.forward = forward;
  made.backward = backward;
  made.toJSON = () => ({ name, params: { ...params } });
  keep?.(made);
  return Object.freeze(made) as Activation<P>;
}

/** The factory of a function whose arrays run on JS. */
export const onJs =
  <A, P extends object>(define: (params?: A) => Definition<P>) =>
  (params?: A): Activation<P> => {
    const definition = define(params);
    return dress(definition, jsKernels(definition));
  };
