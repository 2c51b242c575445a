import type { LiveCurves } from '../../../live/frame.js';
import type { LineChartProps } from '../../../view/chart/plane.js';
import type { Series } from '../../../view/chart/series.js';
import { lossName } from '../../../view/charts.js';
import type { NetworkFacts } from '../../worker/network.js';

/** Most points of a line: more cannot be seen, and cost the page its time. */
const most = 300;

function byEpoch(name: string, values: readonly number[]): Series {
  const every = Math.ceil(values.length / most);
  const points = values.map((value, epoch) => [epoch, value] as const);
  return { name, points: points.filter((_, i) => i % every === 0 || i === points.length - 1) };
}

const twin = (facts: NetworkFacts) => (facts.shared ? 'test (leaking)' : 'test');

/** Loss by epoch; the x axis is that of the whole run from the start. */
export const lossOf = (facts: NetworkFacts, curves: LiveCurves, epochs: number): LineChartProps => ({
  title: 'Loss by epoch',
  xName: 'epoch',
  yName: lossName(facts.task),
  xRange: [0, Math.max(epochs, curves.trainLoss.length - 1)],
  series: [byEpoch('training', curves.trainLoss), byEpoch(twin(facts), curves.testLoss)],
});

/** Accuracy by epoch, or R². */
export const scoreOf = (facts: NetworkFacts, curves: LiveCurves, epochs: number): LineChartProps => ({
  title: facts.task === 'classification' ? 'Accuracy by epoch' : 'R² by epoch',
  xName: 'epoch',
  yName: facts.task === 'classification' ? 'share of right answers' : 'R²',
  xRange: [0, Math.max(epochs, curves.trainScore.length - 1)],
  ...(facts.task === 'classification' && { yRange: [0, 1] as const }),
  series: [byEpoch('training', curves.trainScore), byEpoch(twin(facts), curves.testScore)],
});
