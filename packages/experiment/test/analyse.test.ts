import { describe, expect, test } from 'vitest';
import { analyse, type Outcome } from '../src/index.js';
import { draws } from '../src/random/draws.js';

/** A classifier that is right about each held-out row with the probability `skill`. */
function invented(
  arms: Record<string, number>,
  { seeds = 12, rows = 200, held = 50 }: { seeds?: number; rows?: number; held?: number } = {},
): Outcome[] {
  const { uniform, below } = draws(7);
  return Array.from({ length: seeds }, (_, seed) => {
    const units = Array.from({ length: held }, () => below(rows)).filter((u, i, all) => all.indexOf(u) === i);
    const truth = units.map((unit) => unit % 2);
    return Object.entries(arms).map(([arm, skill]): Outcome => {
      const probabilities = truth.flatMap((c) => {
        const right = uniform() < skill;
        return (right ? c : 1 - c) === 0 ? [0.7, 0.3] : [0.3, 0.7];
      });
      return { arm, seed, units, truth, probabilities };
    });
  }).flat();
}

const source = (outcomes: Outcome[], options = {}) =>
  analyse(outcomes, options).differences.filter(({ estimand }) => estimand === 'source');

describe('analyse', () => {
  test('finds the better and the worse arm, in every measure, and says so', () => {
    const analysis = analyse(invented({ relu: 0.7, good: 0.95, bad: 0.45 }));
    const verdicts = analysis.differences
      .filter(({ estimand, measure }) => estimand === 'source' && measure === 'accuracy')
      .map(({ arm, verdict }) => [arm, verdict]);
    expect(verdicts).toEqual([
      ['good', 'better'],
      ['bad', 'worse'],
    ]);
    expect(analysis.verdict.primary).toBe('accuracy');
    expect(analysis.verdict.text).toMatch(
      /^On new rows from the same source, better than relu in accuracy: good, \+2\d\.\d points \(95 % interval \+?[\d.]+ to [\d.]+\)\. Worse: bad,/,
    );
    expect(analysis.verdict.text).toContain('In log loss: good better; bad worse.');
    expect(analysis.arms[1]).toMatchObject({ name: 'good', runs: 12, diverged: 0 });
  });

  test('the difference on this table is the difference of the arms’ means', () => {
    const { differences, arms } = analyse(invented({ relu: 0.7, tanh: 0.75 }));
    for (const { measure, mean } of differences.filter(({ estimand }) => estimand === 'table'))
      expect(mean).toBeCloseTo(
        Number(arms[1].measures[measure].mean) - Number(arms[0].measures[measure].mean),
        10,
      );
  });

  test('an arm that answers the same makes no difference', () => {
    const relu = invented({ relu: 0.8 });
    const { verdict, differences } = analyse([...relu, ...relu.map((run) => ({ ...run, arm: 'twin' }))]);
    expect(verdict.text).toBe(
      'It does not matter: on new rows from the same source, twin and relu have the same accuracy within ±1.0 percentage points.',
    );
    expect(new Set(differences.map((one) => one.verdict))).toEqual(new Set(['equivalent']));
  });

  test('few rows cannot tell, and more rows or seeds are named', () => {
    const few = source(invented({ relu: 0.7, tanh: 0.75 }, { rows: 30, held: 10, seeds: 30 }));
    expect(few[0]).toMatchObject({ verdict: 'not-shown', seeds: 30 });
    const { seeds, rows } = few[0].needed;
    expect((seeds ?? 0) + (rows ?? 0)).toBeGreaterThan(0);
  });

  test('more arms make wider intervals, Holm’s p is not below p, and the level is told', () => {
    const [alone] = source(invented({ relu: 0.7, a: 0.75 }));
    const many = invented({ relu: 0.7, a: 0.75, b: 0.7, c: 0.7, d: 0.7, e: 0.7 });
    const [among] = source(many);
    const half = ({ low, high }: typeof alone) => ((high as number) - (low as number)) / 2;
    expect(half(among)).toBeGreaterThan(half(alone));
    for (const { p, pHolm } of source(many)) expect(pHolm).toBeGreaterThanOrEqual(p as number);
    expect(half(source(many, { level: 0.99 })[0])).toBeGreaterThan(half(among));
    expect(source(many, { planned: 12 })[0].high).toBeGreaterThan(among.high as number);
  });

  test('rows that repeat are one unit', () => {
    const once = invented({ relu: 0.7, tanh: 0.8 });
    const twice = once.map((run) => {
      const { units, truth, probabilities } = run as Outcome & { truth: number[]; probabilities: number[] };
      return {
        ...run,
        units: [...(units as number[]), ...(units as number[])],
        truth: [...truth, ...truth],
        probabilities: [...probabilities, ...probabilities],
      };
    });
    const [a, b] = [source(once)[0], source(twice)[0]];
    expect(b.units).toBe(a.units);
    expect(b.high).toBeCloseTo(a.high as number, 12);
  });

  test('folds of one seed are one run', () => {
    const whole = invented({ relu: 0.7, tanh: 0.8 });
    const folds = whole.flatMap((run) => {
      const { units, truth, probabilities } = run as Outcome & { truth: number[]; probabilities: number[] };
      const part = (from: number, to?: number) => ({
        ...run,
        units: (units as number[]).slice(from, to),
        truth: truth.slice(from, to),
        probabilities: probabilities.slice(2 * from, to && 2 * to),
      });
      return [part(0, 20), part(20)];
    });
    expect(analyse(folds)).toEqual(analyse(whole));
  });

  test('held-out groups have the sign-flip test beside the interval', () => {
    const runs = invented({ relu: 0.6, tanh: 0.9 }).map((run) => ({
      ...run,
      units: (run.units as number[]).map((unit) => `panel ${unit % 12}`),
    }));
    const [accuracy] = source(runs, { heldOutGroups: true });
    expect(accuracy).toMatchObject({ units: 12, signFlip: { exact: true } });
    expect(accuracy.signFlip?.p).toBeLessThan(0.01);
  });

  test('regression rests on RMSE', () => {
    const { normal } = draws(4);
    const outcomes = Array.from({ length: 10 }, (_, seed) => {
      const units = Array.from({ length: 60 }, (_, i) => i);
      const truth = units.map((unit) => 100 + unit);
      const noisy = (spread: number) => truth.map((value) => value + spread * normal());
      return [
        { arm: 'relu', seed, units, truth, predictions: noisy(5) },
        { arm: 'silu', seed, units, truth, predictions: noisy(3) },
      ];
    }).flat();
    const { verdict, arms, differences } = analyse(outcomes);
    expect(verdict).toMatchObject({ primary: 'rmse', text: expect.stringContaining('better than relu') });
    expect(Object.keys(arms[0].measures)).toEqual(['rmse', 'mae', 'r2']);
    expect(differences[0].region).toBeCloseTo(0.01 * Math.sqrt((60 * 61) / 12), 6);
    expect(differences.find((one) => one.estimand === 'source')?.method).toBe('two-way bootstrap');
  });

  test('losses per row alone, and scores alone, do', () => {
    const { normal } = draws(2);
    const losses = (shift: number) => Array.from({ length: 30 }, () => 1 + shift + 0.1 * normal());
    const runs = Array.from({ length: 10 }, (_, seed) => [
      { arm: 'a', seed, losses: { hinge: losses(0) } },
      { arm: 'b', seed, losses: { hinge: losses(-0.5) } },
    ]).flat();
    const analysis = analyse(runs);
    expect(analysis.differences[1]).toMatchObject({ verdict: 'better', method: 'rows and seeds', units: 30 });
    expect(analysis.warnings.join()).toContain('All seeds were tested on the same rows');

    const scores = Array.from({ length: 10 }, (_, seed) => [
      { arm: 'a', seed, scores: { accuracy: 0.8 + 0.01 * normal() }, testRows: 20, trainRows: 80 },
      { arm: 'b', seed, scores: { accuracy: 0.9 + 0.01 * normal() }, testRows: 20, trainRows: 80 },
    ]).flat();
    expect(analyse(scores).differences[1]).toMatchObject({ verdict: 'better', method: 'Nadeau-Bengio' });
  });

  test('diverged runs are counted and said, and every run of an arm may', () => {
    const runs = invented({ relu: 0.7, tanh: 0.75 }).map((run) =>
      run.arm === 'tanh' && run.seed < 3 ? { ...run, probabilities: Array(100).fill(Number.NaN) } : run,
    );
    const sized = runs.map((run) => {
      const { truth, probabilities } = run as Outcome & { truth: number[]; probabilities: number[] };
      return { ...run, probabilities: probabilities.slice(0, 2 * truth.length) };
    });
    const some = analyse(sized as Outcome[]);
    expect(some.arms[1]).toMatchObject({ runs: 12, diverged: 3 });
    expect(some.differences[0].seeds).toBe(9);
    expect(some.warnings[0]).toMatch(/^3 of 12 runs of tanh diverged/);

    const none = analyse(
      (sized as Outcome[]).map((run) =>
        run.arm === 'tanh' && 'probabilities' in run
          ? { ...run, probabilities: Array.from(run.probabilities, () => Number.NaN) }
          : run,
      ),
    );
    expect(none.differences[1]).toMatchObject({ verdict: 'not-shown', low: null, high: null, seeds: 0 });
    expect(none.warnings.join()).toContain('Every run of tanh diverged');
  });

  test('one seed gives no interval, and says so', () => {
    const { differences, warnings } = analyse(invented({ relu: 0.7, tanh: 0.75 }, { seeds: 1 }));
    expect(differences[1]).toMatchObject({ low: null, high: null, verdict: 'not-shown' });
    expect(warnings.join()).toContain('tanh has no interval: 1 paired seeds');
  });

  test('one arm alone is measured and not compared', () => {
    expect(analyse(invented({ relu: 0.7 })).verdict.text).toBe('One arm alone: nothing was compared.');
  });
});

describe('what is wrong is named', () => {
  const good = { arm: 'a', seed: 1, truth: [0, 1], probabilities: [1, 0, 0, 1] };
  const throws = (outcomes: unknown, message: string, options?: object) =>
    expect(() => analyse(outcomes as Outcome[], options)).toThrow(message);

  test.each([
    [[], 'outcomes must hold at least one run'],
    [[{ ...good, arm: 3 }], 'outcomes[0].arm must be the name of the arm, got 3'],
    [[{ ...good, seed: -1 }], 'outcomes[0].seed must be an integer from 0 to 4294967295, got -1'],
    [[{ ...good, truth: [0, 2] }], 'outcomes[0].truth[1] must be an integer from 0 to 1, got 2'],
    [[{ ...good, probabilities: [1, 0, 0] }], 'outcomes[0].probabilities must be rows × classes of 2 rows'],
    [[{ ...good, units: [1] }], 'outcomes[0].units must be one for each of 2 held-out rows, got 1'],
    [[null], 'outcomes[0] must be an object, got null'],
    [
      [{ arm: 'a', seed: 1, truth: [1, 2], predictions: [1] }],
      'outcomes[0].predictions must be one for each of 2 values of truth, got 1',
    ],
    [
      [{ arm: 'a', seed: 1, truth: [], predictions: [] }],
      'outcomes[0].predictions must be one for each of 0 values of truth, got 0',
    ],
    [
      [
        { arm: 'a', seed: 1, losses: { hinge: [1] } },
        { arm: 'b', seed: 1, losses: { hinge: [1], huber: [1] } },
      ],
      'every run must have the same losses or scores; seed 1 of b differs in huber',
    ],
    [[{ ...good, prob: 1 }], 'outcomes[0] has no "prob"'],
    [[{ arm: 'a', seed: 1 }], 'outcomes[0] must have probabilities, predictions, losses or scores'],
    [[{ ...good, units: [1, 2] }, good], 'units must be given for all outcomes or for none, got them for 1'],
    [[good, { ...good, seed: 2, truth: [1, 0] }], 'outcomes[1].units must say which rows it is about'],
    [
      [good, { arm: 'b', seed: 1, losses: { logLoss: [1, 2] } }],
      'outcomes must be of one kind, got classification and losses',
    ],
  ])('%j', (outcomes, message) => throws(outcomes, message));

  test('options', () => {
    throws([good], 'baseline must be one of the arms a, got "b"', { baseline: 'b' });
    throws([good], 'options has no "regins"; did you mean "regions"?', { regins: {} });
    throws([good], 'regions has no "acuracy"; did you mean "accuracy"?', { regions: { acuracy: 1 } });
    for (const region of [-1, Number.NaN, Infinity])
      throws([good], `regions.accuracy must be a number from 0, got ${region}`, {
        regions: { accuracy: region },
      });
    throws([good], 'level must be above 0.5 and below 1, got 95', { level: 95 });
    throws([good], 'primary must be one of accuracy, balancedAccuracy', { primary: 'auc' });
  });
});
