import { checkNumber, type FloatArray, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { leakyFormula, leakyLoops, leakyPair, leakyTraits } from './leaky-family.js';
import { createPreluPerChannel, jsPrelu, type PreluPerChannel, slopeGradient } from './prelu-per-channel.js';

export type { PreluPerChannel };

/** The parameters of {@link prelu}. */
export interface PreluParams {
  /** The learned slope for x < 0; starts at 0.25, as PyTorch (Keras and tfjs start at 0). Any finite number. */
  negativeSlope: number;
}

/**
 * Parametric rectified linear unit with one slope; `preluPerChannel` has one for each channel.
 *
 *     f(x) = x                  for x ≥ 0
 *            negativeSlope·x    for x < 0
 *
 * As `leakyRelu`, derivative at 0 and all (Keras on torch takes 0 there); `preluSlopeGradient` is the gradient for the slope.
 *
 * Source: He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015.
 */
export function prelu(params?: Partial<PreluParams>): Definition<PreluParams> {
  const bound = withDefaults('prelu', params, { negativeSlope: 0.25 });
  const { negativeSlope } = bound;
  checkNumber('negativeSlope', negativeSlope);
  return {
    name: 'prelu',
    params: bound,
    formula: leakyFormula(negativeSlope),
    ...leakyTraits(negativeSlope),
    gain: null,
    bind: leakyPair,
    loops: leakyLoops,
  };
}

/**
 * Gradient of the loss for PReLU's slope: Σ dy[i]·x[i] over x[i] < 0, summed in float64 (pairs of partial sums, the same bits in
 * every entry); a NaN in x makes it NaN.
 *
 * Does not depend on the slope. Throws TypeError or RangeError for arrays that do not fit each other.
 */
export function preluSlopeGradient<A extends FloatArray>(x: A, dy: A): number {
  return slopeGradient(x, dy, jsPrelu);
}

/**
 * PReLU with one slope for each channel of an array that is [outer, channels, inner].
 *
 * `innerSize` is the number of elements of a channel that lie together: 1 (the default) when channels are the last axis, as
 * in Keras and tfjs; height·width for PyTorch's and ONNX's [batch, channels, height, width]. The slopes are read at each call,
 * so an optimiser may update them in place. Outputs may not share memory with them.
 *
 * Throws TypeError or RangeError for arrays that do not fit, such as an x whose length is no multiple of channels·innerSize.
 */
export function preluPerChannel(slopes: FloatArray, innerSize = 1): PreluPerChannel {
  return createPreluPerChannel(slopes, innerSize, jsPrelu);
}
