import { joinedAnswers } from '../analyse/collect.js';
import type { Run } from '../analyse/run.js';
import type { Problem } from '../design/problem.js';
import type { Answers } from '../measures/answers.js';
import type { RunRecord, SaidOfRows } from '../runs/record.js';

/** The runs of one arm (or baseline), one for each seed, folds put together, ready for the statistics. */
export function runsOf(
  problem: Problem,
  records: readonly RunRecord[],
  arm: string,
  saidIn: (record: RunRecord) => SaidOfRows,
): Run[] {
  const placeOf = new Map(Array.from(problem.rows, (row, place) => [row, place]));
  const runs = new Map<number, Run>();
  for (const record of records) {
    const places = record.rows.map((row) => placeOf.get(row) as number);
    const units = Int32Array.from(places, (place) => problem.unitOf[place]);
    const answers = answersIn(problem, places, saidIn(record));
    const fold = runs.get(record.seed);
    runs.set(record.seed, {
      ...{ arm, seed: record.seed, diverged: false },
      units: fold ? Int32Array.from([...fold.units, ...units]) : units,
      answers: fold?.answers ? joinedAnswers(fold.answers, answers) : answers,
    });
  }
  return [...runs.values()];
}

function answersIn({ task, truth, classes }: Problem, places: readonly number[], said: SaidOfRows): Answers {
  const own = Float64Array.from(places, (place) => truth[place]);
  if (task === 'regression') return { kind: 'regression', truth: own, answer: said.answer };
  const { answer, confidence = [], logLoss = [] } = said;
  return { kind: 'classification', classes: classes.length, truth: own, answer, confidence, logLoss };
}
