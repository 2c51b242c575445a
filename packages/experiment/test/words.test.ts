import { expect, test } from 'vitest';
import type { Difference } from '../src/index.js';
import { verdictText } from '../src/words/verdict-text.js';

const difference = (arm: string, mean: number, given: Partial<Difference>): Difference => ({
  ...{ arm, mean, baseline: 'relu', measure: 'accuracy', estimand: 'source', verdict: 'not-shown' },
  ...{
    low: mean - 0.02,
    high: mean + 0.02,
    level: 0.95,
    units: 200,
    seeds: 8,
    region: 0.01,
    p: 0.5,
    pHolm: 0.5,
  },
  ...{ needed: { seeds: 0, rows: 0 }, method: 'rows and seeds' as const },
  ...given,
});

const said = (...primary: Difference[]) =>
  verdictText({ primary, others: [], title: 'accuracy', unit: 'panel' });

test('one arm that is not shown to differ, by what would settle it', () => {
  const opened =
    'Not shown: 8 seeds and 200 held-out panels cannot tell tanh from relu in accuracy. That is not the same as equal.';
  const ifSo = 'If the differences are what they look like,';
  const of = (seeds: number | null, rows: number | null) =>
    said(difference('tanh', 0.01, { needed: { seeds, rows } }));
  expect(of(12, 0)).toBe(`${opened} ${ifSo} about 12 more seeds would settle tanh.`);
  expect(of(null, 1200)).toBe(
    `${opened} ${ifSo} no number of seeds would settle tanh: that takes about 1,200 more panels.`,
  );
  expect(of(null, null)).toBe(`${opened} How many more would settle it cannot be told from these runs.`);
});

test('several arms: the largest first, and what is open last', () => {
  expect(
    said(
      difference('elu', 0.03, { verdict: 'better' }),
      difference('gelu', 0.05, { verdict: 'better' }),
      difference('tanh', -0.04, { verdict: 'worse' }),
      difference('silu', 0, { verdict: 'equivalent' }),
      difference('mish', 0.01, { needed: { seeds: 1, rows: 0 } }),
      difference('selu', 0.01, { needed: { seeds: null, rows: 1 } }),
    ),
  ).toBe(
    'On new rows from the same source, better than relu in accuracy: gelu, +5.0 points (95 % interval 3.0 to 7.0) and elu, +3.0 points (95 % interval 1.0 to 5.0). ' +
      'Worse: tanh, −4.0 points (95 % interval −6.0 to −2.0). ' +
      'No practically relevant difference, within ±1.0 percentage points: silu. ' +
      'Not shown, either way: mish and selu. ' +
      'If the differences are what they look like, about 1 more seed would settle mish; no number of seeds would settle selu: that takes about 1 more panel.',
  );
  expect(said(difference('tanh', -0.04, { verdict: 'worse' }))).toBe(
    'No arm is shown to be better than relu in accuracy on new rows from the same source. Worse: tanh, −4.0 points (95 % interval −6.0 to −2.0).',
  );
});
