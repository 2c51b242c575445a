import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { deadUnits } from '../src/index.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

const of = (values: number[], shape: number[]) => {
  let dead: number[] = [];
  tf.tidy(() => {
    dead = [...deadUnits(tf.tensor(values, shape))];
  });
  return dead;
};

it('calls a unit dead when no sample has a positive pre-activation; 0 and NaN are not positive', () => {
  expect(of([-1, 0, Number.NaN, 1, -Infinity, -2, -0, Number.NaN, -1, 1e-40], [2, 5])).toEqual([
    1, 1, 1, 0, 0,
  ]);
});

it('takes units of several axes, in row-major order', () => {
  expect(of([-1, 1, -1, -1, -1, -1, 2, -1], [2, 2, 2])).toEqual([1, 0, 0, 1]);
});

it('refuses a tensor without samples or without units', () => {
  expect(() => of([], [0, 3])).toThrow(RangeError);
  expect(() => of([1, 2], [2])).toThrow(/\[samples, …units\]/);
});
