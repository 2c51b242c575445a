import { type Activation, createActivation } from './_activation.js';
import { withDefaults } from './_arguments.js';

/**
 * Exponential function.
 *
 *     f(x) = f′(x) = exp(x)
 *
 * Source: Keras `exponential`.
 */
export function exponential(params?: Record<string, never>): Activation {
  return createActivation({
    name: 'exponential',
    params: withDefaults('exponential', params, {}),
    formula: 'e^{x}',
    range: [0, Number.POSITIVE_INFINITY],
    bind: () => ({ f: Math.exp, derivative: Math.exp }),
  });
}
