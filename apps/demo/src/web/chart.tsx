import { useEffect, useRef, useState } from 'preact/hooks';
import { LineChart } from '../view/chart/line-chart.js';
import { type LineChartProps, margin, planeOf } from '../view/chart/plane.js';
import { shown, valueAt } from '../view/chart/series.js';

/** How far an arrow key moves the tracer, as a share of the axis. */
const step = 1 / 50;

/**
 * A chart that follows the width of its place, and that a pointer, a finger or the arrow keys trace: the values of all lines at one x
 * stand below it.
 */
export function Chart(props: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  const [at, setAt] = useState<number>();
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    observer.observe(place.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);
  const drawn = { ...props, ...(width && { width }), at };
  const { x } = planeOf(drawn);
  const [from, to] = x.domain();
  const within = (value: number) => Math.min(to, Math.max(from, value));

  const follow = (event: PointerEvent & { currentTarget: HTMLDivElement }) => {
    const svg = event.currentTarget.querySelector('figure > svg') as SVGSVGElement;
    const box = svg.getBoundingClientRect();
    const pixel = ((event.clientX - box.left) / box.width) * (width ?? box.width);
    setAt(within(x.invert(Math.max(margin.left, pixel))));
  };
  const move = (event: KeyboardEvent) => {
    const here = at ?? (from + to) / 2;
    const size = step * (to - from) * (event.shiftKey ? 5 : 1);
    const target = { ArrowLeft: here - size, ArrowRight: here + size, Home: from, End: to }[event.key];
    if (event.key === 'Escape') setAt(undefined);
    if (target === undefined) return;
    event.preventDefault();
    setAt(within(target));
  };
  const values = at === undefined ? [] : props.series.map((one) => [one.name, valueAt(one, at)] as const);
  const said = values
    .map(([name, value]) => `${name} ${value === undefined ? '–' : shown(value)}`)
    .join(', ');
  const { xName, title } = props;
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
      aria-valuetext={at === undefined ? 'not traced' : `${xName} ${shown(at)}: ${said}`}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={() => setAt(undefined)}
      onKeyDown={move}
    >
      <LineChart {...drawn} />
      <p class="traced" aria-hidden="true">
        {at === undefined ? 'Point at the chart, or use the arrow keys.' : `${xName} = ${shown(at)}: ${said}`}
      </p>
    </div>
  );
}
