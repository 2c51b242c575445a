import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { input, layers, sequential, model as tfModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activation, loadKerasModel, layers as ours, toKerasConfig } from '../src/index.js';
import type { JsonObject } from '../src/keras/format.js';
import { artifacts, expectKerasOutputs, free, names } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

/** Fixtures that are read, and not written: those with operators, a RandomCrop, layers of Keras's applications, a SpectralNormalization. */
const READ_ONLY = [
  'classes_of_models',
  'convnext_block',
  'inception_resnet_block',
  'dropped_masks', // a call has a mask and states: see below
  'elementwise',
  'order',
  'picture_operators',
  'preprocessing',
  'reductions',
  'resizings',
  'shaping',
  'single_numbers',
  'sparse',
  'windows',
  'spectral', // of it the layer within is written, without its vector_u
];

describe('toKerasConfig', () => {
  // Keras itself reads these: scripts/check_to_keras.py.
  // The names of `frozen` are not what tfjs can have, so those of its weights are no longer the file's.
  // `shared_model` is written without a model that its weights are named after: see below.
  // The last of these have layers and operators that are read, and not written.
  const unwritten = ['shared_model', 'frozen', ...READ_ONLY];
  it.each(names.filter((name) => !unwritten.includes(name)))(
    'writes %s so that it is read back as the same model',
    async (name) => {
      const model = await loadKerasModel(artifacts(name));
      const written = JSON.parse(JSON.stringify(toKerasConfig(model)));
      const again = await loadKerasModel({ ...artifacts(name), modelTopology: written });
      expectKerasOutputs(again, name);
      for (const m of [model, again]) free(m);
    },
  );

  it('refuses a call with a mask and states, which Keras would read without the mask', async () => {
    const model = await loadKerasModel(artifacts('dropped_masks'));
    expect(() => toKerasConfig(model)).toThrow(/is called with states and a mask/);
    free(model);
  });

  describe('where models share layers', () => {
    /** The model that is written, read, and given the weights by the names of their layers. */
    const throughKeras = async (model: tfl.LayersModel) => {
      const written = JSON.parse(JSON.stringify(toKerasConfig(model)));
      const again = await loadKerasModel(written);
      expect(new Set(again.weights).size).toBe(new Set(model.weights).size);
      const find = (models: tfl.layers.Layer[], name: string): tfl.layers.Layer[] =>
        models.flatMap((layer) => [
          ...(layer.name === name ? [layer] : []),
          ...find((layer as unknown as tfl.LayersModel).layers ?? [], name),
        ]);
      for (const weight of model.weights) {
        const name = weight.originalName.split('/')[0];
        const [from] = find(model.layers, name);
        const [to] = find(again.layers, name);
        to.setWeights(from.getWeights());
      }
      return { again, layers: (written.config as { layers: JsonObject[] }).layers };
    };
    const expectSame = (model: tfl.LayersModel, again: tfl.LayersModel) =>
      tf.tidy(() => {
        const x = tf.randomNormal([5, ...(model.inputs[0].shape.slice(1) as number[])]);
        const [one, other] = [model, again].map((m) => [m.predict(x)].flat().map((y) => y.arraySync()));
        expect(other).toEqual(one);
      });
    const nest = (layer: tfl.layers.Layer, name: string, width = 2) => {
      const x = input({ shape: [width] });
      const own = layers.dense({ units: width, name: `${name}_own`, activation: 'tanh' });
      return tfModel({ inputs: x, outputs: own.apply(layer.apply(x)) as tfl.SymbolicTensor, name });
    };
    const around = (...chain: tfl.layers.Layer[]) => {
      const x = input({ shape: [2] });
      const outputs = chain.map((layer) => layer.apply(x) as tfl.SymbolicTensor);
      return tfModel({ inputs: x, outputs });
    };
    const asLayer = (model: tfl.LayersModel) => model as unknown as tfl.layers.Layer;

    it('writes the layers of the inner model in its place', async () => {
      const model = await loadKerasModel(artifacts('shared_model'));
      const { again, layers } = await throughKeras(model);
      expectKerasOutputs(again, 'shared_model');
      expect(layers.map(({ name }) => name)).toEqual(['in', 'inner', 'add', 'deep']);
      for (const m of [model, again]) free(m);
    });

    it('also of a model that is called twice, or deep within, and keeps what shares nothing', async () => {
      const shared = layers.dense({ units: 2, name: 'shared' });
      const plain = nest(layers.dense({ units: 2, name: 'alone' }), 'plain');
      const deep = nest(asLayer(nest(shared, 'first')), 'second');
      const x = input({ shape: [2] });
      const apply = (layer: tfl.LayersModel | tfl.layers.Layer, x: tfl.SymbolicTensor) =>
        layer.apply(x) as tfl.SymbolicTensor;
      const outputs = [apply(deep, apply(deep, x)), apply(shared, apply(plain, x)), apply(plain, x)];
      const model = tfModel({ inputs: x, outputs });
      const { again, layers: written } = await throughKeras(model);
      expectSame(model, again);
      expect(written.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['plain', 'shared', 'first_own', 'second_own']),
      );
      expect(written.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['second']));
      for (const m of [model, again]) free(m);
    });

    it('keeps untrained what was', async () => {
      const shared = layers.dense({ units: 2, name: 'shared' });
      const inner = nest(shared, 'inner');
      inner.trainable = false;
      const model = around(asLayer(inner), shared, layers.dense({ units: 1, name: 'trained' }));
      const { again } = await throughKeras(model);
      expectSame(model, again);
      const trained = again.trainableWeights.map(({ originalName }) => originalName);
      expect(trained).toEqual(['trained/kernel', 'trained/bias']);
      for (const m of [model, again]) free(m);
    });

    it('writes a Sequential that shares as a functional model', async () => {
      const shared = layers.dense({ units: 2, name: 'shared' });
      const first = layers.inputLayer({ inputShape: [2], name: 'first' });
      const model = sequential({ layers: [first, shared, asLayer(nest(shared, 'inner')), layers.reLU()] });
      const { again, layers: written } = await throughKeras(model);
      expectSame(model, again);
      const names = written.slice(0, 4).map(({ name }) => name);
      expect(names).toEqual(['first', 'shared', model.layers[3].name, 'inner_own']);
      for (const m of [model, again]) free(m);
    });

    it('refuses two layers of one name in one model, and a layer that is also in a wrapper', () => {
      const shared = layers.dense({ units: 2, name: 'shared' });
      const [one, other] = [nest(shared, 'a'), nest(shared, 'b')];
      one.layers[2].name = other.layers[2].name;
      const clash = around(asLayer(one), asLayer(other));
      expect(() => toKerasConfig(clash)).toThrow(
        /two layers are called "b_own".*layer "a" \(Model\), layer "b" \(Model\)/,
      );
      const x = input({ shape: [3, 2] });
      const dense = layers.dense({ units: 2, name: 'both' });
      const outputs = [layers.timeDistributed({ layer: dense }), dense].map((layer) => layer.apply(x));
      const wrapped = tfModel({ inputs: x, outputs: outputs as tfl.SymbolicTensor[] });
      expect(() => toKerasConfig(wrapped)).toThrow(/"both" \(Dense\) is in two models or wrappers at once/);
      for (const m of [clash, wrapped]) free(m);
    });
  });

  it('writes stock layers and activations, and refuses what Keras does not have', () => {
    const write = (layer: tfl.layers.Layer) => {
      const x = input({ shape: [3] });
      const model = tfModel({ inputs: x, outputs: layer.apply(x) as tfl.SymbolicTensor });
      try {
        return ((toKerasConfig(model).config as JsonObject).layers as JsonObject[])[1];
      } finally {
        free(model);
      }
    };
    expect(write(layers.leakyReLU({ alpha: 0.1 }))).toMatchObject({
      class_name: 'LeakyReLU',
      config: { negative_slope: 0.1 },
    });
    expect(write(layers.dense({ units: 1, activation: 'swish' }))).toMatchObject({
      config: { activation: 'silu' },
    });
    expect(
      write(layers.dense({ units: 1, activation: activation('leaky_relu', { alpha: 0.1 }) })),
    ).toMatchObject({
      config: { activation: { class_name: 'LeakyReLU', config: { negative_slope: 0.1 } } },
    });
    expect(
      write(layers.dense({ units: 1, activation: activation('leaky_relu', { alpha: 0.2 }) })),
    ).toMatchObject({
      config: { activation: 'leaky_relu' },
    });
    expect(() => write(layers.dense({ units: 1, activation: 'hardSigmoid' }))).toThrow(
      /activation is "hardSigmoid", which has no equal in Keras 3/,
    );
    for (const none of [layers.thresholdedReLU(), ours.rrelu()])
      expect(() => write(none)).toThrow(/has no equal in Keras 3/);
  });

  it('refuses layers that share a name with Keras’s, and compute something else', () => {
    const write = (layer: tfl.layers.Layer, shape: number[]) => {
      const x = input({ shape });
      const model = tfModel({ inputs: x, outputs: layer.apply(x) as tfl.SymbolicTensor });
      try {
        return toKerasConfig(model);
      } finally {
        free(model);
      }
    };
    const bilinear = layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' });
    expect(() => write(bilinear, [2, 2, 1])).toThrow(
      /interpolation is "bilinear", which Keras 3 computes otherwise/,
    );
    const dilated = layers.depthwiseConv2d({ kernelSize: 2, dilationRate: 2, kernelInitializer: 'zeros' });
    expect(() => write(dilated, [5, 5, 1])).toThrow(/dilationRate is .*, which Keras 3 computes otherwise/);
    const replicas = ours.replicaDense({ replicas: 2, units: 1 });
    expect(() => write(replicas, [2, 3])).toThrow(/RectifyReplicaDense\) has no equal in Keras 3/);
    // Its gates are Keras 2's hard_sigmoid.
    expect(() => write(layers.lstm({ units: 1, recurrentInitializer: 'zeros' }), [2, 3])).toThrow(
      /recurrentActivation is "hardSigmoid", which has no equal in Keras 3/,
    );
  });
});
