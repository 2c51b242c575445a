import { scaleLinear } from 'd3-scale';
import { Unparted } from '../unparted.js';
import { rangeOf, shown } from './series.js';

/** A mean with its interval. */
export interface IntervalRow {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** In words, beside the interval: what it allows one to say. */
  readonly verdict: string;
}

export interface IntervalChartProps {
  readonly title: string;
  /** What is measured, with its unit. */
  readonly xName: string;
  readonly rows: readonly IntervalRow[];
  /** Differences within it do not matter in practice; shaded. */
  readonly region?: readonly [low: number, high: number] | undefined;
  readonly width?: number;
}

const line = 44;
const top = 8;
const bottom = 40;
const side = 16;
/** Pixels for a letter, at most; and for a line of text. */
const letter = 6.2;
const lineOfText = 15;

/** Differences with their intervals around 0, one below the other: an interval that crosses the line shows no difference. */
export function IntervalChart({ title, xName, rows, region, width = 460 }: IntervalChartProps) {
  // A narrow chart says what is measured in one line, and what is shaded in the next.
  const said = xName.length * letter > width ? xName.split('; ') : [xName];
  const floor = top + rows.length * line;
  const height = floor + bottom + (said.length - 1) * lineOfText;
  const ends = rangeOf([0, ...rows.flatMap(({ low, high }) => [low, high]), ...(region ?? [])]);
  const x = scaleLinear(ends, [side, width - side]).nice(5);
  const halfOf = (value: number) => (shown(value).length * letter) / 2;
  /** Below its tick, or as near as the chart's edge lets a long number stand. */
  const labelAt = (value: number) => Math.max(halfOf(value), Math.min(x(value), width - halfOf(value)));
  const fit = (values: readonly number[]) =>
    values.every(
      (value, i) =>
        i === 0 || labelAt(value) - halfOf(value) > labelAt(values[i - 1]) + halfOf(values[i - 1]),
    );
  const ticks = fit(x.ticks(5)) ? x.ticks(5) : x.ticks(2);
  const words = rows.map(
    ({ name, mean, low, high, verdict }) =>
      `${name}: ${shown(mean)}, ${shown(low)} to ${shown(high)}, ${verdict}`,
  );
  return (
    <figure class="chart intervals">
      <figcaption>
        <Unparted text={title} />
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}. ${xName}. ${words.join('. ')}.`}
      >
        <g>
          {region && (
            <rect
              class="region"
              x={x(region[0])}
              y={top}
              width={x(region[1]) - x(region[0])}
              height={floor - top}
            />
          )}
          <g class="frame">
            <path class="grid" d={ticks.map((value) => `M${x(value)} ${top}V${floor}`).join('')} />
            <path class="axis" d={`M${x(0)} ${top}V${floor}`} />
            {ticks.map((value) => (
              <text key={value} x={labelAt(value)} y={floor + 15} text-anchor="middle">
                {shown(value)}
              </text>
            ))}
            {said.map((text, i) => (
              <text
                key={text}
                class="name"
                x={width / 2}
                y={floor + bottom - 6 + i * lineOfText}
                text-anchor="middle"
              >
                {text}
              </text>
            ))}
          </g>
          {rows.map(({ name, mean, low, high, verdict }, i) => {
            const middle = top + i * line + 32;
            return (
              <g key={name} class="interval">
                <text x={side} y={middle - 14}>
                  {name}: {verdict}
                </text>
                <path
                  d={`M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 5}v10M${x(high)} ${middle - 5}v10`}
                />
                <circle cx={x(mean)} cy={middle} r={4.5} />
              </g>
            );
          })}
        </g>
      </svg>
    </figure>
  );
}
