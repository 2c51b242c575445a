import { type Activation, leakyRelu, relu } from '@rectify/core';
import type { LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { LossCurves } from '../tutorial/comparison.js';
import type { Curves } from '../tutorial/mended.js';

export type ChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

// Colours are CSS variables of style.css: one chart serves the light and the dark theme.
const ink = 'var(--ink)';
const muted = 'var(--muted)';
const rule = 'var(--rule)';
export const seriesColors = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'];

interface Line {
  readonly name: string;
  readonly points: [number, number][];
  readonly dashed?: boolean;
}

const lineChart = (
  lines: readonly Line[],
  xName: string,
  yName: string,
  yRange: { min?: number; max?: number } = {},
): ChartOption => {
  const axis = {
    type: 'value' as const,
    nameTextStyle: { color: muted },
    axisLabel: { color: muted },
    axisLine: { show: true, lineStyle: { color: muted } },
    axisTick: { lineStyle: { color: muted } },
    splitLine: { lineStyle: { color: rule } },
  };
  return {
    animation: false,
    color: seriesColors,
    textStyle: { color: ink, fontFamily: 'system-ui, sans-serif' },
    legend: { top: 0, itemGap: 22, textStyle: { color: ink }, icon: 'roundRect', itemHeight: 3 },
    grid: { left: 4, right: 16, top: 44, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: { trigger: 'axis', valueFormatter: (value) => Number(value).toPrecision(4) },
    xAxis: { ...axis, name: xName, nameLocation: 'middle', nameGap: 26, min: 'dataMin', max: 'dataMax' },
    yAxis: { ...axis, ...yRange, name: yName, nameGap: 10, nameTextStyle: { color: muted, align: 'left' } },
    series: lines.map(({ name, points, dashed }) => ({
      type: 'line',
      name,
      data: points,
      showSymbol: false,
      lineStyle: { width: 2, ...(dashed ? { type: 'dashed' as const } : {}) },
    })),
  };
};

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

/** ReLU and Leaky ReLU with each slope, from −10 to 10 both ways: the article's graphs. The axes stay as the slope changes. */
export const activationChart = (slopes: readonly number[]): ChartOption =>
  lineChart(
    named(slopes).map(([name, f]) => ({ name, points: grid.map((x) => [x, f(x)]) })),
    'x',
    'f(x)',
    { min: -limit, max: limit },
  );

/** Their derivatives. */
export const derivativeChart = (slopes: readonly number[]): ChartOption =>
  lineChart(
    named(slopes).map(([name, f]) => ({ name, points: grid.map((x) => [x, f.derivative(x)]) })),
    'x',
    'f′(x)',
  );

const byEpoch = (values: readonly number[]) => values.map((value, i): [number, number] => [i + 1, value]);

export const lossChart = ({ trainLoss, testLoss }: Curves): ChartOption =>
  lineChart(
    [
      { name: 'training', points: byEpoch(trainLoss) },
      { name: 'test', points: byEpoch(testLoss), dashed: true },
    ],
    'epoch',
    'log loss, nats',
  );

export const accuracyChart = ({ trainAccuracy, testAccuracy }: Curves): ChartOption =>
  lineChart(
    [
      { name: 'training', points: byEpoch(trainAccuracy) },
      { name: 'test', points: byEpoch(testAccuracy), dashed: true },
    ],
    'epoch',
    'accuracy',
  );

export const comparisonChart = ({ relu, leakyRelu }: LossCurves): ChartOption =>
  lineChart(
    [
      { name: 'ReLU', points: byEpoch(relu) },
      { name: 'Leaky ReLU', points: byEpoch(leakyRelu), dashed: true },
    ],
    'epoch',
    'mean test log loss, nats',
  );
