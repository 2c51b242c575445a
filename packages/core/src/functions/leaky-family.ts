// What leaky_relu, prelu and rrelu share: x for x ≥ 0, slope·x below.
import type { Traits } from '../activation/definition.js';
import { cases, times } from '../activation/formula.js';
import { type Kernels, leakyKernels, type Pair, scalarKernels } from '../activation/loops.js';

interface Slope {
  negativeSlope: number;
}

export const leakyFormula = (slope: number): string =>
  cases(['x', 'x \\ge 0'], [slope === 0 ? '0' : times(slope, 'x'), 'x < 0']);

export const leakyTraits = (slope: number): Traits => ({
  range: [slope > 0 ? Number.NEGATIVE_INFINITY : 0, Number.POSITIVE_INFINITY],
  kinks: slope === 1 ? [] : [0],
  monotonic: slope >= 0,
  gain: Math.sqrt(2 / (1 + slope * slope)),
});

export const leakyPair = ({ negativeSlope: slope }: Slope): Pair => ({
  f: (x) => (x < 0 ? (slope === 0 ? 0 : slope * x) : x),
  derivative: (x) => (x > 0 ? 1 : x <= 0 ? slope : Number.NaN),
});

export const leakyLoops = (slope: Slope): Kernels =>
  slope.negativeSlope === 0 ? scalarKernels(leakyPair(slope)) : leakyKernels(slope.negativeSlope);
