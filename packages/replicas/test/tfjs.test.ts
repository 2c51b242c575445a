// One step of ours from tfjs's own state, at each of 500 steps; and 500 steps of ours against float64.
import { leakyRelu } from '@rectify/core/js';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainSync } from '../src/index.js';
import { generatorOf, Stream, uniform } from '../src/random/generator.js';
import { batchesOf, trained } from './_reference.js';
import { tolerances } from './_tolerances.js';

const STEPS = 500;
const n = 40;
const next = generatorOf(3, Stream.Weights, 0);
const features = Array.from({ length: n }, () =>
  Array.from({ length: 6 }, () => Math.fround(4 * uniform(next) - 2)),
);
const labels = features.map(([a, b]) => (a > 0.5 ? 2 : Number(b > 0)));
const own = leakyRelu({ negativeSlope: 0.05 });
const table = {
  features,
  labels,
  hidden: [{ units: 3, activation: own }],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 3 },
  shuffle: false,
  learningRate: 0.01,
} as const;

/** Milliseconds that a test may take on a busy machine. */
const LONG = 180_000;

beforeAll(() => tf.setBackend('cpu'));
let before = 0;
afterAll(() => expect(tf.memory().numTensors).toBe(before));

it(
  `each step is tfjs's, to ${tolerances.oneStep}`,
  async () => {
    before = tf.memory().numTensors;
    const model = layers.sequential({
      layers: [
        layers.layers.dense({
          units: 3,
          inputShape: [6],
          kernelInitializer: layers.initializers.glorotUniform({ seed: 1 }),
        }),
        layers.layers.leakyReLU({ alpha: 0.05 }),
        layers.layers.dense({
          units: 3,
          activation: 'softmax',
          kernelInitializer: layers.initializers.glorotUniform({ seed: 2 }),
        }),
      ],
    });
    const adam = tf.train.adam(0.01);
    model.compile({ optimizer: adam, loss: 'categoricalCrossentropy' });
    const flat = (): Float32Array => {
      const parts = model.getWeights().map((one) => one.dataSync() as Float32Array);
      return Float32Array.from(parts.flatMap((part) => [...part]));
    };
    /** Adam's moments: tfjs keeps them after the number of its steps, all first ones and then all second ones. */
    const moments = async (): Promise<[Float32Array, Float32Array]> => {
      const [steps, ...kept] = await adam.getWeights();
      steps.tensor.dispose();
      const values = kept.map(({ tensor }) => [...tensor.dataSync()]);
      return [0, 1].map((half) => Float32Array.from(values.slice(4 * half, 4 * half + 4).flat())) as [
        Float32Array,
        Float32Array,
      ];
    };
    let worst = 0;
    for (let step = 0; step < STEPS; step++) {
      const rows = Array.from({ length: 10 }, (_, i) => (10 * step + i) % n);
      const start = flat();
      const [first, second] = step === 0 ? [new Float32Array(33), new Float32Array(33)] : await moments();
      const x = tf.tensor2d(rows.map((row) => features[row]));
      const y = tf.tidy(() =>
        tf.oneHot(
          tf.tensor1d(
            rows.map((row) => labels[row]),
            'int32',
          ),
          3,
        ),
      );
      await model.trainOnBatch(x, y);
      tf.dispose([x, y]);
      const given = [
        start.subarray(0, 18),
        start.subarray(18, 21),
        start.subarray(21, 30),
        start.subarray(30),
      ];
      const ours = trainSync({
        ...table,
        rows,
        batchSize: 10,
        epochs: 1,
        // One step an epoch: epochs count steps.
        ...(step === 0
          ? {
              replicas: [
                {
                  seed: 0,
                  weights: [
                    { kernel: given[0], bias: given[1] },
                    { kernel: given[2], bias: given[3] },
                  ],
                },
              ],
            }
          : {
              seeds: 1,
              state: {
                version: 1,
                epoch: step,
                lengths: Uint32Array.of(33),
                weights: start,
                first,
                second,
                divergedAt: Int32Array.of(-1),
              },
            }),
      }).columns.weights.values;
      const theirs = flat();
      const largest = Math.max(...theirs.map(Math.abs));
      for (let i = 0; i < theirs.length; i++)
        worst = Math.max(worst, Math.abs(ours[i] - theirs[i]) / largest);
    }
    model.dispose();
    adam.dispose();
    expect(worst).toBeLessThan(tolerances.oneStep);
  },
  LONG,
);

it(
  `after ${STEPS} steps 95 of 100 networks are those of float64, to ${tolerances.steps500}`,
  () => {
    const seeds = 40;
    const epochs = STEPS / 4;
    const options = { ...table, learningRate: 0.001, shuffle: true, seeds, batchSize: 10 };
    const starts = trainSync({ ...options, learningRate: 1e-30, epochs: 1 });
    const ours = trainSync({ ...options, epochs });
    const apart = Array.from({ length: seeds }, (_, seed) => {
      const batches = Array.from({ length: epochs }, (_epoch, epoch) => {
        const order = Array.from({ length: n }, (_row, row) => row);
        const random = generatorOf(seed, Stream.Order, epoch);
        for (let i = n - 1; i > 0; i--) {
          const j = Math.floor((random() * (i + 1)) / 2 ** 32);
          [order[i], order[j]] = [order[j], order[i]];
        }
        return batchesOf(order, 10);
      }).flat();
      const list = ({ columns: { weights } }: typeof ours) =>
        weights.values.subarray(weights.starts[seed], weights.starts[seed + 1]);
      const truth = trained(
        {
          sizes: [6, 3, 3],
          activations: [own],
          loss: 'cross_entropy',
          optimizer: 'adam',
          rate: () => 0.001,
          features,
          labels,
        },
        list(starts),
        batches,
      );
      const mine = list(ours);
      return Math.max(...Array.from(truth, (value, i) => Math.abs(mine[i] - value)));
    }).sort((a, b) => a - b);
    expect(apart[Math.ceil(0.95 * seeds) - 1]).toBeLessThan(tolerances.steps500);
    expect(apart[seeds >> 1]).toBeLessThan(tolerances.steps500 / 3);
  },
  LONG,
);
