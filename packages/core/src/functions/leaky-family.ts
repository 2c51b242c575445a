// What leaky_relu, prelu and rrelu share: x for x ≥ 0, slope·x below.
import type { Traits } from '../activation/definition.js';
import { cases, times } from '../activation/formula.js';
import { type Kernels, leakyKernels, type Pair } from '../activation/loops.js';

interface Slope {
  negativeSlope: number;
}

export const leakyFormula = (slope: number): string =>
  cases('x & x \\ge 0', `${slope === 0 ? '0' : times(slope, 'x')} & x < 0`);

export const leakyTraits = (slope: number): Traits => ({
  range: [slope > 0 ? -Infinity : 0, Infinity],
  kinks: slope === 1 ? [] : [0],
  monotonic: slope >= 0,
  gain: Math.sqrt(2 / (1 + slope * slope)),
});

export const leakyPair = ({ negativeSlope: slope }: Slope): Pair => ({
  f: (x) => (x < 0 ? (slope === 0 ? 0 : slope * x) : x),
  derivative: (x) => (x > 0 ? 1 : x <= 0 ? slope : x),
});

/** None for a slope of 0, of which 0·∞ would come. */
export const leakyLoops = ({ negativeSlope: slope }: Slope): Kernels | undefined =>
  slope === 0 ? undefined : leakyKernels(slope);
