import type { Difference } from '@rectify/experiment';
import { expect, test } from 'vitest';
import { differenceOf, valueText } from '../src/report/format.js';

test.each([
  ['accuracy', 0.6196, '62.0 %'],
  ['logLoss', 0.34731, '0.3473 nats'],
  ['rmse', 15.19512, '15.195'],
  ['rmse', 15195.12, '15195'],
  ['rmse', 0, '0.0000'],
  ['r2', -0.2338, '−0.2338'],
  ['r2', -0.00001, '−1.000e-5'],
  ['rmse', 1.5874e-7, '1.587e-7'],
  ['rmse', 3.7650314140892723e37, '3.765e+37'],
  ['rmse', null, '–'],
])('%s of %d is %s', (measure, value, text) => expect(valueText(measure, value)).toBe(text));

test.each([
  ['accuracy', 0.0123, -0.004, 0.0286, '+1.2 percentage points, 95 % interval −0.4 to +2.9'],
  ['rmse', 0.0181, -0.3312, 0.3673, '+0.0181, 95 % interval −0.3312 to +0.3673'],
  ['rmse', -0.00002, -0.0107, 0.0105, '−0.0000, 95 % interval −0.0107 to +0.0105'],
  ['mae', -2.047e-8, -3.3539e-7, 2.944e-7, '−2.05e-8, 95 % interval −3.35e-7 to +2.94e-7'],
  ['rmse', 2.047e11, -3.3539e12, 2.944e12, '+2.05e+11, 95 % interval −3.35e+12 to +2.94e+12'],
  ['logLoss', 0.01, null, null, '+0.0100 nats, no interval'],
  ['r2', null, null, null, '–, no interval'],
])('a difference in %s of %d, from %d to %d, is %s', (measure, mean, low, high, text) => {
  expect(differenceOf({ measure, mean, low, high, level: 0.95 } as Difference)).toBe(text);
});
