import { type Activation, createActivation } from './_activation.js';
import {
  checkCompanion,
  checkFloatArray,
  checkNumber,
  checkOverlap,
  checkSeed,
  type FloatArray,
  withDefaults,
} from './_arguments.js';
import { leakyFormula, leakyPair, leakyPieces, leakyTraits } from './_leaky.js';

export interface RreluParams {
  /** Smallest slope in training; 1/8 by default. */
  lower: number;
  /** Largest slope in training; 1/3 by default. Not less than lower. */
  upper: number;
}

/**
 * Randomised leaky ReLU in evaluation: the leaky ReLU of the mean slope, 11/48 by default.
 *
 *     f(x) = x                        for x ≥ 0
 *            (lower + upper)/2·x      for x < 0
 *
 * `rreluTraining` has the random slopes. The derivative at 0 is the slope. Throws RangeError unless lower ≤ upper, both finite.
 *
 * Source: Xu, Wang, Chen, Li, "Empirical Evaluation of Rectified Activations in Convolution Network", 2015; PyTorch `RReLU`.
 */
export function rrelu(params?: Partial<RreluParams>): Activation<RreluParams> {
  const bound = checked(params);
  const negativeSlope = (bound.lower + bound.upper) / 2;
  return createActivation({
    name: 'rrelu',
    params: bound,
    formula: leakyFormula(negativeSlope),
    ...leakyTraits(negativeSlope),
    gain: null,
    // The mean is rounded for float32, not what it is the mean of.
    bind: () => leakyPair({ negativeSlope }),
    pieces: (_, single) =>
      leakyPieces({ negativeSlope: single ? Math.fround(negativeSlope) : negativeSlope }, single),
  });
}

/** One training step's randomised leaky ReLU: its slopes follow from the seed, so that nothing is stored. */
export interface RreluTraining {
  /** The slope of element i if x[i] < 0. */
  slope(i: number): number;
  forward<A extends FloatArray>(x: A, y?: A): A;
  backward<A extends FloatArray>(x: A, dy: A, dx?: A): A;
}

/**
 * Randomised leaky ReLU in training: every element has a slope of its own, uniform between lower and upper.
 *
 * The slope of element i is a function of the seed and i alone, the same on every platform; forward and backward of one step
 * take the same seed, the next step another. Throws RangeError for a seed that is no integer from 0 to 2^32 − 1.
 */
export function rreluTraining(seed: number, params?: Partial<RreluParams>): RreluTraining {
  checkSeed(seed);
  const { lower, upper } = checked(params);
  const slope = (i: number): number => lower + (upper - lower) * uniform(seed, i);
  return {
    slope,
    forward(x, y) {
      checkFloatArray('x', x);
      if (y !== undefined) checkCompanion('y', y, x);
      const out = y ?? (x.slice() as typeof x);
      for (let i = 0; i < x.length; i++) {
        const v = x[i];
        out[i] = v < 0 ? slope(i) * v : v;
      }
      return out;
    },
    backward(x, dy, dx) {
      checkFloatArray('x', x);
      checkCompanion('dy', dy, x);
      if (dx !== undefined) {
        checkCompanion('dx', dx, x);
        checkOverlap('dx', dx, 'dy', dy);
      }
      const out = dx ?? (x.slice() as typeof x);
      for (let i = 0; i < x.length; i++) {
        const v = x[i];
        out[i] = dy[i] * (v > 0 ? 1 : v <= 0 ? slope(i) : Number.NaN);
      }
      return out;
    },
  };
}

function checked(params: Partial<RreluParams> | undefined): RreluParams {
  const bound = withDefaults('rrelu', params, { lower: 1 / 8, upper: 1 / 3 });
  checkNumber('lower', bound.lower);
  checkNumber('upper', bound.upper);
  if (bound.lower > bound.upper)
    throw new RangeError(`lower must not be greater than upper ${bound.upper}, got ${bound.lower}`);
  return bound;
}

/** Uniform in [0, 1): a 32-bit mixing function (two multiply-and-shift rounds) over the seed and the counter. */
function uniform(seed: number, i: number): number {
  return mix(mix(seed ^ 0x9e3779b9) + Math.imul(i, 0x9e3779b1)) / 2 ** 32;
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
