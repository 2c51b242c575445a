import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  type LayersModel,
  layers,
  loadLayersModel,
  type Sequential,
  sequential,
} from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, expect } from 'vitest';
import { numbers } from './_numbers.js';

export { numbers };

await tf.setBackend('cpu');

/** Every test of the file must end with as many tensors as it started with. */
export function noTensorLeaks(): void {
  let before = 0;
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors, 'tensors at the end of the test').toBe(before);
  });
}

/** Saves a model to memory and loads it again, by way of the JSON text that a file would hold. */
export async function reload(model: LayersModel): Promise<LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { weightData, ...rest } = saved as tf.io.ModelArtifacts;
  return loadLayersModel(tf.io.fromMemory({ ...JSON.parse(JSON.stringify(rest)), weightData }));
}

/** The issue's: losses equal to 5 decimals. */
export const LOSS = 5e-6;

/** tfjs's own layers of the network that is trained in one way and another. */
export const stockNetwork = (): Sequential =>
  sequential({
    layers: [
      layers.dense({ units: 32, inputShape: [16] }),
      layers.leakyReLU({ alpha: 0.05 }),
      layers.dense({ units: 1 }),
    ],
  });

/** Trains a network from the same weights on the same batch over 100 steps, and frees it; of one step more, what it takes at its peak. */
export async function train(model: Sequential, optimizer: tf.Optimizer) {
  tf.tidy(() =>
    model.setWeights(model.getWeights().map((w, i) => tf.mul(tf.tensor(numbers(w.size, i), w.shape), 0.3))),
  );
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const x = tf.tensor2d(numbers(64 * 16, 9), [64, 16]);
  const y = tf.tidy(() => tf.sum(x, 1, true));
  const losses: number[] = [];
  let tensors = 0;
  for (let i = 0; i < 100; i++) {
    losses.push((await model.trainOnBatch(x, y)) as number);
    if (i === 1) tensors = tf.memory().numTensors;
  }
  expect(tf.memory().numTensors, 'tensors after 98 more steps').toBe(tensors);
  const step = () => model.trainOnBatch(x, y) as unknown as tf.TensorContainer;
  const { peakBytes, kernels } = await tf.profile(step);
  const peakTensors = Math.max(...kernels.map((kernel) => kernel.totalTensorsSnapshot));
  const weights = await optimizer.getWeights();
  // The count of steps is made at each call of getWeights.
  tf.dispose([x, y, weights[0]?.tensor]);
  model.dispose();
  optimizer.dispose();
  return { losses, state: weights.length, peakBytes, peakTensors };
}

/** Inputs at which activation functions go wrong. */
export const EDGES = [
  -Infinity,
  -3,
  -1,
  -1e-7,
  -1e-40,
  -0,
  0,
  1e-40,
  1e-7,
  1,
  3,
  6,
  100,
  Infinity,
  Number.NaN,
];

/** The values of a tensor, with 0 for −0. */
export const plain = (t: tf.Tensor): number[] => Array.from(t.dataSync(), (value) => value + 0);
