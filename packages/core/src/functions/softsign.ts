import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';

/**
 * Softsign.
 *
 *     f(x) = x/(1 + |x|),  f′(x) = 1/(1 + |x|)²
 *
 * f(±∞) is ±1.
 *
 * Source: Bergstra, Desjardins, Lamblin, Bengio, "Quadratic Polynomials Learn Better Image Features", 2009.
 */
export function softsign(params?: Record<string, never>): Definition {
  return {
    name: 'softsign',
    params: withDefaults('softsign', params, {}),
    formula: '\\frac{x}{1 + |x|}',
    range: [-1, 1],
    bind: () => ({
      f: (x) => (Math.abs(x) === Number.POSITIVE_INFINITY ? Math.sign(x) : x / (1 + Math.abs(x))),
      derivative: (x) => 1 / (1 + Math.abs(x)) / (1 + Math.abs(x)),
    }),
  };
}
