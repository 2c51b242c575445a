import { checkPositive, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { times } from '../activation/formula.js';
import { siluDerivative, siluOf } from '../activation/math.js';

/** The parameters of {@link silu}. */
export interface SiluParams {
  /** Steepness of the sigmoid; 1 by default. Positive. */
  beta: number;
}

/**
 * Sigmoid linear unit, with β also known as swish.
 *
 *     f(x) = x·σ(beta·x) = x/(1 + exp(−beta·x))
 *
 * f(−∞) is 0 for beta > 0.
 *
 * Throws RangeError for a beta that is not positive and finite.
 *
 * Source: Elfwing, Uchibe, Doya, "Sigmoid-Weighted Linear Units", 2017; Ramachandran, Zoph, Le, "Searching for Activation
 * Functions", 2017.
 */
export function silu(params?: Partial<SiluParams>): Definition<SiluParams> {
  const bound = withDefaults('silu', params, { beta: 1 });
  const { beta } = bound;
  checkPositive('beta', beta);
  return {
    name: 'silu',
    params: bound,
    formula: `x\\,\\sigma(${times(beta, 'x')})`,
    range: [-0.2784645427610738 / beta, Number.POSITIVE_INFINITY],
    monotonic: false,
    bind: ({ beta }) => ({ f: (x) => siluOf(x, beta), derivative: (x) => siluDerivative(x, beta) }),
  };
}
