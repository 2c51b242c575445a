import { expect, test } from 'vitest';
import { type AnalyseOptions, analyse, type Outcome } from '../src/index.js';
import { draws } from '../src/random/draws.js';

// EXPERIMENT_OUTCOMES tries more: 4000 take some seconds.
const tries = Number(process.env.EXPERIMENT_OUTCOMES ?? 400);

/** Runs of a stranger: some missing, of few rows or none, of any size, with numbers that are none. */
function drawn(seed: number): { outcomes: Outcome[]; options: AnalyseOptions } {
  const { uniform, below, normal } = draws(seed);
  const oneOf = <T>(...of: T[]): T => of[below(of.length)];
  const kind = oneOf('probabilities', 'predictions', 'losses', 'scores');
  const [arms, seeds, rows] = [['a', 'b', 'c'].slice(0, 1 + below(3)), 1 + below(5), oneOf(0, 1, 2, 5, 30)];
  const [size, bad] = [oneOf(1, 1, 1e-30, 1e30, 1e200, 1e-200, 0), oneOf(0, 0, 0.05)];
  const number = () => (uniform() < bad ? oneOf(Number.NaN, Infinity, -Infinity) : size * normal());
  const unitOf = oneOf<((row: number) => number | string) | undefined>(
    ...[undefined, (row: number) => row, (row: number) => row % 3, (row: number) => `u${row >> 1}`, () => 7],
  );
  const places = Array.from({ length: rows }, (_, row) => row);
  const sameTruth = oneOf(true, false);
  const outcomes = Array.from({ length: seeds }, (_, s) => {
    const { below: classBelow, normal: truthNormal } = draws(sameTruth ? 5 : 100 + s);
    const classes = places.map(() => classBelow(3));
    const numbers = places.map(() => (classBelow(2) ? size * truthNormal() : 0));
    return arms.flatMap((arm): Outcome[] => {
      if (uniform() < 0.05) return [];
      if (kind === 'scores')
        return [{ arm, seed: s, scores: { x: number(), accuracy: uniform() }, testRows: 20, trainRows: 80 }];
      const base = { arm, seed: s, ...(unitOf && { units: places.map(unitOf) }) };
      if (kind === 'predictions') return [{ ...base, truth: numbers, predictions: places.map(number) }];
      if (kind === 'losses')
        return [{ ...base, losses: { hinge: places.map(number), accuracy: places.map(() => below(2)) } }];
      const said = () =>
        uniform() < bad ? [Number.NaN, 0, 1] : oneOf([0, 0, 1], [0.2, 0.5, 0.3], [0.6, 0.1, 0.3]);
      return [{ ...base, truth: classes, probabilities: places.flatMap(said) }];
    });
  }).flat();
  const options = oneOf<AnalyseOptions>({}, { heldOutGroups: true }, { planned: 10 }, { level: 0.9 });
  return { outcomes, options };
}

test('any outcomes are analysed, or refused in words that name them', () => {
  let analysed = 0;
  for (let seed = 1; seed <= tries; seed++) {
    const { outcomes, options } = drawn(seed);
    try {
      const analysis = analyse(outcomes, options);
      expect(JSON.parse(JSON.stringify(analysis)), `outcomes ${seed}`).toEqual(analysis);
      const said = [analysis.verdict.text, ...analysis.warnings].join(' ').replaceAll('(NaN or infinite', '');
      expect(said, `outcomes ${seed}`).not.toMatch(/NaN|Infinity|undefined|null|not a number/);
      analysed++;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      expect(error.message, `outcomes ${seed}`).toMatch(/^outcomes(\[\d+\]\.\w+)? must /);
    }
  }
  expect(analysed).toBeGreaterThan(tries / 2);
});
