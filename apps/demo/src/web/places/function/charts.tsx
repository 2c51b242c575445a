import { useMemo } from 'preact/hooks';
import type { LineChartProps } from '../../../view/chart/plane.js';
import { shown } from '../../../view/chart/series.js';
import { LiveChart } from '../../chart/live-chart.js';
import { kinkMarks, pointsOf, rangesOf } from './ranges.js';
import type { ShownFunction } from './shown-function.js';

interface Props {
  readonly functions: readonly ShownFunction[];
  /** Index of the one whose ranges are shaded. */
  readonly on: number;
  readonly reach: number;
  readonly fit: boolean;
  readonly x: number | null;
  readonly onTrace: (x: number | null) => void;
}

/** f and f′ of all functions, traced together. */
export function FunctionCharts({ functions, on, reach, fit, x, onTrace }: Props) {
  const [value, derivative] = useMemo(() => chartsOf(functions, on, reach, fit), [functions, on, reach, fit]);
  const said = (at: number) =>
    `x = ${shown(at)}: ${functions.map(({ text, f }) => `${text}: f ${shown(f(at))}, f′ ${shown(f.derivative(at))}`).join('; ')}`;
  return (
    <div class="pair">
      <LiveChart {...value} traced={x} onTrace={onTrace} say={said} />
      <LiveChart {...derivative} traced={x} onTrace={onTrace} say={said} />
    </div>
  );
}

function chartsOf(
  functions: readonly ShownFunction[],
  on: number,
  reach: number,
  fit: boolean,
): [LineChartProps, LineChartProps] {
  const shades = rangesOf(functions[on].f, -reach, reach);
  const same = { xName: 'x', cross: true, xRange: [-reach, reach] as const, shades };
  return [
    {
      ...same,
      title: functions.length === 1 ? `f: ${functions[0].text}` : 'f of each function',
      yName: 'f(x)',
      ...(!fit && { yRange: [-reach, reach] as const }),
      series: functions.map(({ text, f }) => ({ name: text, points: pointsOf(f, f, -reach, reach) })),
    },
    {
      ...same,
      title: 'f′: the gradient that a unit passes back',
      yName: 'f′(x)',
      ...(!fit && { yRange: derivativeRange(functions, reach) }),
      series: functions.map(({ text, f }) => ({
        name: text,
        points: pointsOf(f, (at) => f.derivative(at), -reach, reach),
      })),
      marks: functions.flatMap(({ f }, i) => kinkMarks(f, i, -reach, reach)),
    },
  ];
}

/** −0.1 to 1.1, as most derivatives need; wider where one of them leaves it, within reason. */
function derivativeRange(functions: readonly ShownFunction[], reach: number): [number, number] {
  const values = functions.flatMap(({ f }) =>
    pointsOf(f, (at) => f.derivative(at), -reach, reach).flatMap(([, y]) => (Number.isFinite(y) ? [y] : [])),
  );
  const low = Math.max(
    -5,
    values.reduce((a, b) => Math.min(a, b), 0),
  );
  const high = Math.min(
    5,
    values.reduce((a, b) => Math.max(a, b), 1),
  );
  return [low - 0.1, high + 0.1];
}
