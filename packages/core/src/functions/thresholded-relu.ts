import { checkNotNegative, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex } from '../activation/formula.js';
import { inPieces } from '../activation/loops.js';

/** The parameters of {@link thresholdedRelu}. */
export interface ThresholdedReluParams {
  /** Inputs above it pass; 1 by default, as ONNX and Keras 2. Not negative. */
  theta: number;
}

/**
 * Passes what is above a threshold, and gives 0 for all else.
 *
 *     f(x) = x    for x > theta
 *            0    for x ≤ theta
 *
 * The derivative at theta is 0. NaN gives NaN. Unlike Keras's `ReLU(threshold)` it is what ONNX and Keras 2 call ThresholdedReLU.
 *
 * Throws RangeError for a theta that is negative or not finite.
 *
 * Source: Konda, Memisevic, Krueger, "Zero-bias autoencoders and the benefits of co-adapting features", 2014.
 */
export function thresholdedRelu(params?: Partial<ThresholdedReluParams>): Definition<ThresholdedReluParams> {
  const bound = withDefaults('thresholded_relu', params, { theta: 1 });
  const { theta } = bound;
  checkNotNegative('theta', theta);
  return {
    name: 'thresholded_relu',
    params: bound,
    formula: cases(`x & x > ${tex(theta)}`, `0 & x \\le ${tex(theta)}`),
    range: [0, Number.POSITIVE_INFINITY],
    kinks: [theta],
    bind: ({ theta }) => ({
      f: (x) => (x <= theta ? 0 : x),
      derivative: (x) => (x > theta ? 1 : x <= theta ? 0 : Number.NaN),
    }),
    loops: inPieces(({ theta }) => ({
      edges: [theta],
      factor: [0, 1],
      constant: [0, -0],
      slopes: { edges: [theta], factor: [0, 1] },
    })),
  };
}
