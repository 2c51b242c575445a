import { checkNumber, checkPositive, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex, times } from '../activation/formula.js';
import { log1pExpOfProduct, logisticOfProduct } from '../activation/math.js';

/** The parameters of {@link softplus}. */
export interface SoftplusParams {
  /** Steepness; 1 by default. Positive. */
  beta: number;
  /** Above beta·x = threshold f is x itself; null (the default) for never. PyTorch's default is 20. */
  threshold: number | null;
}

/**
 * Softplus, the smooth ReLU.
 *
 *     f(x) = log(1 + exp(beta·x))/beta    for beta·x ≤ threshold
 *            x                            above
 *
 * Evaluated as max(z, 0) + log1p(exp(−|z|)), it neither overflows nor loses the digits of small values, so the threshold is
 * there only for those who must equal PyTorch: it makes f jump by 2e-9 at 20. f′(x) = σ(beta·x), or 1 above it.
 *
 * Throws RangeError for a beta that is not positive and finite, or a threshold that is not finite.
 *
 * Source: Dugas et al., "Incorporating Second-Order Functional Knowledge for Better Option Pricing", 2000; PyTorch `Softplus`.
 */
export function softplus(params?: Partial<SoftplusParams>): Definition<SoftplusParams> {
  const defaults: SoftplusParams = { beta: 1, threshold: null };
  const bound = withDefaults('softplus', params, defaults);
  checkPositive('beta', bound.beta);
  if (bound.threshold !== null) checkNumber('threshold', bound.threshold);
  const smooth = `${bound.beta === 1 ? '' : `\\tfrac{1}{${tex(bound.beta)}}`}\\ln(1 + e^{${times(bound.beta, 'x')}})`;
  return {
    name: 'softplus',
    params: bound,
    formula: smooth,
    range: [0, Number.POSITIVE_INFINITY],
    kinks: bound.threshold === null ? [] : [bound.threshold / bound.beta],
    bind: ({ beta, threshold }) => {
      const limit = threshold ?? Number.POSITIVE_INFINITY;
      return {
        f: (x) => (beta * x > limit ? x : log1pExpOfProduct(beta, x) / beta),
        derivative: (x) => (beta * x > limit ? 1 : logisticOfProduct(beta, x)),
      };
    },
  };
}
