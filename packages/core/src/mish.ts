import { type Activation, createActivation } from './_activation.js';
import { withDefaults } from './_arguments.js';
import { mishDerivative, mishOf } from './_math.js';

/**
 * Self-regularised smooth ReLU.
 *
 *     f(x) = x·tanh(softplus(x)) = x·(e² + 2e)/(e² + 2e + 2),  e = exp(x)
 *
 * The rational form needs no logarithm and does not overflow. f(−∞) is 0.
 *
 * Source: Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019.
 */
export function mish(params?: Record<string, never>): Activation {
  return createActivation({
    name: 'mish',
    params: withDefaults('mish', params, {}),
    formula: 'x\\,\\tanh(\\ln(1 + e^{x}))',
    range: [-0.3088434130172504, Number.POSITIVE_INFINITY],
    monotonic: false,
    bind: () => ({ f: mishOf, derivative: mishDerivative }),
  });
}
