// Topologies as Keras writes them, and what models of them give.
import * as tf from '@tensorflow/tfjs-core';
import { loadKerasModel } from '../src/index.js';
import type { Json, JsonObject } from '../src/keras/format.js';

export const layer = (class_name: string, config: JsonObject, more: JsonObject = {}): JsonObject => ({
  module: 'keras.layers',
  class_name,
  config: { trainable: true, dtype: 'float32', ...config },
  registered_name: null,
  ...more,
});
export const input = (shape: Json[], config: JsonObject = {}, more: JsonObject = {}) =>
  layer('InputLayer', { name: 'in', batch_shape: [null, ...shape], ...config }, more);
export const sequential = (...layers: Json[]): JsonObject => ({
  module: 'keras',
  class_name: 'Sequential',
  config: { name: 's', trainable: true, layers },
  registered_name: null,
});
export const dense = (config: JsonObject = {}, more: JsonObject = {}) =>
  layer('Dense', { name: 'd', units: 2, activation: 'linear', use_bias: true, ...config }, more);
export const initializer = (class_name: string, config: JsonObject = {}) => ({
  module: 'keras.initializers',
  class_name,
  config,
  registered_name: null,
});

/** A topology with all weights 0.1, named as Keras does. */
export const withWeights = (
  topology: JsonObject,
  specs: [string, number[]][],
  keras_version = '3.15.1',
): tf.io.ModelArtifacts => ({
  modelTopology: { keras_version, backend: 'jax', model_config: topology },
  weightSpecs: specs.map(([name, shape]) => ({ name, shape, dtype: 'float32' })),
  weightData: new Float32Array(
    specs.reduce((sum, [, shape]) => sum + shape.reduce((a, b) => a * b, 1), 0),
  ).fill(0.1).buffer,
});
export const ofDense: [string, number[]][] = [
  ['d/kernel', [3, 2]],
  ['d/bias', [2]],
];

/** What a model gives for ones; nothing of it is left. */
export async function predict(source: Parameters<typeof loadKerasModel>[0], shape: number[]) {
  const model = await loadKerasModel(source);
  const values = tf.tidy(() => [...(model.predict(tf.ones(shape)) as tf.Tensor).dataSync()]);
  model.dispose();
  return values;
}
