import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, expect } from 'vitest';

export { numbers } from './_numbers.js';

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
