// The work that is measured: the diabetes table of @rectify/dataset, 807 training rows of six standardised features, three classes.
import { elu, gelu, leakyRelu, relu, silu, tanh } from '@rectify/core/js';
import { encodeLabels, fitStandardScaler, sampleDiabetes, split } from '@rectify/dataset';
import type { TrainOptions } from '../src/index.js';

const table = sampleDiabetes();
const parts = split(table, { method: 'random', seed: 1 });
const whole = table.toMatrix();
const { data, shape } = fitStandardScaler(table.takeRows(parts.train).toMatrix()).transform(whole);
const { values: labels } = encodeLabels(table.labels(), 'index');

/** Training and test rows lie in one matrix. */
export const features = { data: Float32Array.from(data), shape: [shape[0], shape[1]] as const };
export const classes = Int32Array.from(labels);
export const trainingRows = Uint32Array.from(parts.train);
export const testRows = Uint32Array.from(parts.test);

const activations = [
  relu(),
  leakyRelu({ negativeSlope: 0.01 }),
  leakyRelu({ negativeSlope: 0.05 }),
  leakyRelu({ negativeSlope: 0.2 }),
  elu(),
  gelu(),
  silu(),
  tanh(),
];

export const EPOCHS = 100;
export const BATCH = 10;

/** Eight activations × so many seeds of 6 → units → 3. */
export const work = (seeds: number, units = 3): TrainOptions => ({
  features,
  labels: classes,
  rows: trainingRows,
  testRows,
  output: { activation: 'softmax', loss: 'cross_entropy', units: 3 },
  arms: activations.map((activation) => ({ hidden: [{ units, activation }] })),
  seeds,
  epochs: EPOCHS,
  batchSize: BATCH,
});

/** The same with one activation in all eight arms, as the peers have it: see bench/peers.py. */
export const workAlike = (seeds: number, units = 3): TrainOptions => ({
  ...work(seeds, units),
  arms: activations.map((_, i) => ({
    name: `Leaky ReLU ${i + 1}`,
    hidden: [{ units, activation: leakyRelu({ negativeSlope: 0.05 }) }],
  })),
});

export const stepsOfTraining = EPOCHS * Math.ceil(trainingRows.length / BATCH);
