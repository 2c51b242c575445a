import { checkPositive, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex, times } from '../activation/formula.js';
import { productError } from '../activation/math.js';

/** The parameters of {@link snake}. */
export interface SnakeParams {
  /** Frequency of the wave; 1 by default. Positive. */
  alpha: number;
}

/**
 * A line with a wave, for what repeats itself, as sound does.
 *
 *     f(x) = x + sin²(alpha·x)/alpha,  f′(x) = 1 + sin(2·alpha·x)
 *
 * From |alpha·x| = 2⁵⁰ on neighbouring numbers are so far apart that they say nothing about where in the wave they are: the sine
 * counts there by its means, sin² as 1/2 and sin as 0.
 *
 * Throws RangeError for an alpha that is not positive and finite.
 *
 * Source: Ziyin, Hartwig, Ueda, "Neural Networks Fail to Learn Periodic Functions and How to Fix It", 2020; BigVGAN, DAC.
 */
export function snake(params?: Partial<SnakeParams>): Definition<SnakeParams> {
  const bound = withDefaults('snake', params, { alpha: 1 });
  const { alpha } = bound;
  checkPositive('alpha', alpha);
  return {
    name: 'snake',
    params: bound,
    formula: `x + ${alpha === 1 ? '' : `\\tfrac{1}{${tex(alpha)}}`}\\sin^2(${times(alpha, 'x')})`,
    bind: ({ alpha }) => ({
      f: (x) => snakeOf(x, alpha),
      derivative: (x) => snakeDerivative(x, alpha),
    }),
  };
}

/** From this |alpha·x| on, `snake` takes the sine's means. */
const SNAKE_LIMIT = 2 ** 50;

/** sin(a + b) for a tiny b. */
const sineOfSum = (a: number, b: number): number =>
  b === 0 ? Math.sin(a) : Math.sin(a) * Math.cos(b) + Math.cos(a) * Math.sin(b);

function snakeOf(x: number, alpha: number): number {
  const z = alpha * x;
  if (!(Math.abs(z) < SNAKE_LIMIT)) return x + 0.5 / alpha;
  const s = sineOfSum(z, productError(alpha, x, z));
  return x + (s * s) / alpha;
}

function snakeDerivative(x: number, alpha: number): number {
  const z = alpha * x;
  if (!(Math.abs(z) < SNAKE_LIMIT)) return Number.isNaN(x) ? x : 1;
  return 1 + sineOfSum(2 * z, 2 * productError(alpha, x, z));
}
