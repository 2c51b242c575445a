import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { sech2 } from '../activation/math.js';

/**
 * Linearly scaled hyperbolic tangent.
 *
 *     f(x) = x·tanh x,  f′(x) = tanh x + x/cosh² x
 *
 * f(±∞) is ∞: an even function, near to |x| but smooth.
 *
 * Source: Roy, Manna, Dubey, Chaudhuri, "LiSHT: Non-Parametric Linearly Scaled Hyperbolic Tangent Activation Function for Neural
 * Networks", 2019; TensorFlow Addons `lisht`.
 */
export function lisht(params?: Record<string, never>): Definition {
  return {
    name: 'lisht',
    params: withDefaults('lisht', params, {}),
    formula: 'x \\tanh x',
    range: [0, Number.POSITIVE_INFINITY],
    monotonic: false,
    bind: () => ({ f: (x) => x * Math.tanh(x), derivative: lishtDerivative }),
  };
}

/** tanh x + x/cosh² x */
function lishtDerivative(x: number): number {
  const own = Math.max(Math.min(x, 400), -400); // beyond, 1/cosh² is so small that x times it does not count
  return Math.tanh(own) + own * sech2(own) + 0; // of −0 too it is 0
}
