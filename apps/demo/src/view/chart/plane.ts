import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { rangeOf, type Series } from './series.js';

/** Pixels around the plane, for the numbers and names of the axes. */
export const margin = { top: 10, right: 12, bottom: 38, left: 52 } as const;

export interface LineChartProps {
  /** What the chart shows, in a few words: its caption, and the start of its text alternative. */
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly Series[];
  /** Ends of the axes; by default what the series take. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  /** Whether the axes cross at 0, as in the tutorial. */
  readonly cross?: boolean;
  /** In pixels of the drawing; it is scaled to the place it has. */
  readonly width?: number;
  readonly height?: number;
  /** Stretches of the x axis that mean something, shaded and named. */
  readonly shades?: readonly Shade[];
  /** Single points, as dots in the colour of a line. */
  readonly marks?: readonly Mark[];
  /** Where the tracer stands: the value of each line there is marked. */
  readonly at?: number | undefined;
}

export interface Shade {
  readonly from: number;
  readonly to: number;
  readonly kind: 'dead' | 'saturated';
  readonly name: string;
}

export interface Mark {
  readonly x: number;
  readonly y: number;
  /** Index of the line that it belongs to. */
  readonly series: number;
}

export interface Plane {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly width: number;
  readonly height: number;
}

/** The scales of a chart: from its numbers to the pixels of its drawing. */
export function planeOf({ series, xRange, yRange, width = 460, height = 290 }: LineChartProps): Plane {
  const points = series.flatMap((one) => one.points);
  const bands = series.flatMap((one) => one.band ?? []);
  const xs = xRange ?? rangeOf(points.map(([x]) => x));
  const ys =
    yRange ?? rangeOf([...points.map(([, y]) => y), ...bands.flatMap(([, low, high]) => [low, high])]);
  const x = scaleLinear(xs, [margin.left, width - margin.right]);
  const y = scaleLinear(ys, [height - margin.bottom, margin.top]);
  return { x, y: yRange ? y : y.nice(), width, height };
}
