import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { mishDerivative, mishOf } from '../activation/math.js';

/**
 * Self-regularised smooth ReLU.
 *
 *     f(x) = x·tanh(softplus(x)) = x·(e² + 2e)/(e² + 2e + 2),  e = exp(x)
 *
 * The rational form needs no logarithm and does not overflow. f(−∞) is 0.
 *
 * Source: Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019.
 */
export function mish(params?: Record<string, never>): Definition {
  return {
    name: 'mish',
    params: withDefaults('mish', params, {}),
    formula: 'x\\,\\tanh(\\ln(1 + e^{x}))',
    range: [-0.3088434130172504, Number.POSITIVE_INFINITY],
    monotonic: false,
    bind: () => ({ f: mishOf, derivative: mishDerivative }),
  };
}
