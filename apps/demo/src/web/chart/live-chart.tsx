import { useState } from 'preact/hooks';
import { LineChart } from '../../view/chart/line-chart.js';
import { type LineChartProps, margin, planeOf } from '../../view/chart/plane.js';
import { shown, valueAt } from '../../view/chart/series.js';
import { useWidth } from './use-width.js';

/** How far an arrow key moves the tracer, as a share of the axis. */
const step = 1 / 50;

interface LiveChartProps extends LineChartProps {
  /** Where the tracer stands, where somebody else keeps it; `null` for nowhere. */
  readonly traced?: number | null;
  readonly onTrace?: (at: number | null) => void;
  /** What is said of the place that is traced; by default each line's value. */
  readonly say?: (at: number) => string;
}

/**
 * A chart that follows the width of its place, and that a pointer, a finger or the arrow keys trace: the values of all lines at one x
 * stand below it.
 */
export function LiveChart({ traced, onTrace, say, ...props }: LiveChartProps) {
  const { place, width } = useWidth<HTMLDivElement>();
  const [own, setOwn] = useState<number | null>(null);
  const at = onTrace ? (traced ?? null) : own;
  const setAt = onTrace ?? setOwn;
  const drawn = { ...props, ...(width && { width }), at: at ?? undefined };
  const { x } = planeOf(drawn);
  const [from, to] = x.domain();
  const within = (value: number) => Math.min(to, Math.max(from, value));
  // Between two epochs there is nothing to read.
  const whole = props.series.every(({ points }) => points.every(([x]) => Number.isInteger(x)));
  const rounded = (value: number) => within(whole ? Math.round(value) : Number(value.toPrecision(3)));

  const follow = (event: PointerEvent & { currentTarget: HTMLDivElement }) => {
    const svg = event.currentTarget.querySelector('figure > svg') as SVGSVGElement;
    const box = svg.getBoundingClientRect();
    const pixel = ((event.clientX - box.left) / box.width) * (width ?? box.width);
    setAt(rounded(x.invert(Math.max(margin.left, pixel))));
  };
  const move = (event: KeyboardEvent) => {
    const here = at ?? (from + to) / 2;
    const least = whole ? Math.max(1, step * (to - from)) : step * (to - from);
    const size = least * (event.shiftKey ? 5 : 1);
    const target = { ArrowLeft: here - size, ArrowRight: here + size, Home: from, End: to }[event.key];
    if (event.key === 'Escape') setAt(null);
    if (target === undefined) return;
    event.preventDefault();
    setAt(rounded(target));
  };
  const values = at === null ? [] : props.series.map((one) => [one.name, valueAt(one, at)] as const);
  const valuesSaid = values
    .map(([name, value]) => `${name} ${value === undefined ? '–' : shown(value)}`)
    .join(', ');
  const { xName, yName, title } = props;
  const said = at === null ? undefined : (say?.(at) ?? `${xName} = ${shown(at)}, ${yName}: ${valuesSaid}`);
  return (
    <div
      class="live-chart"
      ref={place}
      role="slider"
      tabIndex={0}
      aria-label={`${title}: trace with the arrow keys`}
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={at ?? from}
      aria-valuetext={said ?? 'not traced'}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => onTrace === undefined && setAt(null)}
      onKeyDown={move}
    >
      <LineChart {...drawn} />
      <p class="traced" aria-hidden="true">
        {said ?? 'Point at the chart, or use the arrow keys.'}
      </p>
    </div>
  );
}
