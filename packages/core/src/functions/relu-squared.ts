import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases } from '../activation/formula.js';
import { select } from '../activation/math.js';

/**
 * Squared rectified linear unit.
 *
 *     f(x) = x²    for x > 0
 *            0     for x ≤ 0
 *
 * The derivative is 2x above 0, and 0 at 0.
 *
 * Source: So et al., "Primer: Searching for Efficient Transformers for Language Modeling", 2021; transformers `relu2`.
 */
export function reluSquared(params?: Record<string, never>): Definition {
  return {
    name: 'relu_squared',
    params: withDefaults('relu_squared', params, {}),
    formula: cases('x^2 & x > 0', '0 & x \\le 0'),
    range: [0, Number.POSITIVE_INFINITY],
    bind: () => ({
      f: (x) => select(x <= 0, 0, x * x),
      derivative: (x) => select(x <= 0, 0, x + x),
    }),
  };
}
