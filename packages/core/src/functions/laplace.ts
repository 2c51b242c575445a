import { checkNumber, checkPositive, show, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex } from '../activation/formula.js';
import { shiftedNormalCdf, shiftedNormalDensity } from '../activation/math.js';

/** The parameters of {@link laplace}. */
export interface LaplaceParams {
  /** Where f is 1/2; 0.707107 by default. */
  mu: number;
  /** Width; 0.282095 by default. From 1e-30 to 1e30. */
  sigma: number;
}

/**
 * The Laplace function of MEGA: a normal distribution function that was fitted to the squared ReLU.
 *
 *     f(x) = Φ(z) = (1 + erf(z/√2))/2,  z = (x − mu)/sigma
 *     f′(x) = φ(z)/sigma = exp(−z²/2)/(√(2π)·sigma)
 *
 * The defaults are transformers': the paper's √(1/2) and √(1/(4π)) to six decimals.
 *
 * Throws RangeError for a mu that is not finite, or a sigma outside of its range.
 *
 * Source: Ma et al., "Mega: Moving Average Equipped Gated Attention", 2022; transformers `laplace`.
 */
export function laplace(params?: Partial<LaplaceParams>): Definition<LaplaceParams> {
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: transformers has these six digits
  const bound = withDefaults('laplace', params, { mu: 0.707107, sigma: 0.282095 });
  const { mu, sigma } = bound;
  checkNumber('mu', mu);
  checkPositive('sigma', sigma);
  if (sigma < 1e-30 || sigma > 1e30)
    throw new RangeError(`sigma must be from 1e-30 to 1e30, got ${show(sigma)}`);
  const moved = mu === 0 ? 'x' : `x ${mu < 0 ? '+' : '-'} ${tex(Math.abs(mu))}`;
  return {
    name: 'laplace',
    params: bound,
    formula: `\\tfrac{1}{2}\\left(1 + \\operatorname{erf}\\frac{${moved}}{${tex(sigma)}\\sqrt{2}}\\right)`,
    range: [0, 1],
    bind: ({ mu, sigma }) => ({
      f: (x) => shiftedNormalCdf(x, mu, sigma),
      derivative: (x) => shiftedNormalDensity(x, mu, sigma),
    }),
  };
}
