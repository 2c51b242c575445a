/** A line of a chart, and where it has one, the band around it. */
export interface Series {
  readonly name: string;
  /** Pairs of x and y, x ascending. A y that is not finite breaks the line. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Lower and upper end at each x. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
}

/** How a line is drawn, so that it is told from the others without its colour. */
export interface Look {
  /** Class of the style sheet that gives the colour. */
  readonly className: string;
  readonly width: number;
  readonly dash: string | undefined;
}

// Width and dash differ, not only hue; the first is wide and lies below, so that it is seen where the next lies on it.
const dashes = [undefined, undefined, '7 4', '2 4', '9 3 2 3', '12 3', '3 2', '1 3', '8 2 2 2 2 2'];

/** How many lines a chart can tell apart. */
export const mostSeries = dashes.length;

export const lookOf = (index: number): Look => ({
  className: `series series-${(index % mostSeries) + 1}`,
  width: index === 0 ? 5 : index === 1 ? 2 : 2.25,
  dash: dashes[index % mostSeries],
});

/** The y of a line at x, between its points; undefined outside of them or where it is broken. */
export function valueAt({ points }: Series, x: number): number | undefined {
  const after = points.findIndex(([px]) => px >= x);
  if (after < 0) return undefined;
  const [x1, y1] = points[after];
  if (x1 === x) return finite(y1);
  if (after === 0) return undefined;
  const [x0, y0] = points[after - 1];
  return finite(y0 + ((y1 - y0) * (x - x0)) / (x1 - x0));
}

const finite = (y: number): number | undefined => (Number.isFinite(y) ? y : undefined);

/** Least and greatest finite value; 0 to 1 where there is none, and a little room where they are one. */
export function rangeOf(values: Iterable<number>): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  if (low < high) return [low, high];
  const room = Math.abs(low) / 10 || 0.5;
  return [low - room, high + room];
}

/** A number as a chart shows it: four significant digits, a true minus. */
export const shown = (value: number): string => {
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? rounded.toExponential() : String(rounded);
  return text.replaceAll('-', '−').replace('e−', '·10^−').replace('e+', '·10^');
};
