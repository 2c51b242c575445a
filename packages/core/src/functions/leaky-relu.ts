import { checkNumber, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { leakyFormula, leakyLoops, leakyPair, leakyTraits } from './leaky-family.js';

/** The parameters of {@link leakyRelu}. */
export interface LeakyReluParams {
  /** Slope for x < 0: the tutorial's A, Keras 2's and tfjs's `alpha`. Any finite number; 0.01 by default. */
  negativeSlope: number;
}

/**
 * Leaky rectified linear unit: passes what is positive, scales what is negative.
 *
 *     f(x) = x                  for x ≥ 0
 *            negativeSlope·x    for x < 0
 *
 * The branch is chosen by x, not by max, so slopes above 1 and below 0 are right. NaN gives NaN and −0 stays −0. A slope of 0
 * is relu itself: 0 at −∞ too. The derivative at 0 is the slope, as in PyTorch, tfjs and Keras on torch (Keras on JAX takes 1).
 * The default slope 0.01 is that of the paper, PyTorch, ONNX and JAX; the Keras and tfjs layers default to 0.3,
 * `tf.leakyRelu` to 0.2.
 *
 * Throws TypeError for an unknown parameter or a slope that is no number, RangeError for one that is not finite.
 *
 * Source: Maas, Hannun, Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013.
 */
export function leakyRelu(params?: Partial<LeakyReluParams>): Definition<LeakyReluParams> {
  const bound = withDefaults('leaky_relu', params, { negativeSlope: 0.01 });
  const { negativeSlope } = bound;
  checkNumber('negativeSlope', negativeSlope);
  return {
    name: 'leaky_relu',
    params: bound,
    formula: leakyFormula(negativeSlope),
    ...leakyTraits(negativeSlope),
    bind: leakyPair,
    loops: leakyLoops,
  };
}
