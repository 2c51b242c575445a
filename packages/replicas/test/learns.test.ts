import { tanh } from '@rectify/core/js';
import { expect, it } from 'vitest';
import { train, trainSync } from '../src/index.js';

const xor = {
  features: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  labels: [0, 1, 1, 0],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
  hidden: [{ units: 8, activation: tanh() }],
  seeds: 6,
  epochs: 400,
  batchSize: 4,
  learningRate: 0.05,
} as const;

it('XOR, from every seed', () => {
  const trained = trainSync(xor);
  expect([...trained].map(({ score }) => score)).toEqual(Array(6).fill(1));
});

it('the same in slices', async () => {
  const [whole, sliced] = [trainSync(xor), await train(xor)];
  expect(sliced.columns).toEqual(whole.columns);
});
