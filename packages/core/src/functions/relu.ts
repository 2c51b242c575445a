import { checkNotNegative, checkNumber, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases, tex, times } from '../activation/formula.js';
import { before, inPieces, type Pair, type Piecewise } from '../activation/loops.js';

/** The parameters of {@link relu}. */
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
export function relu(params?: Partial<ReluParams>): Definition<ReluParams> {
  const defaults: ReluParams = { negativeSlope: 0, maxValue: null, threshold: 0 };
  const bound = withDefaults('relu', params, defaults);
  const { negativeSlope: slope, maxValue, threshold } = bound;
  checkNumber('negativeSlope', slope);
  if (slope === 0) bound.negativeSlope = 0; // −0 is a slope of 0 in every kernel
  if (maxValue !== null) checkNotNegative('maxValue', maxValue);
  checkNotNegative('threshold', threshold);
  const limit = maxValue ?? Number.POSITIVE_INFINITY;
  const moved = threshold === 0 ? 'x' : `(x - ${tex(threshold)})`;
  return {
    name: 'relu',
    params: bound,
    formula: cases(
      `${maxValue === null ? 'x' : `\\min(x, ${tex(maxValue)})`} & x > ${tex(threshold)}`,
      `${slope === 0 ? '0' : times(slope, moved)} & x \\le ${tex(threshold)}`,
    ),
    range: [slope > 0 ? Number.NEGATIVE_INFINITY : 0, slope < 0 ? Number.POSITIVE_INFINITY : limit],
    kinks: maxValue === null || maxValue <= threshold ? [threshold] : [threshold, maxValue],
    monotonic: slope >= 0,
    // What calculate_gain says of relu and of leaky_relu.
    gain: maxValue === null && threshold === 0 ? Math.sqrt(2 / (1 + slope * slope)) : null,
    bind: reluPair,
    loops: inPieces(reluPieces),
  };
}

/** The largest x that counts as below: the threshold, but for threshold 0 only what is negative, so that −0 stays −0. */
const edgeOf = (threshold: number, single: boolean): number =>
  threshold === 0 ? before(0, single) : threshold;

export const reluPair = ({ negativeSlope: slope, maxValue, threshold }: ReluParams): Pair => {
  const edge = edgeOf(threshold, false);
  return {
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
  };
};

export const reluPieces = (
  { negativeSlope: slope, maxValue, threshold }: ReluParams,
  single: boolean,
): Piecewise => {
  const edge = edgeOf(threshold, single);
  const limits = maxValue === null ? [] : [before(maxValue, single)];
  return {
    edges: [edge, ...limits.map((limit) => Math.max(limit, edge))],
    factor: [slope, 1, 0],
    ...(threshold !== 0 && { shift: [threshold, 0, 0] }),
    constant: [0, -0, maxValue ?? 0],
    ...(slope === 0 && threshold === 0 && maxValue !== 0 && { clamp: [0, maxValue ?? Infinity] as const }),
    slopes: {
      edges: [threshold, ...limits.map((limit) => Math.max(limit, threshold))],
      factor: [slope, 1, 0],
    },
  };
};
