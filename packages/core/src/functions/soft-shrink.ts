import { checkNotNegative, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex } from '../activation/formula.js';
import { before, inPieces } from '../activation/loops.js';

/** The parameters of {@link softShrink}. */
export interface SoftShrinkParams {
  /** Half the width of the flat part; 0.5 by default. Not negative. */
  lambda: number;
}

/**
 * Moves every input towards 0 by lambda, and gives 0 for what is nearer than that.
 *
 *     f(x) = x − lambda    for x > lambda
 *            x + lambda    for x < −lambda
 *            0             otherwise
 *
 * The derivative at ±lambda is 0. NaN gives NaN.
 *
 * Throws RangeError for a lambda that is negative or not finite.
 *
 * Source: PyTorch `Softshrink`, Keras `soft_shrink` (there `threshold`), ONNX `Shrink` with bias = lambda.
 */
export function softShrink(params?: Partial<SoftShrinkParams>): Definition<SoftShrinkParams> {
  const bound = withDefaults('soft_shrink', params, { lambda: 0.5 });
  const { lambda } = bound;
  checkNotNegative('lambda', lambda);
  return {
    name: 'soft_shrink',
    params: bound,
    formula: cases(
      `x - ${tex(lambda)} & x > ${tex(lambda)}`,
      `x + ${tex(lambda)} & x < ${tex(-lambda)}`,
      '0 & \\text{otherwise}',
    ),
    kinks: lambda === 0 ? [] : [-lambda, lambda],
    bind: ({ lambda }) => ({
      f: (x) => (x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0),
      derivative: (x) => (x > lambda || x < -lambda ? 1 : x * 0 + 0),
    }),
    loops: inPieces(({ lambda }, single) => {
      const edges = [before(-lambda, single), lambda];
      return {
        edges,
        factor: [1, 0, 1],
        shift: [-lambda, 0, lambda],
        constant: [-0, -0, -0],
        slopes: { edges, factor: [1, 0, 1] },
      };
    }),
  };
}
