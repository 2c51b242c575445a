import { checkPositive, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex, times } from '../activation/formula.js';
import { expOfQuotient } from '../activation/math.js';

/** The parameters of {@link celu}. */
export interface CeluParams {
  /** −f(−∞); 1 by default. Positive. */
  alpha: number;
}

/**
 * Continuously differentiable exponential linear unit.
 *
 *     f(x) = x                             for x > 0
 *            alpha·(exp(x/alpha) − 1)      for x ≤ 0
 *
 * Throws RangeError for an alpha that is not positive and finite (frameworks give NaN or a negative slope there).
 *
 * Source: Barron, "Continuously Differentiable Exponential Linear Units", 2017.
 */
export function celu(params?: Partial<CeluParams>): Definition<CeluParams> {
  const bound = withDefaults('celu', params, { alpha: 1 });
  const { alpha } = bound;
  checkPositive('alpha', alpha);
  return {
    name: 'celu',
    params: bound,
    formula: cases(
      'x & x > 0',
      `${times(alpha, `(e^{${alpha === 1 ? 'x' : `x/${tex(alpha)}`}} - 1)`)} & x \\le 0`,
    ),
    range: [-alpha, Number.POSITIVE_INFINITY],
    bind: ({ alpha }) => ({
      f(x) {
        const z = x / alpha;
        // So near 0 f is x, and z may be subnormal, which has lost digits.
        return z > -(2 ** -54) ? x : alpha * Math.expm1(z);
      },
      derivative: (x) => (x > 0 ? 1 : expOfQuotient(x, alpha)),
    }),
  };
}
