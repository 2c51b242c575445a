import { type Activation, createActivation } from './_activation.js';
import { withDefaults } from './_arguments.js';

/**
 * Identity.
 *
 *     f(x) = x,  f′(x) = 1 (NaN at NaN)
 *
 * Source: Keras `linear`, PyTorch `Identity`.
 */
export function linear(params?: Record<string, never>): Activation {
  return createActivation({
    name: 'linear',
    params: withDefaults('linear', params, {}),
    formula: 'x',
    gain: 1,
    bind: () => ({ f: (x) => x, derivative: (x) => (Number.isNaN(x) ? x : 1) }),
    pieces: () => ({ edges: [], factor: [1], slopes: { edges: [], factor: [1] } }),
  });
}
