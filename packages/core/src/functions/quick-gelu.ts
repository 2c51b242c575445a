import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { siluDerivative, siluOf } from '../activation/math.js';

const beta = 1.702;

/**
 * Approximation of GELU by the sigmoid: `silu` with a beta of 1.702.
 *
 *     f(x) = x·σ(1.702·x)
 *
 * f(−∞) is 0.
 *
 * Source: Hendrycks, Gimpel, "Gaussian Error Linear Units (GELUs)", 2016; transformers `quick_gelu`, the activation of CLIP.
 */
export function quickGelu(params?: Record<string, never>): Definition {
  return {
    name: 'quick_gelu',
    params: withDefaults('quick_gelu', params, {}),
    formula: `x\\,\\sigma(${beta}\\,x)`,
    range: [-0.2784645427610738 / beta, Number.POSITIVE_INFINITY],
    monotonic: false,
    bind: () => ({ f: (x) => siluOf(x, beta), derivative: (x) => siluDerivative(x, beta) }),
  };
}
