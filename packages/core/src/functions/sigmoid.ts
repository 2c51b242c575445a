import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { logistic, logisticDerivative } from '../activation/math.js';

/**
 * Logistic sigmoid.
 *
 *     f(x) = σ(x) = 1/(1 + exp(−x)),  f′(x) = σ(x)·σ(−x)
 *
 * Both keep their digits in the tails: f(−50) = 1.9e-22 is exact to the last bits, and so is f′(50).
 *
 * Source: Keras and PyTorch `sigmoid`.
 */
export function sigmoid(params?: Record<string, never>): Definition {
  return {
    name: 'sigmoid',
    params: withDefaults('sigmoid', params, {}),
    formula: '\\frac{1}{1 + e^{-x}}',
    range: [0, 1],
    gain: 1,
    bind: () => ({ f: logistic, derivative: logisticDerivative }),
  };
}
