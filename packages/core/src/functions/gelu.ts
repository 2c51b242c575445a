import { show, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import type { Pair } from '../activation/loops.js';
import { geluOf, normalCdf, normalDensity, tanhGelu, tanhGeluDerivative } from '../activation/math.js';

/** The parameters of {@link gelu}. */
export interface GeluParams {
  /** 'none' (the default) is exact, by erf; 'tanh' is the approximation. */
  approximate: 'none' | 'tanh';
}

/**
 * Gaussian error linear unit.
 *
 *     f(x) = x·Φ(x) = x/2·(1 + erf(x/√2))                          approximate: 'none'
 *            x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))              approximate: 'tanh'
 *
 * f(−∞) is 0. Keras, PyTorch and ONNX default to the exact form as we do; Keras's booleans true and false are taken as
 * 'tanh' and 'none' by `activation`.
 *
 * Throws TypeError or RangeError for another value of `approximate`.
 *
 * Source: Hendrycks, Gimpel, "Gaussian Error Linear Units (GELUs)", 2016.
 */
export function gelu(params?: Partial<GeluParams>): Definition<GeluParams> {
  const defaults: GeluParams = { approximate: 'none' };
  const bound = withDefaults('gelu', params, defaults);
  const { approximate } = bound;
  checkApproximate(approximate);
  const exact = approximate === 'none';
  return {
    name: 'gelu',
    params: bound,
    formula: exact
      ? '\\tfrac{x}{2}\\left(1 + \\operatorname{erf}(x/\\sqrt{2})\\right)'
      : '\\tfrac{x}{2}\\left(1 + \\tanh\\left(\\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)\\right)\\right)',
    range: [exact ? -0.16997120747990366 : -0.17004075057125406, Number.POSITIVE_INFINITY],
    monotonic: false,
    bind: () => geluPair(approximate),
  };
}

export function checkApproximate(approximate: unknown): asserts approximate is GeluParams['approximate'] {
  if (typeof approximate !== 'string')
    throw new TypeError(
      `approximate must be a string, "none" or "tanh", got ${show(approximate)}; Keras's true is "tanh"`,
    );
  if (approximate !== 'none' && approximate !== 'tanh')
    throw new RangeError(`approximate must be "none" or "tanh", got ${show(approximate)}`);
}

export const geluPair = (approximate: GeluParams['approximate']): Pair =>
  approximate === 'none'
    ? {
        f: (x) => geluOf(x),
        derivative: (x) => (Math.abs(x) > 40 ? Number(x > 0) : normalCdf(x) + x * normalDensity(x)),
      }
    : { f: tanhGelu, derivative: tanhGeluDerivative };
