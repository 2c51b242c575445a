import { type Activation, leakyRelu, relu } from '@rectify/core/js';
import type { ArmCurves } from '../comparison/curves.js';
import type { NegativePoint } from '../tutorial/claims/negative-inputs.js';
import type { Curves } from '../tutorial/mended.js';
import type { LineChartProps } from './chart/plane.js';
import type { Series } from './chart/series.js';

const limit = 10;

/** Both sides of the kink at 0 stand in the grid, so that a derivative's jump is drawn upright. */
const grid = [
  ...Array.from({ length: 101 }, (_, i) => -limit + i / 10).filter((x) => x < 0),
  -1e-9,
  1e-9,
  ...Array.from({ length: 100 }, (_, i) => (i + 1) / 10),
];

const named = (slopes: readonly number[]): [string, Activation][] => [
  ['ReLU', relu()],
  ...slopes.map((negativeSlope): [string, Activation] => [
    `Leaky ReLU, A = ${negativeSlope}`,
    leakyRelu({ negativeSlope }),
  ]),
];

/** ReLU and Leaky ReLU with each slope, from −10 to 10 both ways: the tutorial's graphs. The axes stay as the slope changes. */
export const activationChart = (slopes: readonly number[]): LineChartProps => ({
  title: 'ReLU and Leaky ReLU',
  xName: 'x',
  yName: 'f(x)',
  cross: true,
  xRange: [-limit, limit],
  yRange: [-limit, limit],
  series: named(slopes).map(([name, f]) => ({ name, points: grid.map((x) => [x, f(x)] as const) })),
});

/** One of the tutorial's graphs: ReLU for a slope of 0. */
export const graphOf = (title: string, negativeSlope: number): LineChartProps => {
  const f = negativeSlope === 0 ? relu() : leakyRelu({ negativeSlope });
  return {
    ...{ title, xName: 'x', yName: 'f(x)', cross: true, xRange: [-limit, limit], yRange: [-limit, limit] },
    series: [{ name: title, points: grid.map((x) => [x, f(x)] as const) }],
  };
};

/** Leaky ReLU minus ReLU over the share of negative inputs, with the interval of each point as a band. */
export const negativesChart = (points: readonly NegativePoint[]): LineChartProps => ({
  title: 'Leaky ReLU minus ReLU in accuracy, by the share of negative inputs',
  xName: 'share of negative inputs',
  yName: 'percentage points',
  cross: true,
  series: [
    {
      name: 'difference, and its 95 % interval',
      points: points.map(({ share, difference: { mean } }) => [share, 100 * (mean ?? Number.NaN)] as const),
      band: points.flatMap(({ share, difference: { low, high } }) =>
        low === null || high === null ? [] : [[share, 100 * low, 100 * high] as const],
      ),
    },
  ],
});

/** Their derivatives. */
export const derivativeChart = (slopes: readonly number[]): LineChartProps => ({
  title: 'Their derivatives',
  xName: 'x',
  yName: 'f′(x)',
  cross: true,
  xRange: [-limit, limit],
  yRange: [-0.1, 1.1],
  series: named(slopes).map(([name, f]) => ({
    name,
    points: grid.map((x) => [x, f.derivative(x)] as const),
  })),
});

const byEpoch = (name: string, values: readonly number[]): Series => ({
  name,
  points: values.map((value, i) => [i + 1, value] as const),
});

export const lossChart = (title: string, { trainLoss, testLoss }: Curves): LineChartProps => ({
  title,
  xName: 'epoch',
  yName: lossName('classification'),
  series: [byEpoch('training', trainLoss), byEpoch('test', testLoss)],
});

/** What the loss of a network is measured in. */
export const lossName = (task: 'classification' | 'regression'): string =>
  task === 'classification' ? 'log loss, nats' : 'squared error, standardised';

/** Most bands that are told apart. */
const mostBands = 3;

/**
 * Median held-out loss of each arm by epoch, with the quartiles over the runs as a band. Of many arms only the first and the one that
 * ends lowest have theirs: more would be one grey.
 */
export function curvesChart(curves: readonly ArmCurves[], unit: string): LineChartProps {
  const end = ({ test }: ArmCurves) => test.median.at(-1) ?? Number.POSITIVE_INFINITY;
  const lowest = curves.reduce((a, b) => (end(b) < end(a) ? b : a), curves[0]);
  const banded = curves.length <= mostBands ? curves : [curves[0], lowest];
  const whose =
    banded.length < curves.length ? ` for ${[...new Set(banded)].map(({ arm }) => arm).join(' and ')}` : '';
  return {
    title: `Held-out loss by epoch: median over the runs, and the middle half of them${whose}`,
    xName: 'epoch',
    yName: unit,
    series: curves.map((one) => ({
      name: one.arm,
      points: one.test.median.map((value, i) => [i + 1, value ?? Number.NaN] as const),
      ...(banded.includes(one) && {
        band: one.test.low.flatMap((low, i) => {
          const high = one.test.high[i];
          return low === null || high === null ? [] : [[i + 1, low, high] as const];
        }),
      }),
    })),
  };
}
