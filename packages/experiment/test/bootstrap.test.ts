import { expect, test } from 'vitest';
import { answersOf } from '../src/measures/answers.js';
import { type Measure, measuredOn, measureNamed, rowValues } from '../src/measures/measure.js';
import { draws } from '../src/random/draws.js';
import {
  resampler,
  resampledUnits as resampleWith,
  type SeedAnswers,
  twoWayBootstrap,
} from '../src/statistics/bootstrap.js';
import { unitsAndSeeds } from '../src/statistics/units-and-seeds.js';

const resampledUnits = (runs: SeedAnswers[], measure: Measure) =>
  resampleWith(
    runs,
    measure,
    resampler(1 + runs.flatMap(({ units }) => Array.from(units)).reduce((a, b) => Math.max(a, b))),
  );

/** Two arms over seeds, of which the second is right more often. */
function invented(rows: number, seeds: number): [SeedAnswers[], SeedAnswers[]] {
  const { uniform, below } = draws(3);
  const hard = Array.from({ length: rows }, uniform);
  const arm = (skill: number) =>
    Array.from({ length: seeds }, () => {
      const units = Array.from({ length: rows }, (_, row) => row).filter((row) => (row + below(2)) % 3 === 0);
      return units;
    }).map((units) => ({
      units,
      answers: answersOf(
        units.map((row) => row % 3),
        units.flatMap((row) => {
          const right = uniform() < skill * (1 - 0.6 * hard[row]);
          return [0, 1, 2].map((c) => (c === (right ? row % 3 : (row + 1) % 3) ? 0.8 : 0.1));
        }),
        3,
      ),
    }));
  const baseline = arm(0.8);
  const better = arm(0.95).map((run, r) => {
    const { units } = baseline[r];
    return { ...run, units, answers: { ...run.answers, truth: units.map((row) => row % 3) } };
  });
  return [better.map((run, r) => ({ ...run, units: baseline[r].units })), baseline];
}

test('of a mean of rows it is near the formula for rows and seeds', () => {
  const accuracy = measureNamed('accuracy');
  const { uniform } = draws(5);
  const skill = Array.from({ length: 200 }, uniform);
  const runs = (shift: number): SeedAnswers[] =>
    Array.from({ length: 24 }, (_, r) => {
      const units = skill.map((_, unit) => unit).filter((unit) => (unit + r) % 4 === 0);
      const answer = units.map((unit) => (uniform() < Math.min(1, skill[unit] + shift) ? 0 : 1));
      const truth = units.map(() => 0);
      const ones = units.map(() => 1);
      return {
        units,
        answers: { kind: 'classification', classes: 2, truth, answer, confidence: ones, logLoss: ones },
      };
    });
  const [arm, baseline] = [runs(0.1), runs(0)];
  const bootstrap = twoWayBootstrap(resampledUnits(arm, accuracy), resampledUnits(baseline, accuracy));
  const formula = unitsAndSeeds(
    arm.map((run, r) => {
      const other = rowValues(accuracy, baseline[r].answers);
      return {
        units: run.units,
        differences: rowValues(accuracy, run.answers).map((value, i) => value - other[i]),
      };
    }),
  );
  expect(bootstrap.mean).toBeCloseTo(formula.mean, 10);
  expect(bootstrap.units).toBe(200);
  // Both hold the interaction of rows and seeds more than once, in different ways.
  expect(bootstrap.standardError / formula.standardError).toBeGreaterThan(0.85);
  expect(bootstrap.standardError / formula.standardError).toBeLessThan(1.3);
});

test('every held-out row is resampled: of one wrong answer, whichever it is, the variance is p(1 − p)/n', () => {
  const rows = 50;
  const accuracy = measureNamed('accuracy');
  const ones = Array(rows).fill(1);
  for (const wrong of [0, 20, rows - 1]) {
    const truth = Array.from({ length: rows }, (_, i) => (i === wrong ? 1 : 0));
    const of = (answer: number[]): SeedAnswers[] => [
      {
        units: truth.map((_, i) => i),
        answers: { kind: 'classification', classes: 2, truth, answer, confidence: ones, logLoss: ones },
      },
    ];
    const { rowPart } = twoWayBootstrap(
      resampledUnits(of(truth), accuracy),
      resampledUnits(of(Array(rows).fill(0)), accuracy),
    );
    const p = 1 / rows;
    // The variance of 400 resamples is known to 9 %.
    expect(rowPart / ((p * (1 - p)) / rows)).toBeGreaterThan(0.8);
    expect(rowPart / ((p * (1 - p)) / rows)).toBeLessThan(1.25);
  }
});

test('the same every time, and the observed values are the measure’s own', () => {
  const [arm, baseline] = invented(90, 6);
  const f1 = measureNamed('macroF1');
  const once = resampledUnits(arm, f1);
  expect(once).toEqual(resampledUnits(arm, f1));
  expect([...once.observed]).toEqual(arm.map(({ answers }) => measuredOn(f1, answers)));
  const estimate = twoWayBootstrap(once, resampledUnits(baseline, f1));
  expect(estimate.standardError).toBeGreaterThan(0);
  expect(estimate.seeds).toBe(6);
});

test('an arm that equals the baseline differs by 0, for sure', () => {
  const [arm] = invented(90, 6);
  const resampled = resampledUnits(arm, measureNamed('calibrationError'));
  expect(twoWayBootstrap(resampled, resampled)).toMatchObject({ mean: 0, standardError: 0 });
});

test('many units are resampled in blocks with the same standard error', () => {
  const rmse = measureNamed('rmse');
  const { normal } = draws(9);
  const truth = Array.from({ length: 12_000 }, () => 0);
  const run = (spread: number): SeedAnswers => ({
    units: truth.map((_, i) => i),
    answers: { kind: 'regression', truth, answer: truth.map(() => spread * normal()) },
  });
  const [arm, baseline] = [
    [run(1.1), run(1.1)],
    [run(1), run(1)],
  ];
  const { rowPart, units } = twoWayBootstrap(resampledUnits(arm, rmse), resampledUnits(baseline, rmse));
  expect(units).toBe(12_000);
  // Of an RMSE of n normal errors the variance is σ²/2n; two arms of two independent seeds each.
  const expected = (1.1 ** 2 + 1) / 2 / 12_000 / 2;
  expect(Math.sqrt(rowPart / expected)).toBeGreaterThan(0.9);
  expect(Math.sqrt(rowPart / expected)).toBeLessThan(1.1);
});
