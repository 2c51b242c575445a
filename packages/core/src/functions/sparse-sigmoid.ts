import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases } from '../activation/formula.js';
import { before, inPieces } from '../activation/loops.js';

/**
 * Sigmoid that is 0 and 1 outside of −1…1, a straight line within.
 *
 *     f(x) = min(max((x + 1)/2, 0), 1)
 *
 * The derivative at ±1 is 0. NaN gives NaN.
 *
 * Source: Martins, Astudillo, "From Softmax to Sparsemax", 2016; Keras `sparse_sigmoid`.
 */
export function sparseSigmoid(params?: Record<string, never>): Definition {
  return {
    name: 'sparse_sigmoid',
    params: withDefaults('sparse_sigmoid', params, {}),
    formula: cases('0 & x \\le -1', '\\tfrac{1}{2}(x + 1) & -1 < x < 1', '1 & x \\ge 1'),
    range: [0, 1],
    kinks: [-1, 1],
    bind: () => ({
      f: (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1)),
      derivative: (x) => (x > -1 && x < 1 ? 0.5 : Number.isNaN(x) ? x : 0),
    }),
    loops: inPieces((_, single) => {
      const edges = [-1, before(1, single)];
      return {
        edges,
        factor: [0, 0.5, 0],
        shift: [0, -1, 0],
        constant: [0, -0, 1],
        slopes: { edges, factor: [0, 0.5, 0] },
      };
    }),
  };
}
