import { describe, expect, test } from 'vitest';
import { holm } from '../src/statistics/adjust.js';
import { criticalOf, type Estimate, intervalOf, pValueOf } from '../src/statistics/estimate.js';
import { correlationOf, simultaneousCritical } from '../src/statistics/max-t.js';
import { nadeauBengio } from '../src/statistics/nadeau-bengio.js';
import { pairedT } from '../src/statistics/paired-t.js';
import { needed } from '../src/statistics/power.js';
import { sequenceCritical } from '../src/statistics/sequence.js';
import { signFlip } from '../src/statistics/sign-flip.js';
import { type SeedDifferences, unitsAndSeeds } from '../src/statistics/units-and-seeds.js';
import { verdictOf } from '../src/statistics/verdict.js';
import { fixture, relativeError } from './_fixture.js';

const expected = fixture('statistics');
const minus = (b: number[], a: number[]) => b.map((value, i) => value - a[i]);
/** Sums in another order; all else is the same arithmetic. */
const closeTo = (actual: number, value: number) => expect(relativeError(actual, value)).toBeLessThan(1e-9);

interface Paired {
  a: number[];
  b: number[];
  level: number;
  mean: number;
  low: number;
  high: number;
  p: number;
}

test.each(expected.paired as Paired[])('paired t over $a.length pairs at $level is SciPy’s', (given) => {
  const estimate = pairedT(minus(given.b, given.a));
  const { low, high } = intervalOf(estimate, criticalOf(estimate, given.level));
  closeTo(estimate.mean, given.mean);
  closeTo(low, given.low);
  closeTo(high, given.high);
  closeTo(pValueOf(estimate), given.p);
});

interface Layout {
  runs: SeedDifferences[];
  mean: number;
  se: number;
  df: number;
}

test.each(expected.unitsAndSeeds as Layout[])('the variance of rows and seeds is that of pandas', (given) => {
  const estimate = unitsAndSeeds(given.runs);
  closeTo(estimate.mean, given.mean);
  closeTo(estimate.standardError, given.se);
  closeTo(estimate.df, given.df);
});

test('more rows of a unit do not make it weigh more', () => {
  const once = unitsAndSeeds([
    { units: [0, 1, 2], differences: [1, 2, 6] },
    { units: [0, 1, 2], differences: [2, 2, 7] },
  ]);
  const repeated = unitsAndSeeds([
    { units: [0, 1, 2, 2, 2, 2], differences: [1, 2, 6, 6, 6, 6] },
    { units: [0, 1, 2, 2, 2, 2], differences: [2, 2, 7, 7, 7, 7] },
  ]);
  expect(repeated).toEqual(once);
});

test('units that all agree are no proof that none differs', () => {
  const runs = [0, 1].map(() => ({ units: [...Array(50).keys()], differences: Array(50).fill(0) }));
  expect(unitsAndSeeds(runs).standardError).toBe(0);
  for (const bound of [1, 3])
    expect(unitsAndSeeds(runs, bound).standardError).toBeCloseTo(bound / Math.sqrt(49 * 50), 12);
});

test('Nadeau and Bengio’s standard error, and what more seeds would lessen of it', () => {
  const { d, testPerTrain, se } = expected.nadeauBengio;
  const { standardError, seedPart, rowPart, units } = nadeauBengio(d, testPerTrain);
  closeTo(standardError, se);
  closeTo(seedPart + rowPart, se * se);
  closeTo(rowPart / seedPart, testPerTrain * d.length);
  expect(units).toBe(0);
});

describe('the sign-flip test', () => {
  test.each(expected.signFlip as { d: number[]; p: number }[])('of $d is SciPy’s', ({ d, p }) => {
    expect(signFlip(d)).toEqual({ p, exact: true });
  });

  test('of 2²⁰ patterns equals the drawn one to its error', () => {
    const d = Array.from({ length: 21 }, (_, i) => Math.sin(i) + 0.4);
    const { p, exact } = signFlip(d);
    expect(exact).toBe(true);
    // 25 groups, four of which say nothing, have the same p, by 99,999 drawn patterns.
    const drawn = signFlip([...d, 0, 0, 0, 0]);
    expect(drawn.exact).toBe(false);
    expect(Math.abs(drawn.p - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 99_999));
  });

  test('counts the data among the drawn patterns', () => {
    // The chance that another pattern is as far from 0 is 2⁻²⁹.
    expect(signFlip(Array(30).fill(1))).toEqual({ p: 1e-5, exact: false });
  });
});

test.each(expected.adjust as { p: number[]; holm: number[] }[])('Holm of $p is statsmodels’', (given) => {
  for (const [i, value] of holm(given.p).entries()) closeTo(value, given.holm[i]);
});

/** An estimate with the wanted correlation: parts of values whose covariance is the correlation's own. */
function correlated(correlation: number[][], df: number): Estimate[] {
  const k = correlation.length;
  const l = correlation.map((row) => row.map(() => 0));
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      const rest = correlation[i][j] - l[i].reduce((sum, x, m) => (m < j ? sum + x * l[j][m] : sum), 0);
      l[i][j] = i === j ? Math.sqrt(rest) : rest / l[j][j];
    }
  // Orthogonal contrasts: +1 and −1 at the places 2j and 2j + 1.
  return l.map((row) => ({
    ...{ mean: 0, standardError: 1, df, seedPart: 0, rowPart: 0, seeds: 2 * k, units: 0 },
    parts: [{ values: Float64Array.from(row.flatMap((x) => [x, -x])), weight: 1 }],
  }));
}

interface Dunnett {
  correlation: number[][];
  df: number;
  critical: number;
}

test.each(expected.maxT as Dunnett[])(
  'max-t of $correlation.length arms, $df degrees, is SciPy’s',
  (given) => {
    const [critical] = simultaneousCritical(correlated(given.correlation, given.df), [0.95]);
    // Both are quantiles of draws: 20,000 of ours (1 % of sampling error), 4,000,000 of SciPy's.
    expect(relativeError(critical, given.critical)).toBeLessThan(0.012);
  },
);

test('max-t never exceeds Bonferroni, and alike arms need no correction', () => {
  const twins = correlated([[1]], 20).concat(correlated([[1]], 20));
  expect(simultaneousCritical(twins, [0.95])[0]).toBeLessThan(2.086 * 1.01);
  const apart = [pairedT([1, 2, 3]), pairedT([1, 2, 3, 4])];
  expect(simultaneousCritical(apart, [0.95])[0]).toBeCloseTo(6.205, 3); // t(0.9875, 2)
});

test('estimates of several parts correlate by the parts that they share', () => {
  const rows = [3, -1, -2, 4, 1];
  const others = [1, 1, 0, 0, -2]; // orthogonal to them, about its mean
  const estimate = (...parts: (readonly [values: number[], weight: number])[]): Estimate => ({
    ...pairedT([1, 2]),
    parts: parts.map(([values, weight]) => ({ values: Float64Array.from(values), weight })),
  });
  const part = (values: number[], weight: number) => [values, weight] as const;
  const seeds = part([1, 2, 3], 0.5); // of variance 1
  const correlation = correlationOf([
    estimate(part(rows, 0.1), seeds),
    estimate(part(others, 0.1), seeds),
    estimate(
      part(
        rows.map((x) => -x),
        0.1,
      ),
      seeds,
    ),
  ]);
  const [v, w] = [6.5 * 0.1, 1.5 * 0.1]; // variances of rows and others
  closeTo(correlation?.[0][1] as number, 0.5 / Math.sqrt((v + 0.5) * (w + 0.5)));
  closeTo(correlation?.[0][2] as number, (0.5 - v) / (v + 0.5));
  expect(correlationOf([estimate(seeds), estimate(part(rows, 1))])).toBeUndefined();
});

interface Tost {
  a: number[];
  b: number[];
  region: number;
  p: number;
}

test.each(expected.equivalence as Tost[])('two one-sided tests within $region are statsmodels’', (given) => {
  const estimate = pairedT(minus(given.b, given.a));
  const at = (level: number) => intervalOf(estimate, criticalOf(estimate, level));
  const verdict = verdictOf(at(0.95), at(0.9), given.region, true);
  expect(verdict === 'equivalent').toBe(given.p < 0.05);
});

test('the four verdicts', () => {
  const narrow = { low: 0.02, high: 0.04 };
  expect(verdictOf({ low: 0.01, high: 0.05 }, narrow, 0.01, true)).toBe('better');
  expect(verdictOf({ low: 0.01, high: 0.05 }, narrow, 0.01, false)).toBe('worse');
  expect(verdictOf({ low: -0.05, high: -0.01 }, { low: -0.04, high: -0.02 }, 0.01, true)).toBe('worse');
  expect(verdictOf({ low: -0.01, high: 0.05 }, narrow, 0.01, true)).toBe('not-shown');
  expect(verdictOf({ low: 0.001, high: 0.005 }, { low: 0.002, high: 0.004 }, 0.01, true)).toBe('equivalent');
  expect(verdictOf({ low: 0, high: 0 }, { low: 0, high: 0 }, 0.01, true)).toBe('equivalent');
  // The region's own ends matter in practice, and an interval that ends at 0 does not leave it out.
  expect(verdictOf({ low: -0.02, high: 0.02 }, { low: -0.01, high: 0 }, 0.01, true)).toBe('not-shown');
  expect(verdictOf({ low: -0.02, high: 0.02 }, { low: 0, high: 0.01 }, 0.01, true)).toBe('not-shown');
  expect(verdictOf({ low: 0, high: 0.05 }, narrow, 0.01, true)).toBe('not-shown');
  expect(verdictOf({ low: -0.05, high: 0 }, { low: -0.04, high: -0.02 }, 0.01, true)).toBe('not-shown');
  const unknown = { low: Number.NaN, high: Number.NaN };
  expect(verdictOf(unknown, unknown, 0.01, true)).toBe('not-shown');
});

describe('the confidence sequence', () => {
  test('is 3.035 standard errors wide at the planned number of seeds', () => {
    expect(sequenceCritical(32)).toBeCloseTo(3.035, 3);
    expect(sequenceCritical(100, { planned: 100 })).toBe(sequenceCritical(32));
  });

  test('is wider at any other', () => {
    for (const seeds of [2, 10, 100, 1000]) expect(sequenceCritical(seeds)).toBeGreaterThan(3.035);
  });
});

describe('what more would settle it', () => {
  const estimate = (mean: number, seedPart: number, rowPart: number): Estimate => ({
    ...{ mean, standardError: Math.sqrt(seedPart + rowPart), df: 50, seedPart, rowPart },
    ...{ seeds: 10, units: 100, parts: [] },
  });
  const critical = { difference: 2, equivalence: 1.7 };

  test('seeds, where they are the noise', () => {
    // h/t = 0.02/2, its square 1e-4; s²_seed = 10 · 2e-4, so R = 2e-3 / (1e-4 − 0.2e-4) = 25.
    expect(needed(estimate(0.02, 2e-4, 0.2e-4), 'not-shown', 0.01, critical)).toEqual({ seeds: 15, rows: 0 });
  });

  test('seeds, where the absence of a difference is nearer to be shown', () => {
    // (0.017/1.7)² is 1e-4 again.
    expect(needed(estimate(0, 2e-4, 0.2e-4), 'not-shown', 0.017, critical)).toEqual({ seeds: 15, rows: 0 });
  });

  test('rows, where seeds would do as little: with as many seeds as one likes', () => {
    // s²_D = 100 · 2e-4, so G = 2e-2 / 1e-4 = 200.
    for (const seedPart of [1e-4, 5e-4])
      expect(needed(estimate(0.02, seedPart, 2e-4), 'not-shown', 0.01, critical)).toEqual({
        seeds: null,
        rows: 100,
      });
  });

  test('rows, where no number of seeds would do', () => {
    // s²_D = 100 · 2e-4, so G = 2e-2 / (1e-4 − 0.5e-4) = 400.
    expect(needed(estimate(0.02, 0.5e-4, 2e-4), 'not-shown', 0.01, critical)).toEqual({
      seeds: null,
      rows: 300,
    });
  });

  test('nothing, where it is settled; nothing helps, where mean and region meet', () => {
    expect(needed(estimate(0.02, 1e-9, 1e-9), 'better', 0.01, critical)).toEqual({ seeds: 0, rows: 0 });
    expect(needed(estimate(0, 1e-4, 1e-4), 'not-shown', 0, critical)).toEqual({ seeds: null, rows: null });
    for (const unknown of [estimate(0.02, Number.NaN, 1e-4), estimate(0.02, 1e-5, Number.NaN)])
      expect(needed(unknown, 'not-shown', 0.01, critical)).toEqual({ seeds: null, rows: null });
  });
});

test('numbers that are none are named', () => {
  expect(() => pairedT([1, Number.NaN])).toThrow(
    new RangeError('differences[1] must be a finite number, got NaN'),
  );
  expect(() => pairedT([])).toThrow(new RangeError('differences must have at least 1 values, got 0'));
  expect(() => unitsAndSeeds([{ units: [1], differences: [1, 2] }])).toThrow(
    new RangeError('runs[0].units must be one for each of 2 differences, got 1'),
  );
});
