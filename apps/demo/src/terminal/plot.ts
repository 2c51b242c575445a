import type { Activation } from '@rectify/core';

export interface TerminalPlotOptions {
  /** Ends of the x axis; −10 and 10 by default, as in the tutorial. */
  readonly from?: number;
  readonly to?: number;
  /** Characters across and down; 61 and 21 by default. Odd numbers put the cross in the middle. */
  readonly columns?: number;
  readonly rows?: number;
  /** What the legend calls each function; by default its name and parameters. */
  readonly labels?: readonly string[];
}

/** One mark a function: told apart without colour. */
const marks = ['•', 'x', '+', 'o', '*', '#'];

/**
 * Graphs of functions as lines of text: the cross of the axes through 0, one mark for each function, the numbers at the ends of the
 * axes, and a legend. Where two graphs meet, the one that is named first is seen.
 *
 * Throws RangeError for no functions or more than six, and for ends that are no span.
 */
export function plotText(functions: readonly Activation[], options: TerminalPlotOptions = {}): string {
  const { from = -10, to = 10, columns = 61, rows = 21 } = options;
  if (functions.length < 1 || functions.length > marks.length)
    throw new RangeError(`plotText draws 1 to ${marks.length} functions, got ${functions.length}`);
  if (!(from < to && Number.isFinite(to - from)))
    throw new RangeError(`from must be less than to, got ${from} and ${to}`);
  const xs = Array.from({ length: columns }, (_, c) => from + ((to - from) * c) / (columns - 1));
  const curves = functions.map((f) => xs.map((x) => f(x)));
  const [low, high] = span(curves.flat(), to - from);

  const rowOf = (y: number) => Math.round(((high - y) / (high - low)) * (rows - 1));
  const zeroRow = rowOf(0);
  const zeroColumn = from <= 0 && to >= 0 ? Math.round((-from / (to - from)) * (columns - 1)) : -1;
  const cells = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => cross(r === zeroRow, c === zeroColumn)),
  );
  for (const [i, curve] of [...curves.entries()].reverse()) {
    let before: number | undefined;
    for (const [c, y] of curve.entries()) {
      const row = Number.isNaN(y) ? undefined : Math.max(-1, Math.min(rows, rowOf(y)));
      for (const r of between(before, row)) if (cells[r]) cells[r][c] = marks[i];
      before = row;
    }
  }
  const numbers = new Map([
    [0, short(high)],
    [zeroRow, '0'],
    [rows - 1, short(low)],
  ]);
  const margin = Math.max(...[...numbers.values()].map((text) => text.length));
  const labels = options.labels ?? functions.map(labelOf);
  return [
    ...cells.map((row, r) => `${(numbers.get(r) ?? '').padStart(margin)} ${row.join('')}`.trimEnd()),
    `${' '.repeat(margin + 1)}${short(from)}${short(to).padStart(columns - short(from).length)}`,
    ...labels.map((label, i) => `${' '.repeat(margin + 1)}${marks[i]} ${label}`),
  ].join('\n');
}

const cross = (horizontal: boolean, vertical: boolean): string =>
  horizontal && vertical ? '┼' : horizontal ? '─' : vertical ? '│' : ' ';

/** The rows that a steep piece of a graph passes on its way to the next column, so that it does not fall apart. */
function between(before: number | undefined, row: number | undefined): number[] {
  if (row === undefined) return [];
  if (before === undefined || Math.abs(row - before) <= 1) return [row];
  const step = Math.sign(row - before);
  return Array.from({ length: Math.abs(row - before) }, (_, i) => before + step * (i + 1));
}

/** What the graphs take of the span of the x axis, with 0. */
function span(ys: readonly number[], width: number): [number, number] {
  const seen = ys.filter((y) => !Number.isNaN(y));
  const low = Math.max(Math.min(0, ...seen), -width / 2);
  const high = Math.min(Math.max(0, ...seen), width / 2);
  return high > low ? [low, high] : [low, low + 1];
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** A function's name and parameters as a legend shows them. */
export const labelOf = ({ name, params }: Activation): string => {
  const shown = Object.entries(params)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === 'number' ? short(value) : value}`);
  return shown.length > 0 ? `${name} (${shown.join(', ')})` : name;
};
