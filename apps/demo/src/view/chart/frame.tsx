import { margin, type Plane } from './plane.js';
import { shown } from './series.js';

interface FrameProps {
  readonly plane: Plane;
  readonly xName: string;
  readonly yName: string;
  readonly cross: boolean;
}

/** Grid, axes, their numbers and names. */
export function Frame({ plane: { x, y, width, height }, xName, yName, cross }: FrameProps) {
  const bottom = height - margin.bottom;
  const right = width - margin.right;
  const xTicks = x.ticks(Math.max(2, Math.round(width / 80)));
  const yTicks = y.ticks(Math.max(2, Math.round(height / 55)));
  const grid = [
    ...xTicks.map((value) => `M${x(value)} ${margin.top}V${bottom}`),
    ...yTicks.map((value) => `M${margin.left} ${y(value)}H${right}`),
  ].join('');
  const within = (scale: Plane['x']) => scale.domain()[0] <= 0 && scale.domain()[1] >= 0;
  const axes = [
    cross && within(y) ? `M${margin.left} ${y(0)}H${right}` : `M${margin.left} ${bottom}H${right}`,
    cross && within(x) ? `M${x(0)} ${margin.top}V${bottom}` : `M${margin.left} ${margin.top}V${bottom}`,
  ].join('');
  return (
    <g class="frame">
      <path class="grid" d={grid} />
      <path class="axis" d={axes} />
      {xTicks.map((value) => (
        <text key={value} x={x(value)} y={bottom + 15} text-anchor="middle">
          {shown(value)}
        </text>
      ))}
      {yTicks.map((value) => (
        <text key={value} x={margin.left - 6} y={y(value) + 4} text-anchor="end">
          {shown(value)}
        </text>
      ))}
      <text class="name" x={(margin.left + right) / 2} y={height - 6} text-anchor="middle">
        {xName}
      </text>
      <text
        class="name"
        transform={`translate(12 ${(margin.top + bottom) / 2}) rotate(-90)`}
        text-anchor="middle"
      >
        {yName}
      </text>
    </g>
  );
}
