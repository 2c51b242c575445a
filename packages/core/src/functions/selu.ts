import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases } from '../activation/formula.js';

/** λ and α of the paper, for which mean 0 and variance 1 are a fixed point. */
export const SELU_SCALE = 1.0507009873554805;
/** The α of SELU; its λ is 1.0507009873554805. */
export const SELU_ALPHA = 1.6732632423543772;
const scaleAlpha = 1.7580993408473768; // λα, rounded once

/**
 * Scaled exponential linear unit, which keeps activations near mean 0 and variance 1.
 *
 *     f(x) = λ·x                  for x > 0,    λ = 1.0507009873554805
 *            λα·(exp(x) − 1)      for x ≤ 0,    α = 1.6732632423543772
 *
 * The derivative at 0 is λα, as in PyTorch.
 *
 * Source: Klambauer, Unterthiner, Mayr, Hochreiter, "Self-Normalizing Neural Networks", 2017.
 */
export function selu(params?: Record<string, never>): Definition {
  return {
    name: 'selu',
    params: withDefaults('selu', params, {}),
    formula: cases('\\lambda x & x > 0', '\\lambda\\alpha (e^{x} - 1) & x \\le 0'),
    range: [-scaleAlpha, Number.POSITIVE_INFINITY],
    kinks: [0],
    gain: 3 / 4,
    bind: () => ({
      f: (x) => (x > 0 ? SELU_SCALE * x : scaleAlpha * Math.expm1(x)),
      derivative: (x) => (x > 0 ? SELU_SCALE : scaleAlpha * Math.exp(x)),
    }),
  };
}
