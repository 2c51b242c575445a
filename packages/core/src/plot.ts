import type { Activation } from './activation/activation.js';
import { checkNumber, checkPositiveInteger, show, withDefaults } from './activation/arguments.js';

export type { Activation } from './activation/activation.js';

/** What a plot shows, and how large it is. */
export interface PlotOptions {
  /** Left end of the x axis; −10 by default, as in the tutorial. */
  from: number;
  /** Right end; 10 by default. Greater than `from`. */
  to: number;
  /** Whether f′ is drawn too, dashed; true by default. */
  derivative: boolean;
  /** Size in pixels; 480 × 320 by default. */
  width: number;
  height: number;
  /** What the legend calls each function; by default their names with parameters, those left out that are null. */
  labels: readonly string[] | null;
  /** Above the picture; none by default. It is also what a screen reader says, before the labels. */
  title: string;
}

// Distinct in hue and in lightness, also for those who see few colours (Okabe and Ito).
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'];

const MARGIN = { top: 28, right: 12, bottom: 24, left: 36 };

interface Box {
  x: (value: number) => number;
  y: (value: number) => number;
}

interface Curve {
  /** Runs of points; between two runs the curve jumps. */
  runs: [number, number][][];
  colour: string;
  dashed: boolean;
  label: string;
}

/**
 * A graph of one or more activations, f and f′, as an SVG string: axes through 0, ticks, legend. No DOM is needed.
 *
 * x runs from `from` to `to`; the y axis shows what the curves take of that same span. A jump is not joined. Throws TypeError
 * for what is not an activation or an option, RangeError for an empty list, more than seven functions, `from` ≥ `to` or a size
 * that is no integer greater than the margins.
 */
export function plot(f: Activation | readonly Activation[], options?: Partial<PlotOptions>): string {
  const functions = Array.isArray(f) ? (f as readonly Activation[]) : [f as Activation];
  const settings = checked(functions, options);
  const { from, to, width, height, title } = settings;
  const names = settings.labels ?? functions.map(labelOf);
  const curves = functions.flatMap((one, i): Curve[] => {
    const colour = COLOURS[i];
    const label = names[i];
    const value: Curve = { runs: sample(one, one, from, to), colour, dashed: false, label };
    if (!settings.derivative) return [value];
    const slope = sample(one, (x) => one.derivative(x), from, to);
    return [value, { runs: slope, colour, dashed: true, label: `${label}′` }];
  });
  const [low, high] = yRange(curves, from, to);
  const scale = (a: number, b: number, start: number, end: number) => (v: number) =>
    start + ((v - a) / (b - a)) * (end - start);
  const box: Box = {
    x: scale(from, to, MARGIN.left, width - MARGIN.right),
    y: scale(low, high, height - MARGIN.bottom, MARGIN.top),
  };
  const clip = `${MARGIN.left} ${MARGIN.top} ${width - MARGIN.left - MARGIN.right} ${height - MARGIN.top - MARGIN.bottom}`;
  const spoken = [title, ...names].filter(Boolean).join(': ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(spoken)}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    axes(box, from, to, low, high),
    // A nested viewport clips without an id, so that many pictures may stand in one page.
    `<svg x="${MARGIN.left}" y="${MARGIN.top}" width="${clip.split(' ')[2]}" height="${clip.split(' ')[3]}" viewBox="${clip}" fill="none" stroke-width="2" stroke-linejoin="round" aria-hidden="true">`,
    ...curves.map((curve) => path(curve, box)),
    '</svg>',
    legend(curves, title, width),
    '</svg>',
    '',
  ].join('\n');
}

function checked(functions: readonly Activation[], options: Partial<PlotOptions> | undefined): PlotOptions {
  const defaults: PlotOptions = {
    from: -10,
    to: 10,
    derivative: true,
    width: 480,
    height: 320,
    labels: null,
    title: '',
  };
  if (options !== undefined && Object(options) !== options)
    throw new TypeError(`the options of plot must be an object, got ${show(options)}`);
  const settings = withDefaults('plot', options, defaults);
  if (functions.length === 0 || functions.length > COLOURS.length)
    throw new RangeError(`plot draws 1 to ${COLOURS.length} functions, got ${functions.length}`);
  for (const one of functions)
    if (typeof one !== 'function' || typeof one.derivative !== 'function')
      throw new TypeError(`plot draws activations, got ${typeof one}`);
  checkNumber('from', settings.from);
  checkNumber('to', settings.to);
  if (settings.from >= settings.to)
    throw new RangeError(`from must be less than to ${settings.to}, got ${settings.from}`);
  if (settings.to - settings.from > 1e300)
    throw new RangeError(`from and to must be nearer together, got ${settings.from} and ${settings.to}`);
  checkSize('width', settings.width, MARGIN.left + MARGIN.right);
  checkSize('height', settings.height, MARGIN.top + MARGIN.bottom);
  if (typeof settings.derivative !== 'boolean')
    throw new TypeError(`derivative must be true or false, got ${show(settings.derivative)}`);
  checkText('title', settings.title);
  if (settings.labels === null) return settings;
  if (!Array.isArray(settings.labels))
    throw new TypeError(`labels must be an array of strings or null, got ${show(settings.labels)}`);
  for (const label of settings.labels) checkText('a label', label);
  if (settings.labels.length !== functions.length)
    throw new RangeError(
      `labels must name each of the ${functions.length} functions, got ${settings.labels.length}`,
    );
  return settings;
}

function checkSize(argument: string, value: unknown, margins: number): void {
  checkPositiveInteger(argument, value);
  if (value <= margins)
    throw new RangeError(`${argument} must be greater than ${margins}, the margins, got ${value}`);
}

function checkText(argument: string, value: unknown): void {
  if (typeof value !== 'string') throw new TypeError(`${argument} must be a string, got ${show(value)}`);
}

const labelOf = ({ name, params }: Activation): string => {
  const shown = Object.entries(params)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`);
  return shown.length > 0 ? `${name} (${shown.join(', ')})` : name;
};

/** Points of a curve, in runs that end where it jumps. */
function sample(
  { kinks }: Activation,
  f: (x: number) => number,
  from: number,
  to: number,
): [number, number][][] {
  const ends = [from, ...kinks.filter((kink) => kink > from && kink < to), to];
  const runs: [number, number][][] = [];
  const steps = 240;
  for (let i = 0; i + 1 < ends.length; i++) {
    const a = ends[i];
    const b = ends[i + 1];
    const inset = (b - a) * 1e-9; // to either side of a kink, not on it
    const count = Math.max(2, Math.ceil((steps * (b - a)) / (to - from)));
    const points = Array.from({ length: count + 1 }, (_, k): [number, number] => {
      const x = a + inset + ((b - a - 2 * inset) * k) / count;
      return [x, f(x)];
    });
    const before = runs.at(-1);
    const jump = before ? Math.abs((before.at(-1)?.[1] as number) - points[0]?.[1]) : 1;
    if (before && jump < 1e-6) before.push(...points);
    else runs.push(points);
  }
  return runs;
}

/** What the curves take of the span of the x axis, 0 included, with a little air. */
function yRange(curves: readonly Curve[], from: number, to: number): [number, number] {
  let low = 0;
  let high = 0;
  for (const { runs } of curves) {
    for (const [, y] of runs.flat()) {
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
  }
  const span = to - from;
  low = Math.max(low, -span / 2);
  high = Math.min(high, span / 2);
  if (high - low < 1e-9) high = low + 1;
  const air = (high - low) * 0.05;
  return [low - air, high + air];
}

/** 1, 2 or 5 times a power of ten, for about `wanted` ticks. */
function tickStep(span: number, wanted: number): number {
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const ratio = raw / power;
  return power * (ratio > 5 ? 10 : ratio > 2 ? 5 : ratio > 1 ? 2 : 1);
}

function ticks(from: number, to: number, wanted: number): number[] {
  const step = tickStep(to - from, wanted);
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const px = (value: number): string => String(Number(value.toFixed(2)));

/** The grid, and the cross of the two axes. */
function axes({ x, y }: Box, from: number, to: number, low: number, high: number): string {
  const left = px(x(from));
  const right = px(x(to));
  const top = px(y(high));
  const bottom = px(y(low));
  const vertical = ticks(from, to, 10);
  const horizontal = ticks(low, high, 6);
  const line = (x1: string, y1: string, x2: string, y2: string) => `M${x1} ${y1}L${x2} ${y2}`;
  const grid = [
    ...vertical.map((v) => line(px(x(v)), top, px(x(v)), bottom)),
    ...horizontal.map((v) => line(left, px(y(v)), right, px(y(v)))),
  ].join('');
  const zeroX = from <= 0 && to >= 0 ? line(px(x(0)), top, px(x(0)), bottom) : '';
  const cross = line(left, px(y(0)), right, px(y(0))) + zeroX;
  const texts = [
    ...vertical.map((v) => `<text x="${px(x(v))}" y="${px(y(low) + 14)}" text-anchor="middle">${v}</text>`),
    ...horizontal.map(
      (v) => `<text x="${px(x(from) - 5)}" y="${px(y(v) + 4)}" text-anchor="end">${v}</text>`,
    ),
  ];
  return `<path d="${grid}" stroke="#e5e5e5"/>\n<path d="${cross}" stroke="#555555"/>\n<g fill="#555555">${texts.join('')}</g>`;
}

// What lies far outside would be lost on coordinates of 32 bits; the viewport clips what is left.
const within = (value: number): number => Math.max(-1e5, Math.min(1e5, value));

function path({ runs, colour, dashed }: Curve, { x, y }: Box): string {
  const d = runs
    .map((run) => run.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(x(a))} ${px(within(y(b)))}`).join(''))
    .join('');
  return `<path d="${d}" stroke="${colour}"${dashed ? ' stroke-dasharray="5 4" stroke-opacity="0.8"' : ''}/>`;
}

function legend(curves: readonly Curve[], title: string, width: number): string {
  const heading = title
    ? `<text x="${width / 2}" y="16" text-anchor="middle" font-size="13" font-weight="bold" fill="#222222">${escapeXml(title)}</text>`
    : '';
  const rows = curves.map(({ colour, dashed, label }, i) => {
    const y = MARGIN.top + 12 + 15 * i;
    const dash = dashed ? ' stroke-dasharray="5 4"' : '';
    return `<path d="M${MARGIN.left + 8} ${y - 4}h22" stroke="${colour}" stroke-width="2"${dash}/><text x="${MARGIN.left + 35}" y="${y}" fill="#222222" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(label)}</text>`;
  });
  return heading + rows.join('');
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
