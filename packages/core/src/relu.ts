import { type Activation, createActivation } from './_activation.js';
import { checkNumber, withDefaults } from './_arguments.js';
import { cases, tex, times } from './_formula.js';
import { below, rectifier } from './_piecewise.js';

export interface ReluParams {
  /** Slope for x ≤ threshold; 0 by default. */
  negativeSlope: number;
  /** The largest value f takes above the threshold, or null for no limit (the default). Not negative. */
  maxValue: number | null;
  /** Where the function starts to pass its input; 0 by default. Not negative. */
  threshold: number;
}

/**
 * Rectified linear unit: passes what is positive, with the three parameters that Keras gives it.
 *
 *     f(x) = min(x, maxValue)                 for x > threshold
 *            negativeSlope·(x − threshold)    for x ≤ threshold
 *
 * f is 0 at x = threshold, as Keras computes it (its documentation says otherwise). The derivative is negativeSlope at the
 * threshold and 0 at maxValue, as in PyTorch's relu and relu6. NaN gives NaN; with threshold 0, −0 stays −0.
 *
 * Throws TypeError for an unknown parameter or a wrong kind, RangeError for a value outside the ranges above.
 *
 * Source: Nair, Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", 2010; Keras `ReLU`.
 */
export function relu(params?: Partial<ReluParams>): Activation<ReluParams> {
  const defaults: ReluParams = { negativeSlope: 0, maxValue: null, threshold: 0 };
  const bound = withDefaults('relu', params, defaults);
  const { negativeSlope: slope, maxValue, threshold } = bound;
  checkNumber('negativeSlope', slope);
  if (maxValue !== null) checkNumber('maxValue', maxValue, 'not negative');
  checkNumber('threshold', threshold, 'not negative');
  const edge = below(threshold);
  const moved = threshold === 0 ? 'x' : `(x - ${tex(threshold)})`;
  return createActivation({
    name: 'relu',
    params: bound,
    formula: cases(
      [maxValue === null ? 'x' : `\\min(x, ${tex(maxValue)})`, `x > ${tex(threshold)}`],
      [slope === 0 ? '0' : times(slope, moved), `x \\le ${tex(threshold)}`],
    ),
    f: (x) =>
      x <= edge
        ? slope === 0
          ? 0
          : slope * (x - threshold) + 0
        : maxValue !== null && x >= maxValue
          ? maxValue
          : x,
    derivative: (x) =>
      x > threshold ? (maxValue !== null && x >= maxValue ? 0 : 1) : x <= threshold ? slope : Number.NaN,
    kernels: rectifier(slope, maxValue, threshold),
  });
}
