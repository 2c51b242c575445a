import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../src/view/chart/histogram.js';
import { IntervalChart } from '../src/view/chart/interval-chart.js';
import { LineChart, summaryOf } from '../src/view/chart/line-chart.js';
import { planeOf } from '../src/view/chart/plane.js';
import { lookOf, mostSeries, rangeOf, shown, valueAt } from '../src/view/chart/series.js';

const line = {
  name: 'f',
  points: [
    [-1, 2],
    [0, 0],
    [1, Number.NaN],
    [2, 4],
  ] as const,
};

describe('a chart of lines', () => {
  const props = {
    title: 'T',
    xName: 'x',
    yName: 'y',
    series: [line, { name: 'g', points: [[0, 1]] as const }],
  };

  it('breaks a line where a value is missing, and says in words what it shows', () => {
    const svg = renderToString(<LineChart {...props} />);
    const [, path] = [...svg.matchAll(/class="series series-1" d="([^"]*)"/g)].at(-1) as RegExpMatchArray; // after the legend's
    expect(path.match(/M/g)).toHaveLength(2);
    expect(svg).not.toContain('NaN');
    expect(summaryOf(props)).toBe(
      'T. y over x. f: 2 at −1, 4 at 2, between 0 and 4. g: 1 at 0, 1 at 0, between 1 and 1.',
    );
  });

  it('tells lines apart without their colour', () => {
    const looks = Array.from({ length: mostSeries }, (_, i) => `${lookOf(i).width} ${lookOf(i).dash}`);
    expect(new Set(looks).size).toBe(mostSeries);
  });

  it('draws no line, one point, equal values and infinite ones', () => {
    for (const points of [
      [],
      [[1, 1]],
      [
        [0, 3],
        [1, 3],
      ],
      [
        [0, Number.POSITIVE_INFINITY],
        [1, 0],
      ],
    ] as [number, number][][]) {
      const svg = renderToString(<LineChart {...props} series={[{ name: 'f', points }]} />);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('has its scales from the ranges that are given, else from the values and their bands', () => {
    expect(planeOf({ ...props, yRange: [-1, 1] }).y.domain()).toEqual([-1, 1]);
    const banded = {
      name: 'f',
      points: [
        [0, 1],
        [1, 1],
      ] as const,
      band: [
        [0, -5, 5],
        [1, -5, 5],
      ] as const,
    };
    expect(planeOf({ ...props, series: [banded] }).y.domain()).toEqual([-5, 5]);
  });

  it('reads a line between its points, and not beyond them', () => {
    expect(valueAt(line, -0.5)).toBe(1);
    expect(valueAt(line, 0)).toBe(0);
    expect([-2, 0.5, 1, 3].map((x) => valueAt(line, x))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(rangeOf([])).toEqual([0, 1]);
    expect(rangeOf([2, 2])).toEqual([1.8, 2.2]);
  });
});

describe('a chart of intervals', () => {
  it('says each in words, and shades what does not matter', () => {
    const rows = [{ name: 'leaky_relu', mean: 0.01, low: -0.02, high: 0.04, verdict: 'not shown' }];
    const svg = renderToString(
      <IntervalChart title="Accuracy" xName="minus relu" rows={rows} region={[-0.01, 0.01]} />,
    );
    expect(svg).toContain('leaky_relu: 0.01, −0.02 to 0.04, not shown');
    expect(svg).toContain('class="region"');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('a histogram', () => {
  it('draws a bar for each count', () => {
    const bars = [
      { from: -1, to: 0, count: 3 },
      { from: 0, to: 1, count: 0 },
    ];
    const svg = renderToString(<Histogram title="Age" xName="Age" bars={bars} />);
    expect(svg.match(/class="bar/g)).toHaveLength(2);
    expect(svg).toContain('3 values of Age from −1 to 1');
  });
});

it('long numbers below an axis stand within the chart', () => {
  const row = { name: 'tanh', mean: -4.5e-8, low: -1.21e-7, high: 3e-8, verdict: 'not shown' };
  const svg = renderToString(<IntervalChart title="RMSE" xName="RMSE" rows={[row]} width={300} />);
  const labels = [...svg.matchAll(/<text x="([\d.-]+)"[^>]*>([^<]*10\^[^<]*)</g)];
  expect(labels.length).toBeGreaterThan(0);
  let end = 0;
  for (const [, x, text] of labels) {
    expect(Number(x) - 3 * text.length).toBeGreaterThanOrEqual(end);
    end = Number(x) + 3 * text.length;
  }
  expect(end).toBeLessThanOrEqual(300);
});

it('numbers are shown short, with a true minus', () => {
  expect([0, -0.25, 1234.56, 12345678, 0.00001234, -0.00001234].map(shown)).toEqual([
    '0',
    '−0.25',
    '1235',
    '1.235·10^7',
    '1.234·10^−5',
    '−1.234·10^−5',
  ]);
});
