import { area, line } from 'd3-shape';
import { Unparted } from '../unparted.js';
import { Frame } from './frame.js';
import { Legend } from './legend.js';
import { type LineChartProps, margin, type Plane, planeOf, type Shade } from './plane.js';
import { lookOf, type Series, shown, valueAt } from './series.js';

/** Lines over a common x axis, as SVG: the same in the page, in the report, and without a DOM. */
export const LineChart = (props: LineChartProps) => (
  <figure class="chart">
    <figcaption>
      <Unparted text={props.title} />
    </figcaption>
    <Legend names={props.series.map(({ name }) => name)} />
    <LineDrawing {...props} />
  </figure>
);

/** The chart without its caption and legend. */
export function LineDrawing(props: LineChartProps) {
  const { xName, yName, series, cross = false, shades = [], marks = [], at } = props;
  const plane = planeOf(props);
  const { x, y, width, height } = plane;
  const path = line<readonly [number, number]>()
    .defined(([, value]) => Number.isFinite(value))
    .x(([value]) => x(value))
    .y(([, value]) => clamp(y(value)));
  const band = area<readonly [number, number, number]>()
    .x(([value]) => x(value))
    .y0(([, low]) => clamp(y(low)))
    .y1(([, , high]) => clamp(y(high)));
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summaryOf(props)}>
      <Frame plane={plane} xName={xName} yName={yName} cross={cross} />
      {/* A nested viewport clips without an id, so that many charts may stand in one page. */}
      <svg
        x={margin.left}
        y={margin.top}
        width={width - margin.left - margin.right}
        height={height - margin.top - margin.bottom}
        viewBox={`${margin.left} ${margin.top} ${width - margin.left - margin.right} ${height - margin.top - margin.bottom}`}
        aria-hidden="true"
      >
        {shades.map((shade) => (
          <Shading key={`${shade.kind} ${shade.from}`} plane={plane} shade={shade} />
        ))}
        {series.map(
          (one, i) =>
            one.band && <path key={one.name} class={`band band-${i + 1}`} d={band(one.band) ?? ''} />,
        )}
        {series.map((one, i) => {
          const look = lookOf(i);
          return (
            <path
              key={one.name}
              class={look.className}
              d={path(one.points) ?? ''}
              stroke-width={look.width}
              stroke-dasharray={look.dash}
            />
          );
        })}
        {marks.map((mark) => (
          <circle
            key={`${mark.series} ${mark.x} ${mark.y}`}
            class={`mark dot-${mark.series + 1}`}
            cx={x(mark.x)}
            cy={clamp(y(mark.y))}
            r={4.5}
          />
        ))}
        {at !== undefined && <Tracer plane={plane} series={series} at={at} />}
      </svg>
    </svg>
  );
}

/** A stretch of the x axis, as far as it is in the picture, and its name where there is room for it. */
function Shading({ plane: { x, height }, shade }: { plane: Plane; shade: Shade }) {
  const [left, right] = x.range();
  const from = Math.max(left, clamp(x(shade.from)));
  const to = Math.min(right, clamp(x(shade.to)));
  if (to <= from) return null;
  return (
    <g>
      <rect class={`shade ${shade.kind}`} x={from} y={0} width={to - from} height={height} />
      {to - from > 7 * shade.name.length && (
        <text class="shade-name" x={(from + to) / 2} y={height - margin.bottom - 8} text-anchor="middle">
          {shade.name}
        </text>
      )}
    </g>
  );
}

function Tracer({
  plane: { x, y, height },
  series,
  at,
}: {
  plane: Plane;
  series: readonly Series[];
  at: number;
}) {
  return (
    <g class="tracer">
      <line x1={x(at)} x2={x(at)} y1={0} y2={height} />
      {series.map((one, i) => {
        const value = valueAt(one, at);
        if (value === undefined) return null;
        return <circle key={one.name} class={`dot dot-${i + 1}`} cx={x(at)} cy={clamp(y(value))} r={4.5} />;
      })}
    </g>
  );
}

// What lies far outside would be lost on coordinates of 32 bits; the viewport clips what is left.
const clamp = (pixel: number): number => Math.max(-1e5, Math.min(1e5, pixel));

/** The chart in words: each line's ends, and its lowest and highest value. */
export function summaryOf({ title, xName, yName, series, shades = [] }: LineChartProps): string {
  const lines = series.map(({ name, points }) => {
    const seen = points.filter(([, value]) => Number.isFinite(value));
    if (seen.length === 0) return `${name}: no values`;
    const [x0, y0] = seen[0];
    const [x1, y1] = seen[seen.length - 1];
    const [low, high] = seen.reduce(([a, b], [, v]) => [Math.min(a, v), Math.max(b, v)], [y0, y0]);
    return `${name}: ${shown(y0)} at ${shown(x0)}, ${shown(y1)} at ${shown(x1)}, between ${shown(low)} and ${shown(high)}`;
  });
  const shaded = shades.map(({ name, from, to }) => ` ${name} from ${shown(from)} to ${shown(to)}.`);
  return `${title}. ${yName} over ${xName}. ${lines.join('. ')}.${shaded.join('')}`;
}
