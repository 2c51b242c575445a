import * as tf from '@tensorflow/tfjs-core';
import { layers as stock } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import type { Json, JsonObject } from '../src/keras/format.js';
import { artifacts, fixture, free, names } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

const layer = (class_name: string, config: JsonObject, more: JsonObject = {}): JsonObject => ({
  module: 'keras.layers',
  class_name,
  config: { trainable: true, dtype: 'float32', ...config },
  registered_name: null,
  ...more,
});
const sequential = (shape: Json[], dtype: string, ...layers: Json[]): JsonObject => ({
  module: 'keras',
  class_name: 'Sequential',
  config: {
    name: 's',
    layers: [layer('InputLayer', { name: 'in', batch_shape: [null, ...shape], dtype }), ...layers],
  },
  registered_name: null,
});

describe('customObjects', () => {
  class Twice extends stock.Layer {
    static readonly className = 'Twice';
    readonly factor: number;
    constructor(args: { timesFactor: number }) {
      super(args as object);
      this.factor = args.timesFactor;
    }
    override call(x: tf.Tensor | tf.Tensor[]) {
      return tf.tidy(() => tf.mul([x].flat()[0], this.factor));
    }
  }
  const twice = layer(
    'Twice',
    { name: 't', times_factor: 2 },
    { module: 'mine', registered_name: 'mine>Twice' },
  );
  const run = async (topology: JsonObject, options: Parameters<typeof loadKerasModel>[1]) => {
    const model = await loadKerasModel(topology, options);
    const y = tf.tidy(() => [...(model.predict(tf.tensor2d([[-1, 3]])) as tf.Tensor).dataSync()]);
    model.dispose();
    return y;
  };

  it('a layer of tfjs stands for a class, by its name or the name it is registered by', async () => {
    for (const name of ['Twice', 'mine>Twice'])
      expect(
        await run(sequential([2], 'float32', twice), { customObjects: { [name]: Twice as never } }),
      ).toEqual([-2, 6]);
  });

  it('a function stands for a Lambda, by its name or the layer’s, and its shape is found', async () => {
    const marshalled = {
      class_name: '__lambda__',
      config: { code: '4wEAAAA=', defaults: null, closure: null },
    };
    const lambda = layer('Lambda', { name: 'tripled', function: marshalled, arguments: {} });
    const named = { class_name: 'function', config: 'triple', registered_name: 'triple' };
    const triple = (x: tf.Tensor) => tf.concat([tf.mul(x, 3), x], -1);
    expect(await run(sequential([2], 'float32', lambda), { customObjects: { tripled: triple } })).toEqual([
      -3, 9, -1, 3,
    ]);
    const other = layer('Lambda', { name: 'l', function: named });
    expect(await run(sequential([2], 'float32', other), { customObjects: { triple } })).toEqual([
      -3, 9, -1, 3,
    ]);
    await expect(loadKerasModel(sequential([2], 'float32', lambda))).rejects.toThrow(
      'layer "tripled" (Lambda) holds Python code, which is never run: pass customObjects with a function named "tripled"',
    );
  });

  it('a function stands for a Lambda without a name', async () => {
    const lambda = sequential([2], 'float32', layer('Lambda', {}));
    const model = await loadKerasModel(lambda, { customObjects: { Lambda: (x) => tf.neg(x) } });
    expect(model.layers.at(-1)?.name).not.toContain('undefined');
    const y = tf.tidy(() => [...(model.predict(tf.ones([1, 2])) as tf.Tensor).dataSync()]);
    expect(y).toEqual([-1, -1]);
    model.dispose();
  });

  it('a function is an activation, and is asked for by its name', async () => {
    const activation = {
      module: 'builtins',
      class_name: 'function',
      config: 'mine',
      registered_name: 'mine',
    };
    const topology = sequential([2], 'float32', layer('Activation', { name: 'a', activation }));
    expect(await run(topology, { customObjects: { mine: (x) => tf.abs(x) } })).toEqual([1, 3]);
    await expect(loadKerasModel(topology)).rejects.toThrow(/pass customObjects with a function of that name/);
  });

  it('all layers that cannot be read are named at once, in 300 characters', async () => {
    const own = (name: string) => layer('Mine', { name }, { module: 'mine', registered_name: 'pack>Mine' });
    const three = sequential(
      [2],
      'float32',
      own('a'),
      own('b'),
      layer('Dense', { name: 'd', units: 1, what: 7 }),
    );
    const error = await loadKerasModel(three).catch((error) => error);
    expect(error.message).toBe(
      'layer "a" (Mine) is of a class of its own, "pack>Mine": pass customObjects with a tfjs layer of that name. Nor can be read: layer "b" (Mine), layer "d" (Dense)',
    );
    const many = sequential([2], 'float32', ...Array.from({ length: 60 }, (_, i) => own(`layer_${i}`)));
    expect((await loadKerasModel(many).catch((error) => error)).message.length).toBeLessThanOrEqual(300);
  });
});

describe('dispose', () => {
  it.each(names)('frees all of %s, also after a prediction', async (name) => {
    const model = await loadKerasModel(artifacts(name));
    const { inputs } = fixture(name);
    tf.tidy(() => {
      const x = inputs.map(({ shape, dtype }) =>
        tf.zeros(shape, dtype.includes('int') ? 'int32' : 'float32'),
      );
      model.predict(x.length === 1 ? x[0] : x);
    });
    const weights = new Set(model.weights).size;
    expect(model.dispose()).toEqual({ refCountAfterDispose: 0, numDisposedVariables: weights });
    expect(() => model.dispose()).toThrow(/already disposed/);
  });

  it('frees a model between an InputLayer and other layers, which tfjs forgets', async () => {
    const dense = (name: string) => layer('Dense', { name, units: 3, activation: 'linear', use_bias: true });
    const inner = sequential([2], 'float32', dense('a'), dense('b'));
    (inner.config as JsonObject).name = 'base';
    const before = tf.memory().numTensors;
    const model = await loadKerasModel(sequential([2], 'float32', inner, dense('c')));
    expect(tf.memory().numTensors).toBe(before + 6);
    expect(model.dispose()).toEqual({ refCountAfterDispose: 0, numDisposedVariables: 6 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps a layer that is used elsewhere', async () => {
    const model = await loadKerasModel(artifacts('leaky_layers'));
    const [, dense] = model.layers;
    const x = stock.input({ shape: [5] });
    const other = (await import('@tensorflow/tfjs-layers')).model({
      inputs: x,
      outputs: dense.apply(x) as never,
    });
    model.dispose();
    tf.dispose(tf.tidy(() => other.predict(tf.ones([1, 5]))));
    other.dispose();
  });
});

it('notes the vector_u that a SpectralNormalization leaves out', async () => {
  const { modelTopology } = artifacts('spectral');
  const model = await loadKerasModel(modelTopology as object);
  expect(model.notes).toContainEqual({
    where: 'layer "spectral_normalization" (SpectralNormalization)',
    what: 'its vector_u is left out: only training uses it',
  });
  free(model);
});
