import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { xMinusTanh } from '../activation/math.js';

/**
 * What tanh takes away.
 *
 *     f(x) = x − tanh x,  f′(x) = tanh² x
 *
 * Near 0, where the difference would cancel, a polynomial gives x³/3 − 2x⁵/15 + … to full precision.
 *
 * Source: PyTorch `Tanhshrink`, Keras `tanh_shrink`.
 */
export function tanhShrink(params?: Record<string, never>): Definition {
  return {
    name: 'tanh_shrink',
    params: withDefaults('tanh_shrink', params, {}),
    formula: 'x - \\tanh x',
    bind: () => ({ f: xMinusTanh, derivative: (x) => Math.tanh(x) ** 2 }),
  };
}
