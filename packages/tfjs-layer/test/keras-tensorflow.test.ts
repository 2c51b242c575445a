// Functions of TensorFlow between the layers of a model of Keras 2, in the form that its functional config has: `tf.reduce_mean(x)` is a TFOpLambda.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { KerasFormatError, loadKerasModel } from '../src/index.js';
import type { Json, JsonObject } from '../src/keras/format.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

const operator = (
  name: string,
  f: string,
  nodes: Json,
  class_name = 'TFOpLambda',
): JsonObject & { name: string } => ({
  class_name,
  config: { name, trainable: true, dtype: 'float32', function: f },
  name,
  inbound_nodes: nodes,
});
const model = (shape: number[], ...layers: (JsonObject & { name: string })[]): JsonObject => ({
  keras_version: '2.13.1',
  model_config: {
    class_name: 'Functional',
    config: {
      name: 'm',
      trainable: true,
      layers: [
        {
          class_name: 'InputLayer',
          config: { batch_input_shape: [null, ...shape], dtype: 'float32', ragged: false, name: 'in' },
          name: 'in',
          inbound_nodes: [],
        },
        ...layers,
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [[layers.at(-1)?.name ?? 'in', 0, 0]],
    },
  },
});
const x = (options: JsonObject = {}): Json => ['in', 0, 0, options];
const X = ['in', 0, 0];

describe('functions of TensorFlow', () => {
  // The input is 0 … 5 as [[0, 1, 2], [3, 4, 5]].
  it.each<[string, Json, number[]]>([
    ['math.multiply', [x({ y: 2, name: null })], [0, 2, 4, 6, 8, 10]],
    ['__operators__.add', [['_CONSTANT_VALUE', -1, 1, { y: X, name: null }]], [1, 2, 3, 4, 5, 6]],
    ['math.subtract', [['_CONSTANT_VALUE', -1, 1, { y: X, name: null }]], [1, 0, -1, -2, -3, -4]],
    ['math.truediv', [x({ y: 2 })], [0, 0.5, 1, 1.5, 2, 2.5]],
    ['math.pow', [x({ y: 2 })], [0, 1, 4, 9, 16, 25]],
    ['nn.bias_add', [x({ bias: [1, 2, 3], data_format: 'channels_last' })], [1, 3, 5, 4, 6, 8]],
    ['math.reduce_mean', [x({ axis: -1, keepdims: true })], [1, 4]],
    ['math.reduce_max', [x({ axis: 1 })], [3, 4, 5]],
    ['concat', [[x({ axis: -1 }), x({ axis: -1 })]], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]],
    ['stack', [[x({ axis: 1 }), x({ axis: 1 })]], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]],
    ['reshape', [x({ shape: [-1, 3, 2] })], [0, 1, 2, 3, 4, 5]],
    ['transpose', [x({ perm: [0, 2, 1] })], [0, 3, 1, 4, 2, 5]],
    ['clip_by_value', [x({ clip_value_min: 1, clip_value_max: 4 })], [1, 1, 2, 3, 4, 4]],
    ['linalg.matmul', [x({ b: X, transpose_b: true })], [5, 14, 14, 50]],
    ['expand_dims', [x({ axis: 1 })], [0, 1, 2, 3, 4, 5]],
    ['nn.relu', [x({ name: null })], [0, 1, 2, 3, 4, 5]],
    ['gather', [x({ indices: [2, 0], axis: 2 })], [2, 0, 5, 3]],
    ['tile', [x({ multiples: [1, 1, 2] })], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]],
    ['cast', [x({ dtype: 'float32' })], [0, 1, 2, 3, 4, 5]],
  ])('%s', async (f, nodes, want) => {
    const read = await loadKerasModel(model([2, 3], operator('f', f, nodes)));
    const y = tf.tidy(() => [
      ...(read.predict(tf.tensor([0, 1, 2, 3, 4, 5], [1, 2, 3])) as tf.Tensor).dataSync(),
    ]);
    expect(y).toEqual(want);
    read.dispose();
  });

  it('splits by sizes, and cuts by brackets', async () => {
    const slices = [{ start: null, stop: null, step: null }, 0, { start: 1, stop: null, step: null }];
    const cut = operator('cut', '__operators__.getitem', [x({ slice_spec: slices })], 'SlicingOpLambda');
    const split = operator('split', 'split', [x({ num_or_size_splits: [1, 2], axis: -1 })]);
    const sum = operator('sum', 'math.reduce_sum', [['split', 0, 1, { axis: 1 }]]);
    const both = operator('both', '__operators__.add', [['sum', 0, 0, { y: ['cut', 0, 0] }]]);
    const read = await loadKerasModel(model([2, 3], cut, split, sum, both));
    const y = tf.tidy(() => [
      ...(read.predict(tf.tensor([0, 1, 2, 3, 4, 5], [1, 2, 3])) as tf.Tensor).dataSync(),
    ]);
    expect(y).toEqual([1 + 4 + 1, 2 + 5 + 2]);
    read.dispose();
  });

  it('one that is not known is refused by its name, unless it is given', async () => {
    const topology = model([3], operator('tf.signal.dct', 'signal.dct', [x({ name: null })]));
    await expect(loadKerasModel(topology)).rejects.toThrow(
      'layer "tf.signal.dct" (TFOpLambda) is the function tf.signal.dct, which cannot be read: pass customObjects with a function named "tf.signal.dct"',
    );
    const read = await loadKerasModel(topology, {
      customObjects: { 'tf.signal.dct': (t: tf.Tensor) => tf.mul(t, 2) },
    });
    expect(tf.tidy(() => [...(read.predict(tf.ones([1, 3])) as tf.Tensor).dataSync()])).toEqual([2, 2, 2]);
    read.dispose();
    const bad = model([3], operator('f', 'math.reduce_sum', [x({ axis: 1, weights: 2 })]));
    await expect(loadKerasModel(bad)).rejects.toThrow(KerasFormatError);
  });
});
