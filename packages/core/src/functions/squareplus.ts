import { checkNotNegative, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex } from '../activation/formula.js';
import { squareplusDerivative, squareplusOf } from '../activation/math.js';

/** The parameters of {@link squareplus}. */
export interface SquareplusParams {
  /** How round the corner is: f(0) = √b/2; 4 by default. Not negative. */
  b: number;
}

/**
 * Squareplus, an algebraic softplus.
 *
 *     f(x) = (x + √(x² + b))/2
 *
 * For x < 0 it is evaluated as b/(2·(√(x² + b) − x)), which does not cancel. f′(x) = f(x)/√(x² + b).
 *
 * Throws RangeError for a b that is negative or not finite.
 *
 * Source: Barron, "Squareplus: A Softplus-Like Algebraic Rectifier", 2021; Keras `squareplus`.
 */
export function squareplus(params?: Partial<SquareplusParams>): Definition<SquareplusParams> {
  const bound = withDefaults('squareplus', params, { b: 4 });
  const { b } = bound;
  checkNotNegative('b', b);
  return {
    name: 'squareplus',
    params: bound,
    formula: `\\tfrac{1}{2}\\left(x + \\sqrt{x^2 + ${tex(b)}}\\right)`,
    range: [0, Number.POSITIVE_INFINITY],
    kinks: b === 0 ? [0] : [],
    bind: ({ b }) => ({ f: (x) => squareplusOf(x, b), derivative: (x) => squareplusDerivative(x, b) }),
  };
}
