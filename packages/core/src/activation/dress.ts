// Makes an activation of a definition. Every entry does so once, with the kernels of its own.
import type { Activation } from './activation.js';
import { checkX } from './arguments.js';
import { arrayMethods, jsKernels, type KernelsFor } from './arrays.js';
import type { Definition, Traits } from './definition.js';

/** The traits of most functions; without a prototype, so that a loop over them meets nothing that others put there. */
const USUAL: Traits & { __proto__: null } = {
  __proto__: null,
  range: [-Infinity, Infinity],
  kinks: [],
  monotonic: true,
  gain: null,
};

/** What consoles and templates show: `leaky_relu { negativeSlope: 0.05 }`, not the source text and all that the function carries. */
export const shown: object = class extends Function {
  declare params: object;
  override toString(): string {
    const list = Object.entries(this.params)
      .map(([key, value]) => `${key}: ${value}`)
      .join(', ');
    return this.name + (list && ` { ${list} }`);
  }
  // Node, Deno and Bun ask for it; a browser's console shows the function's text, whatever is done.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}.prototype;

/** The activation of a definition, its arrays on the given kernels. `keep` may add what an entry keeps in it for itself. */
export function dress<P extends object>(
  definition: Definition<P>,
  kernelsFor: KernelsFor,
  keep?: (activation: object) => void,
): Activation<P> {
  const { name, params, formula, bind } = definition;
  const { f, derivative } = bind(Object.freeze(params));
  const made = Object.defineProperty(
    Object.setPrototypeOf((x: number): number => {
      checkX(x);
      return f(x);
    }, shown),
    'name',
    { value: name },
  );
  for (const key in USUAL)
    made[key] = Object.freeze((Object.hasOwn(definition, key) ? definition : USUAL)[key as keyof Traits]);
  Object.assign(made, { params, formula }, arrayMethods(kernelsFor), {
    derivative(x: number): number {
      checkX(x);
      return derivative(x);
    },
    toJSON: () => ({ name, params: { ...params } }),
  });
  keep?.(made);
  return Object.freeze(made);
}

/** The factory of a function whose arrays run on JS. */
export const onJs =
  <A, P extends object>(define: (params?: A) => Definition<P>) =>
  (params?: A): Activation<P> => {
    const definition = define(params);
    return dress(definition, jsKernels(definition));
  };
