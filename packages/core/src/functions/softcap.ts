import { checkPositive, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex } from '../activation/formula.js';
import { expOfQuotient } from '../activation/math.js';

/** The parameters of {@link softcap}. */
export interface SoftcapParams {
  /** The bound that f approaches; 30 by default, as for the last logits of Gemma 2, whose attention takes 50. Positive. */
  cap: number;
}

/**
 * Soft cap of logits: the identity near 0, bent to stay between −cap and cap.
 *
 *     f(x) = cap·tanh(x/cap),  f′(x) = 1/cosh²(x/cap)
 *
 * Throws RangeError for a cap that is not positive and finite.
 *
 * Source: Bello et al., "Neural Combinatorial Optimization with Reinforcement Learning", 2016; Gemma Team, "Gemma 2", 2024.
 */
export function softcap(params?: Partial<SoftcapParams>): Definition<SoftcapParams> {
  const bound = withDefaults('softcap', params, { cap: 30 });
  const { cap } = bound;
  checkPositive('cap', cap);
  return {
    name: 'softcap',
    params: bound,
    formula: cap === 1 ? '\\tanh x' : `${tex(cap)}\\,\\tanh\\frac{x}{${tex(cap)}}`,
    range: [-cap, cap],
    bind: ({ cap }) => ({ f: (x) => softcapOf(x, cap), derivative: (x) => softcapDerivative(x, cap) }),
  };
}

/** cap·tanh(x/cap); near 0 that is x, whose quotient may be subnormal. */
function softcapOf(x: number, cap: number): number {
  const z = x / cap;
  return Math.abs(z) < 2 ** -28 ? x : cap * Math.tanh(z);
}

/** 1/cosh²(x/cap) */
function softcapDerivative(x: number, cap: number): number {
  const e = expOfQuotient(-2 * Math.abs(x), cap);
  return (4 * e) / (1 + e) / (1 + e);
}
