import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases } from '../activation/formula.js';
import { select } from '../activation/math.js';

/**
 * Softplus that is 0 and x outside of −1…1, a parabola within.
 *
 *     f(x) = 0              for x ≤ −1
 *            (x + 1)²/4     for −1 < x < 1
 *            x              for x ≥ 1
 *
 * Source: Keras and JAX `sparse_plus`.
 */
export function sparsePlus(params?: Record<string, never>): Definition {
  return {
    name: 'sparse_plus',
    params: withDefaults('sparse_plus', params, {}),
    formula: cases('0 & x \\le -1', '\\tfrac{1}{4}(x + 1)^2 & -1 < x < 1', 'x & x \\ge 1'),
    range: [0, Number.POSITIVE_INFINITY],
    bind: () => ({
      f: (x) => select(x <= -1, 0, select(x < 1, 0.25 * (x + 1) * (x + 1), x)),
      derivative: (x) => (Number.isNaN(x) ? x : select(x <= -1, 0, select(x < 1, 0.5 * (x + 1), 1))),
    }),
  };
}
