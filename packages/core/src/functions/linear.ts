import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { inPieces } from '../activation/loops.js';

/**
 * Identity.
 *
 *     f(x) = x,  f′(x) = 1 (NaN at NaN)
 *
 * Source: Keras `linear`, PyTorch `Identity`.
 */
export function linear(params?: Record<string, never>): Definition {
  return {
    name: 'linear',
    params: withDefaults('linear', params, {}),
    formula: 'x',
    gain: 1,
    bind: () => ({ f: (x) => x, derivative: (x) => (Number.isNaN(x) ? x : 1) }),
    loops: inPieces(() => ({ edges: [], factor: [1], slopes: { edges: [], factor: [1] } })),
  };
}
