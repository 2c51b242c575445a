import { type Activation, createActivation } from './_activation.js';
import {
  checkCompanion,
  checkFloatArray,
  checkNumber,
  checkOverlap,
  checkPositiveInteger,
  type FloatArray,
  withDefaults,
} from './_arguments.js';
import { leakyFormula, leakyPair, leakyPieces, leakyTraits } from './_leaky.js';

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
export function prelu(params?: Partial<PreluParams>): Activation<PreluParams> {
  const bound = withDefaults('prelu', params, { negativeSlope: 0.25 });
  const { negativeSlope } = bound;
  checkNumber('negativeSlope', negativeSlope);
  return createActivation({
    name: 'prelu',
    params: bound,
    formula: leakyFormula(negativeSlope),
    ...leakyTraits(negativeSlope),
    gain: null,
    bind: leakyPair,
    pieces: leakyPieces,
  });
}

/**
 * Gradient of the loss for PReLU's slope: Σ dy[i]·x[i] over x[i] < 0, summed in float64.
 *
 * Does not depend on the slope. Throws TypeError or RangeError for arrays that do not fit each other.
 */
export function preluSlopeGradient<A extends FloatArray>(x: A, dy: A): number {
  checkFloatArray('x', x);
  checkCompanion('dy', dy, x);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const v = x[i];
    sum += dy[i] * Math.min(v, 0);
  }
  return sum;
}

/** PReLU with a slope for each channel. */
export interface PreluPerChannel {
  readonly slopes: FloatArray;
  readonly innerSize: number;
  /** Writes f(x) to y (a new array by default; y may be x) and returns y. */
  forward<A extends FloatArray>(x: A, y?: A): A;
  /** Writes dy·f′(x) to dx (a new array by default; dx may be x or dy) and returns dx. */
  backward<A extends FloatArray>(x: A, dy: A, dx?: A): A;
  /** The gradient for each slope, summed in float64 over the batch and the inner positions. */
  slopeGradient<A extends FloatArray>(x: A, dy: A): Float64Array;
}

/**
 * PReLU with one slope for each channel of an array that is [outer, channels, inner].
 *
 * `innerSize` is the number of elements of a channel that lie together: 1 (the default) when channels are the last axis, as
 * in Keras and tfjs; height·width for PyTorch's and ONNX's [batch, channels, height, width]. The slopes are read at each call,
 * so an optimiser may update them in place.
 *
 * Throws RangeError for an x whose length is no multiple of channels·innerSize.
 */
export function preluPerChannel(slopes: FloatArray, innerSize = 1): PreluPerChannel {
  checkFloatArray('slopes', slopes);
  checkPositiveInteger('innerSize', innerSize);
  if (slopes.length === 0) throw new RangeError('slopes must hold at least one slope, got 0');
  const block = slopes.length * innerSize;
  const checkBlocks = (x: unknown): void => {
    checkFloatArray('x', x);
    if (x.length % block !== 0)
      throw new RangeError(
        `x must hold whole blocks of ${slopes.length} channels × ${innerSize}, got ${x.length} elements`,
      );
  };
  // Each run of innerSize elements is a scalar PReLU of its own.
  const each = (length: number, run: (start: number, end: number, channel: number) => void): void => {
    for (let start = 0, channel = 0; start < length; start += innerSize, channel++) {
      if (channel === slopes.length) channel = 0;
      run(start, start + innerSize, channel);
    }
  };
  // As everywhere, a float32 array sees a float32 slope.
  const slopeFor = (x: FloatArray, channel: number): number => {
    const slope = slopes[channel];
    return x.BYTES_PER_ELEMENT === 4 ? Math.fround(slope) : slope;
  };
  const like = <A extends FloatArray>(x: A): A => x.slice() as A;
  return {
    slopes,
    innerSize,
    forward(x, y) {
      checkBlocks(x);
      if (y !== undefined) checkCompanion('y', y, x);
      const out = y ?? like(x);
      each(x.length, (start, end, channel) => {
        const { f } = leakyPair({ negativeSlope: slopeFor(x, channel) });
        for (let i = start; i < end; i++) out[i] = f(x[i]);
      });
      return out;
    },
    backward(x, dy, dx) {
      checkBlocks(x);
      checkCompanion('dy', dy, x);
      if (dx !== undefined) {
        checkCompanion('dx', dx, x);
        checkOverlap('dx', dx, 'dy', dy);
      }
      const out = dx ?? like(x);
      each(x.length, (start, end, channel) => {
        const { derivative } = leakyPair({ negativeSlope: slopeFor(x, channel) });
        for (let i = start; i < end; i++) out[i] = dy[i] * derivative(x[i]);
      });
      return out;
    },
    slopeGradient(x, dy) {
      checkBlocks(x);
      checkCompanion('dy', dy, x);
      const gradient = new Float64Array(slopes.length);
      each(x.length, (start, end, channel) => {
        for (let i = start; i < end; i++) {
          const v = x[i];
          gradient[channel] = gradient[channel] + dy[i] * Math.min(v, 0);
        }
      });
      return gradient;
    },
  };
}
