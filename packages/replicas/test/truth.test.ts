// Training against PyTorch: the float64 reference of these tests first, and then ours.
import { readFileSync } from 'node:fs';
import { type Activation, activation } from '@rectify/core/js';
import { describe, expect, it } from 'vitest';
import type { Optimizer, RunnerName, TrainOptions } from '../src/index.js';
import { trainSync } from '../src/index.js';
import { batchesOf, type Reference, rowLosses, trained } from './_reference.js';
import { tolerances } from './_tolerances.js';

interface Case {
  name: string;
  activation: { name: string; params: object };
  loss: Reference['loss'];
  units: number;
  optimizer: Reference['optimizer'];
  weightDecay: number;
  schedule: 'constant' | 'cosine' | 'step';
  weighted: boolean;
  start: number[];
  end: number[];
  losses: number[];
}

interface Fixtures {
  features: number[][];
  labels: number[];
  targets: number[][];
  shares: number[][];
  weights: number[];
  batch: number;
  epochs: number;
  hidden: number;
  initializers: Record<string, number>;
  cases: Case[];
}

export const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('../fixtures/pytorch.json', import.meta.url), 'utf8'),
);
const { features, labels, targets, shares, weights, batch, epochs, hidden } = fixtures;
const rows = features.map((_, row) => row);
const perEpoch = Math.ceil(rows.length / batch);

const schedules = {
  constant: () => 1,
  cosine: (step: number) => 0.1 + 0.9 * 0.5 * (1 + Math.cos((Math.PI * step) / (epochs * perEpoch))),
  step: (step: number) => 0.5 ** Math.floor(Math.floor(step / perEpoch) / 3),
};

const functionOf = (own: Case): Activation => activation(own.activation.name, own.activation.params);

const referenceOf = (own: Case): Reference => ({
  sizes: [3, hidden, own.units],
  activations: [functionOf(own)],
  loss: own.loss,
  delta: 0.7,
  optimizer: own.optimizer,
  rate: (step) => 0.05 * schedules[own.schedule](step),
  weightDecay: own.weightDecay,
  features,
  labels,
  targets: own.loss === 'binary_cross_entropy' ? shares : targets,
  ...(own.weighted && { rowWeights: weights }),
});

const optimizers: Record<Reference['optimizer'], Optimizer> = {
  sgd: { name: 'sgd' },
  momentum: { name: 'momentum' },
  nesterov: { name: 'momentum', nesterov: true },
  adam: { name: 'adam' },
  adamw: { name: 'adamw' },
};

function optionsOf(own: Case, runner: RunnerName): TrainOptions {
  const [inner, outer] = [3 * hidden, hidden * own.units];
  const at = (from: number, length: number): number[] => own.start.slice(from, from + length);
  const common = {
    features,
    hidden: [{ units: hidden, activation: functionOf(own) }],
    replicas: [
      {
        seed: 0,
        weights: [
          { kernel: at(0, inner), bias: at(inner, hidden) },
          { kernel: at(inner + hidden, outer), bias: at(inner + hidden + outer, own.units) },
        ],
      },
    ],
    rows,
    testRows: rows,
    shuffle: false,
    epochs,
    batchSize: batch,
    optimizer: optimizers[own.optimizer],
    learningRate: 0.05,
    weightDecay: own.weightDecay,
    schedule: {
      constant: { name: 'constant' },
      cosine: { name: 'cosine', to: 0.1 },
      step: { name: 'step', every: 3, factor: 0.5 },
    }[own.schedule] as NonNullable<TrainOptions['schedule']>,
    ...(own.weighted && { rowWeights: weights }),
    runner,
  };
  const { loss, units } = own;
  if (loss === 'cross_entropy') return { ...common, labels, output: { activation: 'softmax', loss, units } };
  if (loss === 'binary_cross_entropy')
    return { ...common, targets: shares, output: { activation: 'sigmoid', loss, units } };
  if (loss === 'huber')
    return { ...common, targets, output: { activation: 'linear', loss, units, delta: 0.7 } };
  return { ...common, targets, output: { activation: 'linear', loss, units } };
}

const most = (own: ArrayLike<number>, truth: ArrayLike<number>): number =>
  Math.max(...Array.from(truth, (value, i) => Math.abs(own[i] - value)));

describe.each(fixtures.cases)('$name', (own) => {
  const batches = Array.from({ length: epochs }, () => batchesOf(rows, batch)).flat();

  it(`the reference is PyTorch's, to ${tolerances.reference}`, () => {
    const end = trained(referenceOf(own), own.start, batches);
    expect(most(end, own.end)).toBeLessThan(tolerances.reference);
    expect(most(rowLosses(referenceOf(own), end), own.losses)).toBeLessThan(tolerances.reference);
  });

  it.each(['wasm', 'js'] as const)(`ours on %s is, to ${tolerances.fixtures}`, (runner) => {
    const { columns } = trainSync(optionsOf(own, runner));
    expect(columns.weights.values.length).toBe(own.end.length);
    expect(most(columns.weights.values, own.end)).toBeLessThan(tolerances.fixtures);
    expect(most(columns.testLosses.values, own.losses)).toBeLessThan(tolerances.fixtures);
  });
});

describe('layers of 128 units, whose rows lie apart', () => {
  const sizes = [3, 128, 128, 3];
  const layers = sizes.slice(1).map((units, l) => ({
    kernel: Array.from({ length: sizes[l] * units }, (_, i) => Math.fround(Math.sin(7 * i + l) / 12)),
    bias: Array.from({ length: units }, (_, i) => (l < 2 && i % 100 === 5 ? -1000 : 0)),
  }));
  const start = layers.flatMap(({ kernel, bias }) => [...kernel, ...bias]);

  it.each(['wasm', 'js'] as const)('are trained on %s as by the reference', (runner) => {
    const steps = Array.from({ length: 3 }, () => batchesOf(rows, batch)).flat();
    const relu = activation('relu');
    const reference: Reference = {
      ...referenceOf(fixtures.cases[0]),
      ...{ sizes, activations: [relu, relu], loss: 'cross_entropy', optimizer: 'sgd', weightDecay: 0 },
      rate: () => 0.05,
    };
    const result = trainSync({
      ...{ features, labels, rows, runner, batchSize: batch, shuffle: false, epochs: 3 },
      output: { activation: 'softmax', loss: 'cross_entropy', units: 3 },
      hidden: [0, 1].map(() => ({ units: 128, activation: relu })),
      replicas: [{ seed: 0, weights: layers }],
      ...{ optimizer: 'sgd', learningRate: 0.05, outputs: { units: true } },
    });
    const end = trained(reference, start, steps);
    expect(most(start, end)).toBeGreaterThan(0.01);
    expect(most(result.columns.weights.values, end)).toBeLessThan(tolerances.fixtures);
    const { deadUnits = [] } = result.replica(0);
    for (const layer of deadUnits) expect(layer.filter((unit) => unit % 100 === 5)).toEqual([5, 105]);
    expect(deadUnits.map((layer) => Math.max(...layer) < 128)).toEqual([true, true]);
  });
});

describe('initialisers have the standard deviation of PyTorch’s', () => {
  it.each(Object.entries(fixtures.initializers))('%s', (key, deviation) => {
    const [name, gain] = key.split(' ');
    const trainedOnce = trainSync({
      features: [new Float32Array(500)],
      labels: [0],
      output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
      hidden: [{ units: 300, activation: activation(gain ?? 'relu') }],
      initializer: { name, gain: gain ? 'activation' : 1 } as NonNullable<TrainOptions['initializer']>,
      seeds: [5],
      epochs: 1,
      batchSize: 1,
      // A row of zeros has no gradient for these weights.
      optimizer: 'sgd',
    });
    const [{ kernel }] = trainedOnce.replica(0).layers;
    const mean = kernel.reduce((sum, w) => sum + w / kernel.length, 0);
    const own = Math.sqrt(kernel.reduce((sum, w) => sum + (w - mean) ** 2 / kernel.length, 0));
    expect(Math.abs(own / deviation - 1)).toBeLessThan(tolerances.deviation);
    expect(Math.abs(mean)).toBeLessThan(deviation * 0.01);
  });
});
