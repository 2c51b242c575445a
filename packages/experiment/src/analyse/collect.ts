import { assertInteger, assertOptions, shown } from '../arguments/assert.js';
import { type Answers, answersOf } from '../measures/answers.js';
import type { Outcome } from './outcome.js';
import type { Run } from './run.js';

/** Checked runs out of outcomes, folds of a run put together. @throws naming the outcome that is wrong */
export function collectRuns(outcomes: readonly Outcome[]): Run[] {
  if (!Array.isArray(outcomes)) throw new TypeError(`outcomes must be a list, got ${shown(outcomes)}`);
  if (outcomes.length === 0) throw new RangeError('outcomes must hold at least one run');
  const checked = outcomes.map(check);
  const withUnits = outcomes.filter(({ units }) => units !== undefined).length;
  if (withUnits !== 0 && withUnits !== outcomes.length)
    throw new RangeError(`units must be given for all outcomes or for none, got them for ${withUnits}`);
  if (withUnits === 0) assertSameRows(outcomes, checked);
  const numberOf = new Map<number | string, number>();
  const numbered = (unit: number | string) => {
    if (!numberOf.has(unit)) numberOf.set(unit, numberOf.size);
    return numberOf.get(unit) as number;
  };
  const runs = new Map<string, Run>();
  outcomes.forEach((outcome, i) => {
    const rows = checked[i].rows;
    const units = Int32Array.from({ length: rows }, (_, row) => numbered(outcome.units?.[row] ?? row));
    const key = JSON.stringify([outcome.arm, outcome.seed]);
    const run = { arm: outcome.arm, seed: outcome.seed, units, ...checked[i].said };
    const fold = runs.get(key);
    runs.set(key, fold === undefined ? run : joined(fold, run));
  });
  return [...runs.values()];
}

type Said = Omit<Run, 'arm' | 'seed' | 'units'>;

const known = [
  ...['arm', 'seed', 'units', 'truth', 'probabilities', 'predictions', 'losses', 'scores'],
  ...['testRows', 'trainRows'],
];

/** What an outcome says, and of how many rows. */
function check(outcome: Outcome, index: number): { rows: number; said: Said } {
  const name = `outcomes[${index}]`;
  if (typeof outcome !== 'object' || outcome === null)
    throw new TypeError(`${name} must be an object, got ${shown(outcome)}`);
  assertOptions(name, outcome, known);
  if (typeof outcome.arm !== 'string' || outcome.arm === '')
    throw new TypeError(`${name}.arm must be the name of the arm, got ${shown(outcome.arm)}`);
  assertInteger(`${name}.seed`, outcome.seed, 0, 2 ** 32 - 1);
  const { rows, said } = readOutcome(outcome, name);
  if (outcome.units !== undefined && outcome.units.length !== rows)
    throw new RangeError(
      `${name}.units must be one for each of ${rows} held-out rows, got ${outcome.units.length}`,
    );
  return { rows, said };
}

function readOutcome(outcome: Outcome, name: string): { rows: number; said: Said } {
  if ('probabilities' in outcome) {
    const { truth, probabilities } = outcome;
    const classes = probabilities.length / truth.length;
    if (!Number.isInteger(classes) || classes < 2)
      throw new RangeError(
        `${name}.probabilities must be rows × classes of ${truth.length} rows and 2 or more classes, got ${probabilities.length}`,
      );
    for (let row = 0; row < truth.length; row++)
      assertInteger(`${name}.truth[${row}]`, truth[row], 0, classes - 1);
    const answers = answersOf(truth, probabilities, classes);
    return { rows: truth.length, said: { answers, diverged: !allFinite(probabilities) } };
  }
  if ('predictions' in outcome) {
    const { truth, predictions: answer } = outcome;
    if (truth.length !== answer.length || truth.length === 0)
      throw new RangeError(
        `${name}.predictions must be one for each of ${truth.length} values of truth, got ${answer.length}`,
      );
    if (!allFinite(truth)) throw new RangeError(`${name}.truth must be finite numbers`);
    const answers: Answers = { kind: 'regression', truth, answer };
    return { rows: truth.length, said: { answers, diverged: !allFinite(answer) } };
  }
  if ('losses' in outcome) {
    const losses = new Map(Object.entries(outcome.losses));
    const rows = new Set([...losses.values()].map(({ length }) => length));
    const [length] = rows;
    if (rows.size !== 1 || length === 0)
      throw new RangeError(`${name}.losses must be lists of one length, one number for each held-out row`);
    return { rows: length, said: { losses, diverged: ![...losses.values()].every(allFinite) } };
  }
  if ('scores' in outcome) {
    const scores = new Map(Object.entries(outcome.scores));
    if (scores.size === 0) throw new RangeError(`${name}.scores must hold at least one score`);
    assertInteger(`${name}.testRows`, outcome.testRows, 1, 2 ** 53 - 1);
    assertInteger(`${name}.trainRows`, outcome.trainRows, 1, 2 ** 53 - 1);
    const testPerTrain = outcome.testRows / outcome.trainRows;
    return { rows: 0, said: { scores, testPerTrain, diverged: !allFinite([...scores.values()]) } };
  }
  throw new RangeError(
    `${name} must have probabilities, predictions, losses or scores, got ${shown(Object.keys(outcome).join(', '))}`,
  );
}

function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** Without units, row i of every outcome must be the same row. */
function assertSameRows(
  outcomes: readonly Outcome[],
  checked: readonly { rows: number; said: Said }[],
): void {
  const [first] = checked;
  checked.forEach(({ rows, said }, i) => {
    const same =
      rows === first.rows &&
      (said.answers === undefined ||
        first.said.answers === undefined ||
        Array.from(said.answers.truth).every((truth, row) => truth === first.said.answers?.truth[row]));
    if (same) return;
    throw new RangeError(
      `outcomes[${i}].units must say which rows it is about: seed ${outcomes[i].seed} of ${outcomes[i].arm} was held out other rows than seed ${outcomes[0].seed} of ${outcomes[0].arm}`,
    );
  });
}

/** Two folds of one run as one. */
function joined(a: Run, b: Run): Run {
  const name = `seed ${a.seed} of ${a.arm}`;
  const alike = a.answers?.kind === b.answers?.kind && !a.scores && !b.scores && !a.losses === !b.losses;
  if (!alike)
    throw new RangeError(
      `${name} is given twice; folds of a run need losses or answers of one kind, and units`,
    );
  const units = Int32Array.from([...a.units, ...b.units]);
  const losses =
    a.losses &&
    new Map([...a.losses].map(([key, values]) => [key, concat(values, b.losses?.get(key) ?? [])] as const));
  return {
    ...{ arm: a.arm, seed: a.seed, units, diverged: a.diverged || b.diverged },
    ...(a.answers && b.answers && { answers: joinedAnswers(a.answers, b.answers) }),
    ...(losses && { losses }),
  };
}

export function joinedAnswers(a: Answers, b: Answers): Answers {
  const truth = concat(a.truth, b.truth);
  const answer = concat(a.answer, b.answer);
  if (a.kind === 'regression' || b.kind === 'regression') return { kind: 'regression', truth, answer };
  return {
    ...{ kind: 'classification', classes: Math.max(a.classes, b.classes), truth, answer },
    confidence: concat(a.confidence, b.confidence),
    logLoss: concat(a.logLoss, b.logLoss),
  };
}

const concat = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Float64Array.from({ length: a.length + b.length }, (_, i) => (i < a.length ? a[i] : b[i - a.length]));
