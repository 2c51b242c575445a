import { activation, activationNames } from '@rectify/core/js';
import { expect, it } from 'vitest';
import { type TrainOptions, trainSync } from '../src/index.js';

const n = 103;
const data = Float32Array.from({ length: n * 6 }, (_, i) => Math.sin(i * i));
const labels = Int32Array.from({ length: n }, (_, i) =>
  data[i * 6] > 0.3 ? 2 : data[i * 6 + 1] > 0 ? 1 : 0,
);
it.each(activationNames)('%s', (name) => {
  const options: TrainOptions = {
    features: { data, shape: [n, 6] },
    labels,
    output: { activation: 'softmax', loss: 'cross_entropy', units: 3 },
    hidden: [
      { units: 5, activation: activation(name) },
      { units: 7, activation: activation(name) },
    ],
    seeds: 5,
    epochs: 6,
    batchSize: 10,
    testRows: [1, 2, 3],
    outputs: { history: true, predictions: 'test', units: true, gradientNorm: true, state: true },
  };
  const [js, wasm] = [trainSync({ ...options, runner: 'js' }), trainSync({ ...options, runner: 'wasm' })];
  expect(wasm.columns).toEqual(js.columns);
  expect(Number.isNaN(wasm.columns.loss[0])).toBe(false);
});
