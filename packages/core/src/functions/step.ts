import { checkNumber, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex } from '../activation/formula.js';
import { inPieces } from '../activation/loops.js';

/** The parameters of {@link step}. */
export interface StepParams {
  /** The value for x ≤ 0; 0 by default. */
  alpha: number;
}

/**
 * Unit step: 1 for what is positive, alpha for all else.
 *
 *     f(x) = 1        for x > 0
 *            alpha    for x ≤ 0
 *
 * The derivative is 0 everywhere. NaN gives NaN. `step({ alpha: slope })` of a leaky ReLU's output is its derivative.
 *
 * Source: tfjs `tf.step`.
 */
export function step(params?: Partial<StepParams>): Definition<StepParams> {
  const bound = withDefaults('step', params, { alpha: 0 });
  const { alpha } = bound;
  checkNumber('alpha', alpha);
  return {
    name: 'step',
    params: bound,
    formula: cases('1 & x > 0', `${tex(alpha)} & x \\le 0`),
    range: [Math.min(alpha, 1), Math.max(alpha, 1)],
    kinks: [0],
    monotonic: alpha <= 1,
    bind: ({ alpha }) => ({
      f: (x) => (x > 0 ? 1 : x <= 0 ? alpha : x),
      derivative: (x) => (Number.isNaN(x) ? x : 0),
    }),
    loops: inPieces(({ alpha }) => ({
      edges: [0],
      factor: [0, 0],
      constant: [alpha, 1],
      slopes: { edges: [], factor: [0] },
    })),
  };
}
