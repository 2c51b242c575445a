import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, it } from 'vitest';
import {
  activations,
  ELU,
  LeakyReLU,
  layers,
  loadKerasModel,
  PReLU,
  ReLU,
  register,
  replaceBuiltIns,
  restoreBuiltIns,
  Softmax,
} from '../src/index.js';
import { noTensorLeaks, numbers, reload } from './_setup.js';

noTensorLeaks();

const { classNameMap } = tf.serialization.SerializationMap.getMap();
const predict = (model: tfl.LayersModel, x: tf.Tensor) =>
  tf.tidy(() => (model.predict(x) as tf.Tensor).dataSync());
const input = () => tfl.layers.inputLayer({ inputShape: [3] });

// First, before anything of this file registers.
describe('without register()', () => {
  it('a model of ours is refused with the name of what is unknown and the way to make it known', async () => {
    const of = (layer: tfl.layers.Layer) => tfl.sequential({ layers: [input(), layer] });
    await expect(reload(of(layers.leakyReLU()))).rejects.toThrow(
      /Unknown layer: RectifyLeakyReLU[\s\S]*not registered properly/,
    );
    const dense = tfl.layers.dense({ units: 1, activation: activations.leakyRelu() });
    const model = of(dense);
    await expect(reload(model)).rejects.toThrow(/Unknown activation: RectifyActivation[\s\S]*not registered/);
    model.dispose();
  });
});

/** As Keras 2 writes it, with the parameters of its day. */
const keras2 = () => ({
  keras_version: '2.15.0',
  backend: 'tensorflow',
  model_config: {
    class_name: 'Sequential',
    config: {
      name: 'sequential',
      layers: [
        {
          class_name: 'InputLayer',
          config: {
            batch_input_shape: [null, 3],
            dtype: 'float32',
            sparse: false,
            ragged: false,
            name: 'in',
          },
        },
        {
          class_name: 'LeakyReLU',
          config: { name: 'leaky', trainable: true, dtype: 'float32', alpha: 0.05 },
        },
        {
          class_name: 'ReLU',
          config: {
            name: 're',
            trainable: true,
            dtype: 'float32',
            max_value: 6,
            negative_slope: 0.5,
            threshold: 0,
          },
        },
        {
          class_name: 'PReLU',
          config: {
            name: 'pre',
            trainable: true,
            dtype: 'float32',
            alpha_initializer: { class_name: 'Constant', config: { value: 0.25 } },
            alpha_regularizer: null,
            alpha_constraint: null,
            shared_axes: [1],
          },
        },
        { class_name: 'ELU', config: { name: 'el', trainable: true, dtype: 'float32', alpha: 0.5 } },
        { class_name: 'Softmax', config: { name: 'soft', trainable: true, dtype: 'float32', axis: -1 } },
      ],
    },
  },
});
const NAMES = ['InputLayer', 'LeakyReLU', 'ReLU', 'PReLU', 'ELU', 'Softmax'];
const load = (modelTopology: object) => tfl.loadLayersModel(tf.io.fromMemory({ modelTopology }));

describe('replaceBuiltIns', () => {
  afterEach(restoreBuiltIns);

  it('lets a model of tfjs’s own layers load with ours, twice over, and keeps tfjs’s names', async () => {
    register();
    expect(() => tfl.layers.elu({ alpha: 0.5 })).toThrow(); // so tfjs alone cannot load it
    replaceBuiltIns();
    const model = await load(keras2());
    const once = await reload(model);
    const again = await reload(once);
    for (const m of [model, once, again]) {
      expect(m.layers.map((layer) => layer.getClassName())).toEqual(NAMES);
      for (const [i, cls] of [LeakyReLU, ReLU, PReLU, ELU, Softmax].entries())
        expect(m.layers[i + 1]).toBeInstanceOf(cls);
      expect((m.layers[1] as LeakyReLU).negativeSlope).toBe(0.05);
      expect((m.layers[2] as ReLU).function.params).toEqual({
        negativeSlope: 0.5,
        maxValue: 6,
        threshold: 0,
      });
      expect(m.layers[3]?.getWeights()[0]?.shape).toEqual([1]);
      expect((m.layers[4] as ELU).function.params).toEqual({ alpha: 0.5 });
      expect((m.layers[5] as Softmax).axis).toBe(-1);
    }
    const x = tf.tensor2d([[-2, 0, 9]]);
    const relu = [-0.05, 0, 6]; // 0.5 · 0.05 · −2, and the limit
    const elu = relu.map((v) => (v < 0 ? 0.5 * Math.expm1(0.25 * v) : v));
    const sum = elu.reduce((a, v) => a + Math.exp(v), 0);
    for (const m of [model, again])
      for (const [i, y] of predict(m, x).entries())
        expect(y).toBeCloseTo(Math.exp(elu[i] as number) / sum, 6);
    x.dispose();
    for (const m of [model, once, again]) m.dispose();
  });

  it('saves what tfjs alone reads, where it has the parameter', async () => {
    replaceBuiltIns();
    const stock = tfl.sequential({
      layers: [
        input(),
        tfl.layers.leakyReLU({ alpha: 0.07 }),
        tfl.layers.reLU({ maxValue: 2 }),
        tfl.layers.prelu({ alphaInitializer: 'ones' }),
        tfl.layers.elu(),
        tfl.layers.softmax({ axis: -1 }),
      ],
    });
    const ours = await reload(stock);
    expect(ours.layers[1]).toBeInstanceOf(LeakyReLU);
    restoreBuiltIns();
    const back = await reload(ours);
    expect(back.layers[1]).not.toBeInstanceOf(LeakyReLU);
    const x = tf.tensor2d(numbers(30, 1), [10, 3]);
    const want = predict(stock, x);
    for (const m of [ours, back])
      for (const [i, y] of predict(m, x).entries()) expect(y).toBeCloseTo(want[i] as number, 6);
    x.dispose();
    for (const m of [stock, ours, back]) m.dispose();
  });

  it('is left as it is by register() and loadKerasModel, may be repeated, and is undone', async () => {
    register();
    const before = { ...classNameMap };
    replaceBuiltIns();
    const during = { ...classNameMap };
    expect(
      Object.keys(during)
        .filter((name) => during[name]?.[0] !== before[name]?.[0])
        .sort(),
    ).toEqual(['Dense', ...NAMES.slice(1)].sort());
    replaceBuiltIns();
    register();
    const topology = JSON.parse(
      readFileSync(new URL('../fixtures/keras/leaky_layers.json', import.meta.url), 'utf8'),
    ).topology;
    (await loadKerasModel(topology)).dispose();
    for (const name of NAMES.slice(1)) expect(classNameMap[name]?.[0], name).toBe(during[name]?.[0]);
    restoreBuiltIns();
    restoreBuiltIns();
    expect(classNameMap).toEqual(before);
    expect(tfl.layers.leakyReLU()).not.toBeInstanceOf(LeakyReLU);
  });
});
