import { checkNotNegative, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex } from '../activation/formula.js';
import { before, inPieces } from '../activation/loops.js';

/** The parameters of {@link hardShrink}. */
export interface HardShrinkParams {
  /** Half the width of the flat part; 0.5 by default. Not negative. */
  lambda: number;
}

/**
 * Passes what is far from 0, and gives 0 for what is near.
 *
 *     f(x) = x    for x > lambda or x < −lambda
 *            0    otherwise
 *
 * The derivative at ±lambda is 0. NaN gives NaN.
 *
 * Throws RangeError for a lambda that is negative or not finite.
 *
 * Source: PyTorch `Hardshrink`, Keras `hard_shrink` (there `threshold`), ONNX `Shrink` with bias 0.
 */
export function hardShrink(params?: Partial<HardShrinkParams>): Definition<HardShrinkParams> {
  const bound = withDefaults('hard_shrink', params, { lambda: 0.5 });
  const { lambda } = bound;
  checkNotNegative('lambda', lambda);
  return {
    name: 'hard_shrink',
    params: bound,
    formula: cases(`x & |x| > ${tex(lambda)}`, '0 & \\text{otherwise}'),
    kinks: lambda === 0 ? [] : [-lambda, lambda],
    bind: ({ lambda }) => ({
      f: (x) => (x > lambda || x < -lambda ? x : x * 0),
      derivative: (x) => (x > lambda || x < -lambda ? 1 : x * 0 + 0),
    }),
    loops: inPieces(({ lambda }, single) => {
      const edges = [before(-lambda, single), lambda];
      return { edges, factor: [1, 0, 1], constant: [-0, -0, -0], slopes: { edges, factor: [1, 0, 1] } };
    }),
  };
}
