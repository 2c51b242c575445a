import { checkNumber, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex } from '../activation/formula.js';
import { inPieces } from '../activation/loops.js';

/** The parameters of {@link threshold}. */
export interface ThresholdParams {
  /** Inputs above it pass; 0 by default. */
  threshold: number;
  /** What all other inputs give; 0 by default. */
  value: number;
}

/**
 * Passes what is above a threshold, and gives one value for all else.
 *
 *     f(x) = x        for x > threshold
 *            value    for x ≤ threshold
 *
 * The derivative at the threshold is 0. NaN gives NaN. PyTorch has no defaults; ours make it the ReLU.
 *
 * Source: PyTorch `Threshold`.
 */
export function threshold(params?: Partial<ThresholdParams>): Definition<ThresholdParams> {
  const bound = withDefaults('threshold', params, { threshold: 0, value: 0 });
  const { threshold, value } = bound;
  checkNumber('threshold', threshold);
  checkNumber('value', value);
  return {
    name: 'threshold',
    params: bound,
    formula: cases(`x & x > ${tex(threshold)}`, `${tex(value)} & x \\le ${tex(threshold)}`),
    range: [Math.min(threshold, value), Number.POSITIVE_INFINITY],
    kinks: [threshold],
    monotonic: value <= threshold,
    bind: ({ threshold, value }) => ({
      f: (x) => (x <= threshold ? value : x),
      derivative: (x) => (x > threshold ? 1 : x <= threshold ? 0 : Number.NaN),
    }),
    loops: inPieces(({ threshold, value }) => ({
      edges: [threshold],
      factor: [0, 1],
      constant: [value, -0],
      slopes: { edges: [threshold], factor: [0, 1] },
    })),
  };
}
