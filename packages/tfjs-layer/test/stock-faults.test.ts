// The measured faults of tfjs 4.22, each seen with tfjs alone and then mended. Names are registered only in the second half.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { activation, activations, layers, loadKerasModel, register } from '../src/index.js';
import { reload } from './_setup.js';

const named = (name: string) => name as 'relu';
const one = (layer: tfl.layers.Layer) =>
  tfl.sequential({ layers: [tfl.layers.inputLayer({ inputShape: [3] }), layer] });
const dense = (name: string) => one(tfl.layers.dense({ units: 2, activation: named(name) }));
const keras = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/keras/${name}.json`, import.meta.url), 'utf8')).topology;
/** A model of one Keras 3 layer, with an input that tfjs itself can read, so that the layer alone is the question. */
const kerasLayer = (
  class_name: string,
  config: object,
  batch: object = { batch_input_shape: [null, 3] },
) => ({
  module: 'keras',
  class_name: 'Sequential',
  config: {
    name: 's',
    layers: [
      {
        module: 'keras.layers',
        class_name: 'InputLayer',
        config: { ...batch, dtype: 'float32', name: 'in' },
      },
      { module: 'keras.layers', class_name, config: { name: 'layer', ...config } },
    ],
  },
});
const batchShape = { batch_shape: [null, 3] };
const at = (model: tfl.LayersModel, x: number[] = [-2, 0, 1]) =>
  tf.tidy(() =>
    [...(model.predict(tf.tensor2d([x])) as tf.Tensor).dataSync()].map((v) => Number(v.toFixed(4))),
  );
const byTfjs = (topology: object) => tfl.loadLayersModel(tf.io.fromMemory({ modelTopology: topology }));

describe('tfjs 4.22 alone', () => {
  it('trains dense({activation: "LeakyReLU"}) and fails to load it', async () => {
    await expect(reload(dense('LeakyReLU'))).rejects.toThrow('Unknown activation: leakyReLu');
  });
  it('reads a LeakyReLU of slope 0.1, as a layer and inside Dense, as one of 0.3', async () => {
    expect(at(await byTfjs(kerasLayer('LeakyReLU', { negative_slope: 0.1 })))).toEqual([-0.6, 0, 1]);
  });
  it('drops negative_slope and threshold of a ReLU', async () => {
    expect(at(await byTfjs(kerasLayer('ReLU', { negative_slope: 0.5, threshold: 0 })))).toEqual([0, 0, 1]);
  });
  it('reads "hard_sigmoid" as another function', async () => {
    expect(at(await byTfjs(kerasLayer('Activation', { activation: 'hard_sigmoid' })))).toEqual([
      0.1, 0.5, 0.7,
    ]);
  });
  it('throws for batch_shape, for __keras_tensor__ nodes, and for Keras 3 weight names', async () => {
    await expect(byTfjs(kerasLayer('ReLU', {}, batchShape))).rejects.toThrow();
    await expect(byTfjs(keras('nested'))).rejects.toThrow();
    await expect(byTfjs(keras('functional'))).rejects.toThrow();
    const weights = {
      weightSpecs: [{ name: 's/layer/kernel', shape: [3, 1], dtype: 'float32' as const }],
      weightData: new ArrayBuffer(12),
    };
    const modelTopology = kerasLayer('Dense', { units: 1, use_bias: false });
    await expect(tfl.loadLayersModel(tf.io.fromMemory({ modelTopology, ...weights }))).rejects.toThrow(
      'no target variable',
    );
  });
  it.each(['leaky_relu', 'silu', 'celu', 'hard_silu'])('does not know the activation %s', (name) => {
    expect(() => dense(name)).toThrow('Unknown activation');
  });
  it('throws for an ELU of another alpha', () => {
    expect(() => tfl.layers.elu({ alpha: 0.5 })).toThrow();
  });
  it('pins the shared dimensions of a PReLU', () => {
    const layer = tfl.layers.prelu({ sharedAxes: [1, 2] });
    tf.tidy(() => {
      layer.apply(tf.ones([1, 4, 4, 2]));
      expect(() => layer.apply(tf.ones([1, 8, 8, 2]))).toThrow();
    });
  });
  it('takes axis 1 for Softmax, though documented −1', () => {
    expect(() => tf.tidy(() => tfl.layers.softmax().apply(tf.ones([1, 2, 2])) as tf.Tensor)).toThrow();
  });
  it('does not load its own "gelu_new"', async () => {
    await expect(reload(dense('gelu_new'))).rejects.toThrow('Unknown activation: geluNew');
  });
});

describe('with this package', () => {
  beforeAll(register);

  it('dense({activation: "LeakyReLU"}) comes back as it was', async () => {
    const model = dense('LeakyReLU');
    expect(at(await reload(model))).toEqual(at(model));
  });
  it('a custom activation keeps its parameter', async () => {
    const model = one(
      tfl.layers.dense({ units: 2, activation: activations.leakyRelu({ negativeSlope: 0.07 }) }),
    );
    expect(JSON.stringify((await reload(model)).toJSON(undefined, false))).toContain('"negative_slope":0.07');
  });
  it('a LeakyReLU of slope 0.1 and a ReLU of Keras 3 keep their parameters', async () => {
    expect(at(await loadKerasModel(kerasLayer('LeakyReLU', { negative_slope: 0.1 }, batchShape)))).toEqual([
      -0.2, 0, 1,
    ]);
    expect(at(await loadKerasModel(kerasLayer('ReLU', { negative_slope: 0.5 }, batchShape)))).toEqual([
      -1, 0, 1,
    ]);
    const config = {
      units: 1,
      activation: { module: 'keras.layers', class_name: 'LeakyReLU', config: { negative_slope: 0.1 } },
    };
    const model = await loadKerasModel(kerasLayer('Dense', config, batchShape));
    expect(JSON.stringify(model.toJSON(undefined, false))).toContain('"negative_slope":0.1');
  });
  it('"hard_sigmoid" is Keras 3’s', async () => {
    expect(
      at(await loadKerasModel(kerasLayer('Activation', { activation: 'hard_sigmoid' }, batchShape))),
    ).toEqual([0.1667, 0.5, 0.6667]);
  });
  it('Keras 3’s inputs, nodes and weight names are read', async () => {
    await loadKerasModel(keras('nested'));
    await loadKerasModel(keras('functional'));
    const weights = {
      weightSpecs: [{ name: 's/layer/kernel', shape: [3, 1], dtype: 'float32' as const }],
      weightData: new ArrayBuffer(12),
    };
    const modelTopology = kerasLayer('Dense', { units: 1, use_bias: false }, batchShape);
    expect(at(await loadKerasModel({ modelTopology, ...weights }))).toEqual([0]);
  });
  it.each(['leaky_relu', 'silu', 'celu', 'hard_silu'])(
    'the activation %s is known, and survives',
    async (name) => {
      const model = dense(name);
      expect(at(await reload(await reload(model)))).toEqual(at(model));
      expect(activation(name).function.name).toBe(name);
    },
  );
  it('an ELU of any alpha', () => {
    expect(at(one(layers.elu({ alpha: 0.5 })))).toEqual([-0.4323, 0, 1]);
  });
  it('a PReLU shares its slopes over images of any size', () => {
    const layer = layers.prelu({ sharedAxes: [1, 2] });
    tf.tidy(() => {
      layer.apply(tf.ones([1, 4, 4, 2]));
      expect((layer.apply(tf.ones([1, 8, 8, 2])) as tf.Tensor).shape).toEqual([1, 8, 8, 2]);
    });
  });
  it('Softmax takes the last axis', () => {
    tf.tidy(() => {
      const y = layers.softmax().apply(tf.ones([1, 2, 2])) as tf.Tensor;
      expect([...y.dataSync()]).toEqual([0.5, 0.5, 0.5, 0.5]);
    });
  });
  it('"gelu_new" comes back, twice over', async () => {
    const model = dense('gelu_new');
    expect(at(await reload(await reload(model)))).toEqual(at(model));
  });
});
