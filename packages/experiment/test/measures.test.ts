import { expect, test } from 'vitest';
import { answersOf, type NumberAnswers } from '../src/measures/answers.js';
import { measuredOn, measures, rowValues } from '../src/measures/measure.js';
import { fixture, relativeError } from './_fixture.js';

const { classification, regression } = fixture('statistics');

interface Classified extends Record<string, number | number[]> {
  classes: number;
  truth: number[];
  probabilities: number[];
}

test.each(classification as Classified[])('measures of $classes classes are scikit-learn’s', (given) => {
  const answers = answersOf(given.truth, given.probabilities, given.classes);
  for (const measure of measures.classification)
    expect([
      measure.name,
      relativeError(measuredOn(measure, answers), given[measure.name] as number) < 1e-12,
    ]).toEqual([measure.name, true]);
});

test('measures of a regression are scikit-learn’s', () => {
  const answers: NumberAnswers = { kind: 'regression', ...regression };
  for (const measure of measures.regression)
    expect([
      measure.name,
      relativeError(measuredOn(measure, answers), regression[measure.name]) < 1e-10,
    ]).toEqual([measure.name, true]);
});

test('a measure that is a mean of rows is the mean of its rows', () => {
  const [{ truth, probabilities, classes }] = classification;
  const answers = answersOf(truth, probabilities, classes);
  for (const measure of measures.classification.filter(({ isMeanOfRows }) => isMeanOfRows)) {
    const rows = rowValues(measure, answers);
    expect(rows.reduce((sum, value) => sum + value, 0) / rows.length).toBeCloseTo(
      measuredOn(measure, answers),
      12,
    );
  }
});

test('one sure mistake costs 16 nats, and a class without rows is left out', () => {
  const answers = answersOf([0, 0], [0, 1, 0, 1, 0, 0], 3);
  expect(answers.logLoss[0]).toBeCloseTo(16.118, 3);
  expect(measuredOn(measures.classification[1], answers)).toBe(0.5);
  const constant: NumberAnswers = { kind: 'regression', truth: [5, 5], answer: [5, 6] };
  expect(measuredOn(measures.regression[2], constant)).toBeNaN();
});
