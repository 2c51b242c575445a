import type { Activation } from '../activation/activation.js';
import { checkNumber, checkSeed, withDefaults } from '../activation/arguments.js';
import { arrayMethods, type KernelsFor } from '../activation/arrays.js';
import type { Definition } from '../activation/definition.js';
import { leakyFormula, leakyLoops, leakyPair, leakyTraits } from './leaky-family.js';
import { jsRrelu, type Slopes, slopeOf, slopesOf } from './rrelu-slopes.js';

/** The parameters of {@link rrelu}. */
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
export function rrelu(params?: Partial<RreluParams>): Definition<RreluParams> {
  const bound = checked(params);
  const negativeSlope = (bound.lower + bound.upper) / 2;
  return {
    name: 'rrelu',
    params: bound,
    formula: leakyFormula(negativeSlope),
    ...leakyTraits(negativeSlope),
    gain: null,
    // The mean is rounded for float32, not what it is the mean of.
    bind: () => leakyPair({ negativeSlope }),
    loops: (_, single) => leakyLoops({ negativeSlope: single ? Math.fround(negativeSlope) : negativeSlope }),
  };
}

/** One training step's randomised leaky ReLU: its slopes follow from the seed, so that nothing is stored. */
export interface RreluTraining extends Pick<Activation, 'forward' | 'backward'> {
  /** The slope of element i if x[i] < 0. */
  slope(i: number): number;
}

/**
 * Randomised leaky ReLU in training: every element has a slope of its own, uniform between lower and upper.
 *
 * The slope of element i is a function of the seed and i alone, the same on every platform; forward and backward of one step
 * take the same seed, the next step another. Throws RangeError for a seed that is no integer from 0 to 2^32 − 1.
 */
export function rreluTraining(seed: number, params?: Partial<RreluParams>): RreluTraining {
  return createRreluTraining(seed, params, (slopes) => {
    const js = jsRrelu(slopes);
    return () => js;
  });
}

export function createRreluTraining(
  seed: number,
  params: Partial<RreluParams> | undefined,
  kernelsOf: (slopes: Slopes) => KernelsFor,
): RreluTraining {
  checkSeed(seed);
  const { lower, upper } = checked(params);
  const slopes = slopesOf(seed, lower, upper);
  return Object.freeze({ slope: (i: number) => slopeOf(slopes, i), ...arrayMethods(kernelsOf(slopes)) });
}

function checked(params: Partial<RreluParams> | undefined): RreluParams {
  const bound = withDefaults('rrelu', params, { lower: 1 / 8, upper: 1 / 3 });
  checkNumber('lower', bound.lower);
  checkNumber('upper', bound.upper);
  if (bound.lower > bound.upper)
    throw new RangeError(`lower must not be greater than upper ${bound.upper}, got ${bound.lower}`);
  return bound;
}
