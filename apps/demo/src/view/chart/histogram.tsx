import { scaleLinear } from 'd3-scale';
import { Unparted } from '../unparted.js';
import { margin } from './plane.js';
import { shown } from './series.js';

export interface Bar {
  /** Left and right end on the x axis. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface HistogramProps {
  readonly title: string;
  readonly xName: string;
  readonly bars: readonly Bar[];
  readonly width?: number;
  readonly height?: number;
}

/** How often values fall between one number and the next. */
export function Histogram({ title, xName, bars, width = 460, height = 220 }: HistogramProps) {
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const x = scaleLinear(
    [Math.min(...bars.map(({ from }) => from)), Math.max(...bars.map(({ to }) => to))],
    [margin.left, width - margin.right],
  );
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]).nice();
  const floor = y(0);
  const ticks = x.ticks(Math.max(2, Math.round(width / 80)));
  return (
    <figure class="chart histogram">
      <figcaption>
        <Unparted text={title} />
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}. ${total} values of ${xName} from ${shown(x.domain()[0])} to ${shown(x.domain()[1])}; the fullest bar holds ${most}.`}
      >
        <g class="frame">
          <path
            class="grid"
            d={y
              .ticks(4)
              .map((value) => `M${margin.left} ${y(value)}H${width - margin.right}`)
              .join('')}
          />
          <path class="axis" d={`M${margin.left} ${floor}H${width - margin.right}`} />
          {y.ticks(4).map((value) => (
            <text key={value} x={margin.left - 6} y={y(value) + 4} text-anchor="end">
              {shown(value)}
            </text>
          ))}
          {ticks.map((value) => (
            <text key={value} x={x(value)} y={floor + 15} text-anchor="middle">
              {shown(value)}
            </text>
          ))}
          <text class="name" x={(margin.left + width - margin.right) / 2} y={height - 6} text-anchor="middle">
            {xName}
          </text>
          <text
            class="name"
            transform={`translate(12 ${(margin.top + floor) / 2}) rotate(-90)`}
            text-anchor="middle"
          >
            rows
          </text>
        </g>
        <g>
          {bars.map(({ from, to, count }) => (
            <rect
              key={from}
              class={to <= 0 ? 'bar bar-negative' : 'bar'}
              x={x(from) + 0.5}
              width={Math.max(1, x(to) - x(from) - 1)}
              y={y(count)}
              height={floor - y(count)}
            />
          ))}
        </g>
      </svg>
    </figure>
  );
}
