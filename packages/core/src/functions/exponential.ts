import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';

/**
 * Exponential function.
 *
 *     f(x) = f′(x) = exp(x)
 *
 * Source: Keras `exponential`.
 */
export function exponential(params?: Record<string, never>): Definition {
  return {
    name: 'exponential',
    params: withDefaults('exponential', params, {}),
    formula: 'e^{x}',
    range: [0, Number.POSITIVE_INFINITY],
    bind: () => ({ f: Math.exp, derivative: Math.exp }),
  };
}
