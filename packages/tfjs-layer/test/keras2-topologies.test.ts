import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadKerasModel, toKerasConfig } from '../src/index.js';
import type { JsonObject } from '../src/keras/format.js';
import { artifacts } from './_keras.js';
import { noTensorLeaks } from './_setup.js';
import { input, layer, ofDense, predict, sequential, withWeights } from './_topologies.js';

noTensorLeaks();

describe('models of Keras 2', () => {
  const old = (...layers: JsonObject[]) => ({
    keras_version: '2.15.0',
    model_config: { class_name: 'Sequential', config: { name: 's', layers } },
  });

  it('keeps their hard_sigmoid, max(0, min(1, 0.2 x + 0.5))', async () => {
    const of = (name: string, activation: string) => ({
      class_name: 'Activation',
      config: { name, activation, batch_input_shape: [null, 1] },
    });
    expect((await predict(old(of('a', 'hard_sigmoid')), [1, 1]))[0]).toBeCloseTo(0.7, 6);
    const three = sequential(input([1]), layer('Activation', { name: 'a', activation: 'hard_sigmoid' }));
    expect((await predict(three, [1, 1]))[0]).toBeCloseTo(4 / 6, 6);
  });

  it('reads augmentation in them, which tfjs does not know', async () => {
    const picture = { class_name: 'InputLayer', config: { batch_input_shape: [null, 8, 8, 3], name: 'in' } };
    const model = await loadKerasModel(
      old(picture, { class_name: 'RandomFlip', config: { name: 'flip', mode: 'horizontal' } }),
    );
    expect(model.outputs[0].shape).toEqual([null, 8, 8, 3]);
    model.dispose();
  });

  it('reads a Sequential that is the list of its layers, as Keras before 2.2.3 writes it', async () => {
    const dense = (name: string, more: JsonObject = {}) => ({
      class_name: 'Dense',
      config: { name, units: 2, activation: 'linear', use_bias: true, ...more },
    });
    const inner = { class_name: 'Sequential', config: [dense('d', { batch_input_shape: [null, 3] })] };
    // The last is none of tfjs's.
    const config = [
      inner,
      { class_name: 'RMSNormalization', config: { name: 'n', axis: -1, epsilon: 1e-6 } },
    ];
    const source = withWeights({ class_name: 'Sequential', config }, [...ofDense, ['n/scale', [2]]], '2.1.6');
    expect(await predict(source, [1, 3])).toEqual([0.1, 0.1].map((one) => expect.closeTo(one, 5)));
  });

  it('a Bidirectional zeroes the steps that a mask leaves out, in TensorFlow’s alone', async () => {
    const rnn = {
      ...{ name: 'r', units: 2, return_sequences: true, activation: 'tanh', use_bias: true },
      recurrent_initializer: { class_name: 'Orthogonal', config: { gain: 1 } },
    };
    const layers = [
      {
        class_name: 'Embedding',
        config: { name: 'e', input_dim: 3, output_dim: 2, mask_zero: true, batch_input_shape: [null, 3] },
      },
      {
        class_name: 'Bidirectional',
        config: { name: 'b', merge_mode: 'concat', layer: { class_name: 'SimpleRNN', config: rnn } },
      },
    ];
    const of = async (keras_version: string) => {
      const model = await loadKerasModel({
        keras_version,
        model_config: { class_name: 'Sequential', config: { name: 's', layers } },
      });
      const y = tf.tidy(() => [...(model.predict(tf.tensor2d([[1, 0, 2]])) as tf.Tensor).dataSync()]);
      model.dispose();
      return y.slice(4, 8).map((value) => value === 0);
    };
    for (const version of ['2.15.0', '2.4.0', '2.2.4-tf'])
      expect(await of(version), version).toEqual([true, true, true, true]);
    expect(await of('2.2.4')).toEqual([false, false, false, false]);
  });

  describe('training=True at a call', () => {
    const called = (name: string, class_name: string, config: JsonObject, from: string, training = true) => ({
      ...{ class_name, name, config: { name, ...config } },
      inbound_nodes: [[[from, 0, 0, training ? { training } : {}]]],
    });
    const model = (...layers: (JsonObject & { name: string })[]) => ({
      keras_version: '2.6.0',
      model_config: {
        class_name: 'Functional',
        config: {
          name: 'm',
          layers: [
            {
              class_name: 'InputLayer',
              name: 'in',
              config: { name: 'in', batch_input_shape: [null, 1] },
              inbound_nodes: [],
            },
            ...layers,
          ],
          input_layers: [['in', 0, 0]],
          output_layers: [[layers.at(-1)?.name ?? '', 0, 0]],
        },
      },
    });
    const norm = { axis: [1], epsilon: 0.001, momentum: 0.9, center: true, scale: true };

    it('lets a BatchNormalization take the statistics of the batch, and keep its own', async () => {
      const read = await loadKerasModel(model(called('n', 'BatchNormalization', norm, 'in')));
      const before = read.getWeights().map((weight) => [...weight.dataSync()]);
      const y = tf.tidy(() => [...(read.predict(tf.tensor2d([[1], [3]])) as tf.Tensor).dataSync()]);
      // (x − 2) / √(1 + 0.001)
      expect(y).toEqual([-1, 1].map((sign) => expect.closeTo(sign / Math.sqrt(1.001), 5)));
      expect(read.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
      expect(read.notes.map(({ where }) => where)).toEqual(['layer "n" (BatchNormalization).inbound_nodes']);
      read.dispose();
    });

    it('lets a Dropout drop', async () => {
      const read = await loadKerasModel(model(called('d', 'Dropout', { rate: 0.5 }, 'in')));
      const y = tf.tidy(() => [
        ...(read.predict(tf.ones([500, 1]), { batchSize: 500 }) as tf.Tensor).dataSync(),
      ]);
      expect(new Set(y)).toEqual(new Set([0, 2]));
      read.dispose();
    });

    it('reaches the layers of a model within, but one that is told not to train', async () => {
      const inside = (node: JsonObject) => ({
        name: 'inner',
        layers: [
          {
            ...{ class_name: 'InputLayer', name: 'x' },
            config: { name: 'x', batch_input_shape: [null, 1] },
            inbound_nodes: [],
          },
          {
            class_name: 'Dropout',
            name: 'd',
            config: { name: 'd', rate: 0.5 },
            inbound_nodes: [[['x', 0, 0, node]]],
          },
        ],
        input_layers: [['x', 0, 0]],
        output_layers: [['d', 0, 0]],
      });
      for (const [node, want] of [
        [{}, [0, 2]],
        [{ training: false }, [1]],
      ] as const) {
        const read = await loadKerasModel(model(called('inner', 'Functional', inside(node), 'in')));
        const y = tf.tidy(() => [
          ...(read.predict(tf.ones([500, 1]), { batchSize: 500 }) as tf.Tensor).dataSync(),
        ]);
        expect(new Set(y)).toEqual(new Set(want));
        expect(read.notes.map(({ where }) => where)).toEqual(['layer "inner" (Functional).inbound_nodes']);
        read.dispose();
      }
    });

    it('is refused for a layer that wraps another, also where tfjs would leave it out', async () => {
      const wrapped = { layer: { class_name: 'Dropout', config: { name: 'd', rate: 0.5 } } };
      const reshape = called('r', 'Reshape', { target_shape: [1, 1] }, 'in', false);
      const outer = called('t', 'TimeDistributed', wrapped, 'r');
      await expect(loadKerasModel(model(reshape, outer))).rejects.toThrow(
        /"t" \(TimeDistributed\)\.inbound_nodes has training=True/,
      );
    });

    it('is left out of Keras 3, where predict overrides it, and said', async () => {
      const read = await loadKerasModel(artifacts('training_at_a_call'));
      expect(read.notes.map(({ where }) => where).sort()).toEqual([
        'layer "base" (Sequential).inbound_nodes',
        'layer "batch_normalization" (BatchNormalization).inbound_nodes',
        'layer "dropout_1" (Dropout).inbound_nodes',
      ]);
      read.dispose();
    });
  });

  it('a BatchNormalization’s list of one axis is read, and written as a number', async () => {
    const normalization = {
      class_name: 'BatchNormalization',
      config: { name: 'b', axis: [2], batch_input_shape: [null, 3, 2] },
    };
    const model = await loadKerasModel(old(normalization));
    const { layers } = toKerasConfig(model).config as { layers: JsonObject[] };
    expect(layers.at(-1)?.config).toMatchObject({ axis: 2 });
    model.dispose();
    const two = sequential(input([3, 2]), layer('BatchNormalization', { name: 'b', axis: [1, 2] }));
    await expect(loadKerasModel(two)).rejects.toThrow(
      'layer "b" (BatchNormalization).axis is [1,2], and must be one whole number',
    );
  });
});
