import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { sech2 } from '../activation/math.js';

/**
 * Hyperbolic tangent.
 *
 *     f(x) = tanh x,  f′(x) = 1/cosh² x
 *
 * The derivative keeps its digits where 1 − tanh² x has none left.
 *
 * Source: Keras and PyTorch `tanh`.
 */
export function tanh(params?: Record<string, never>): Definition {
  return {
    name: 'tanh',
    params: withDefaults('tanh', params, {}),
    formula: '\\tanh x',
    range: [-1, 1],
    gain: 5 / 3,
    bind: () => ({ f: Math.tanh, derivative: sech2 }),
  };
}
