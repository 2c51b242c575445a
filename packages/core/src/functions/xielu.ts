import { checkNotNegative, checkPositive, withDefaults } from '../activation/arguments.js';
import { expm1MinusXSeries } from '../activation/coefficients.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex, times } from '../activation/formula.js';
import { polynomial, select } from '../activation/math.js';

/** The parameters of {@link xielu}. */
export interface XieluParams {
  /** Curvature for x > 0; 0.8 by default. Positive. */
  alphaP: number;
  /** Weight of the exponential for x ≤ 0; 0.8 by default. Positive. */
  alphaN: number;
  /** Slope at 0; 0.5 by default. Not negative. */
  beta: number;
}

/**
 * Expanded integral of the exponential linear unit.
 *
 *     f(x) = alphaP·x² + beta·x                    for x > 0
 *            alphaN·(exp(x) − 1 − x) + beta·x      for x ≤ 0
 *
 * f′(x) is 2·alphaP·x + beta above 0, and alphaN·(exp(x) − 1) + beta below and at it. alphaP and alphaN are the weights themselves;
 * transformers learns softplus⁻¹(alphaP) and softplus⁻¹(alphaN − beta). It also takes min(x, −1e-6) for the exponential's x, so that
 * there f(0) is −8e-7; here the difference keeps its digits without that.
 *
 * Throws RangeError for a parameter outside of its range.
 *
 * Source: Huang, Schlag, "Deriving Activation Functions Using Integration", 2024; transformers `xielu`, the activation of Apertus.
 */
export function xielu(params?: Partial<XieluParams>): Definition<XieluParams> {
  const bound = withDefaults('xielu', params, { alphaP: 0.8, alphaN: 0.8, beta: 0.5 });
  const { alphaP, alphaN, beta } = bound;
  checkPositive('alphaP', alphaP);
  checkPositive('alphaN', alphaN);
  checkNotNegative('beta', beta);
  const line = beta === 0 ? '' : ` + ${times(beta, 'x')}`;
  const weight = alphaN === 1 ? '' : `${tex(alphaN)}\\,`;
  return {
    name: 'xielu',
    params: bound,
    formula: cases(`${times(alphaP, 'x^2')}${line} & x > 0`, `${weight}(e^x - 1 - x)${line} & x \\le 0`),
    range: [lowestOf(bound), Number.POSITIVE_INFINITY],
    monotonic: beta >= alphaN,
    bind: (own) => ({ f: (x) => xieluOf(x, own), derivative: (x) => xieluDerivative(x, own) }),
  };
}

/** f falls without end towards −∞ for beta > alphaN, to −alphaN where they are equal; else f′ is 0 at ln(1 − beta/alphaN). */
function lowestOf(params: XieluParams): number {
  const { alphaN, beta } = params;
  if (beta > alphaN) return Number.NEGATIVE_INFINITY;
  return beta === alphaN ? -alphaN : xieluOf(Math.log1p(-beta / alphaN), params);
}

function xieluOf(x: number, { alphaP, alphaN, beta }: XieluParams): number {
  if (x < -1) {
    const slope = beta - alphaN; // 0·∞ is no part of the sum
    return alphaN * Math.expm1(x) + (slope === 0 ? 0 : slope * x);
  }
  // (exp(x) − 1 − x)/x² from its series: their difference would lose the digits of a small x.
  const weight = select(x > 0, alphaP, alphaN * polynomial(expm1MinusXSeries, 2 * x + 1));
  return x * (weight * x + beta);
}

function xieluDerivative(x: number, { alphaP, alphaN, beta }: XieluParams): number {
  const p = alphaP * x;
  // Far below 0 what is left may be exp(x) alone, which expm1 has lost.
  return x < -1 ? alphaN * Math.exp(x) + (beta - alphaN) : (x > 0 ? p + p : alphaN * Math.expm1(x)) + beta;
}
