import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { KerasFormatError, loadKerasModel, toKerasConfig } from '../src/index.js';
import { isKeras3 } from '../src/keras/dialect.js';
import type { JsonObject } from '../src/keras/format.js';
import { AUGMENTATION } from '../src/layers/keras/augmentation.js';
import { artifacts, expectKerasOutputs } from './_keras.js';
import { noTensorLeaks } from './_setup.js';
import {
  dense,
  initializer,
  input,
  layer,
  ofDense,
  predict,
  sequential,
  withWeights,
} from './_topologies.js';

noTensorLeaks();

describe('names that other versions of Keras wrote', () => {
  const recurrent = {
    name: 'r',
    units: 4,
    activation: 'tanh',
    use_bias: true,
    return_sequences: false,
    zero_output_for_mask: false,
    seed: null,
  };

  it.each([
    ['LSTM', 16, [16], { recurrent_activation: 'sigmoid', unit_forget_bias: true }],
    ['GRU', 12, [2, 12], { recurrent_activation: 'sigmoid', reset_after: true }],
    ['SimpleRNN', 4, [4], {}],
  ])(
    'reads the OrthogonalInitializer of Keras 3.0 to 3.6 in %s, and Keras 2’s fields',
    async (name, n, bias, own) => {
      const specs: [string, number[]][] = [
        ['r/cell/kernel', [2, n]],
        ['r/cell/recurrent_kernel', [4, n]],
        ['r/cell/bias', bias],
      ];
      const of = (class_name: string, more: JsonObject = {}) =>
        predict(
          withWeights(
            sequential(
              input([3, 2]),
              layer(name, {
                ...recurrent,
                ...own,
                ...more,
                recurrent_initializer: initializer(class_name, { gain: 1, seed: null }),
              }),
            ),
            specs,
          ),
          [1, 3, 2],
        );
      const now = await of('Orthogonal');
      expect(await of('OrthogonalInitializer')).toEqual(now);
      expect(await of('Orthogonal', { time_major: false, implementation: 2 })).toEqual(now);
    },
  );

  it.each(['IdentityInitializer', 'STFTInitializer', 'glorot_uniform', 'zero'])(
    'reads a kernel_initializer %s, by class or by name',
    async (name) => {
      const kernel_initializer = name.includes('Initializer') ? initializer(name) : name;
      const source = withWeights(sequential(input([3]), dense({ kernel_initializer })), ofDense);
      expect((await predict(source, [1, 3]))[0]).toBeCloseTo(0.4, 6);
    },
  );

  it.each([
    ['MaxPool2D', { pool_size: [2, 2], strides: null, padding: 'valid' }],
    ['AvgPool2D', { pool_size: [2, 2], strides: null, padding: 'valid' }],
    ['GlobalAvgPool2D', { keepdims: false }],
    ['GlobalMaxPool2D', { keepdims: false }],
  ])('reads %s', async (name, config) => {
    expect(
      new Set(
        await predict(sequential(input([2, 2, 1]), layer(name, { name: 'p', ...config })), [1, 2, 2, 1]),
      ),
    ).toEqual(new Set([1]));
  });
});

describe('a recurrent topology alone, with the core and layers packages only', () => {
  const own = { module: 'mine', class_name: 'Mine', config: {}, registered_name: 'pack>Mine' };
  const config = (more: JsonObject) => ({ name: 'r', units: 3, ...more });
  const wrapped = (more: JsonObject) => ({ name: 'w', layer: layer('LSTM', config(more)) });
  it.each([
    ['LSTM', config],
    ['GRU', config],
    ['SimpleRNN', config],
    ['RNN', (more: JsonObject) => ({ name: 'w', cell: layer('GRUCell', config(more)) })],
    ['Bidirectional', wrapped],
  ] as const)('%s draws weights whatever its initializer is', async (name, of) => {
    // tfjs's own default initializer calls this.
    expect('flatten' in tf.Tensor.prototype).toBe(false);
    for (const more of [
      {},
      { recurrent_initializer: null },
      { recurrent_initializer: own },
      { recurrent_initializer: initializer('Orthogonal', { gain: 1, seed: null }) },
    ]) {
      const model = await loadKerasModel(sequential(input([4, 2]), layer(name, of(more))));
      const kernels = model.weights.filter(({ name }) => /recurrent_kernel/.test(name));
      expect(kernels.length).toBe(name === 'Bidirectional' ? 2 : 1);
      for (const weight of kernels)
        tf.tidy(() => {
          const kernel = weight.read() as tf.Tensor2D;
          const product = tf.matMul<tf.Tensor2D>(kernel, kernel, false, true).arraySync();
          for (const [i, row] of product.entries())
            expect(row).toEqual(row.map((_, j) => expect.closeTo(i === j ? 1 : 0, 5)));
        });
      model.dispose();
    }
  });
});

it('a Bidirectional zeroes the steps that a mask leaves out, whatever is written of it', async () => {
  const source = artifacts('masked');
  const written = JSON.stringify(source.modelTopology);
  expect(written).toContain('"zero_output_for_mask":true');
  const without = written.replaceAll(/"zero_output_for_mask":true,?/g, '').replaceAll(',}', '}');
  const model = await loadKerasModel({ ...source, modelTopology: JSON.parse(without) });
  expectKerasOutputs(model, 'masked');
  model.dispose();
});

describe('files that were patched so that tfjs takes them', () => {
  const patch = (change: (config: JsonObject) => void): JsonObject => {
    const topology = structuredClone(sequential(input([3]), dense()));
    change(((topology.config as JsonObject).layers as JsonObject[])[0].config as JsonObject);
    return topology;
  };
  const renamed = (name: string) => (config: JsonObject) => {
    config[name] = config.batch_shape;
    delete config.batch_shape;
  };
  const functional: JsonObject = {
    class_name: 'Functional',
    config: {
      name: 'f',
      trainable: true,
      layers: [
        input([3], { batch_input_shape: [null, 3] }, { name: 'in', inbound_nodes: [] }),
        dense({}, { name: 'd', inbound_nodes: [[['in', 0, 0, {}]]] }),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['d', 0, 0]],
    },
  };

  it.each([
    ['batch_input_shape', patch(renamed('batch_input_shape'))],
    ['batchInputShape', patch(renamed('batchInputShape'))],
    ['both', patch((config) => (config.batch_input_shape = config.batch_shape))],
    ['Keras 2 nodes beside Keras 3 configs', functional],
  ])('%s: as tfjs reads it, whatever version it claims', async (_, topology) => {
    for (const version of ['3.15.1', '2.15.0']) {
      const source = () => structuredClone(withWeights(topology, ofDense, version));
      const stock = await loadLayersModel(tf.io.fromMemory(source()));
      const want = tf.tidy(() => [...(stock.predict(tf.ones([1, 3])) as tf.Tensor).dataSync()]);
      stock.dispose();
      expect(await predict(source(), [1, 3])).toEqual(want);
    }
  });

  it('two shapes that differ are refused', async () => {
    const topology = patch((config) => {
      config.batch_input_shape = [null, 4];
    });
    await expect(loadKerasModel(topology)).rejects.toThrow(
      'layer "in" (InputLayer) has batch_shape [null,3] and batch_input_shape [null,4], which must be the same',
    );
  });

  it('tells Keras 3 by what is in the file', () => {
    expect(isKeras3({ keras_version: '2.15.0', model_config: sequential(input([3])) })).toBe(true);
    expect(isKeras3({ keras_version: '3.9.0', model_config: functional })).toBe(true);
    const old = { class_name: 'InputLayer', config: { batch_input_shape: [null, 3], name: 'in' } };
    expect(
      isKeras3({
        keras_version: '3.0.0',
        model_config: { class_name: 'Sequential', config: { layers: [old] } },
      }),
    ).toBe(false);
    for (const none of [null, 7, [], 'a']) expect(isKeras3(none)).toBe(false);
  });
});

describe('what is left out', () => {
  it('is noted, and refused where asked', async () => {
    const source = () => artifacts('training_only');
    const model = await loadKerasModel(source());
    expect(model.notes.map(({ where }) => where)).toEqual(
      expect.arrayContaining([
        'layer "dense" (Dense).activity_regularizer',
        'layer "dense" (Dense).kernel_regularizer',
        'layer "activity_regularization" (ActivityRegularization).l1',
      ]),
    );
    model.dispose();
    const error = await loadKerasModel(source(), { strict: true }).catch((error) => error);
    expect(error).toBeInstanceOf(KerasFormatError);
    expect(error.message).toMatch(/is left out: .*strict takes no such model$/);
  });

  it.each(['float16', 'bfloat16', 'mixed_float16', 'mixed_bfloat16', 'float64'])(
    '%s is computed in float32',
    async (name) => {
      const policy = { module: 'keras', class_name: 'DTypePolicy', config: { name }, registered_name: null };
      const model = await loadKerasModel(
        withWeights(sequential(input([3]), dense({ dtype: policy })), ofDense),
      );
      expect(model.notes).toEqual([
        { where: 'layer "d" (Dense).dtype', what: `${name} is computed in float32` },
      ]);
      model.dispose();
    },
  );

  it.each(AUGMENTATION)('%s is the identity in prediction, and noted', async (name) => {
    const model = await loadKerasModel(sequential(input([2, 3, 1]), layer(name, { name: 'r', seed: null })));
    expect(model.notes.map(({ where }) => where)).toEqual([`layer "r" (${name})`]);
    tf.tidy(() => {
      const y = model.predict(tf.tensor([0, 50, 100, 150, 200, 255], [1, 2, 3, 1])) as tf.Tensor;
      expect([...y.dataSync()]).toEqual([0, 50, 100, 150, 200, 255]);
    });
    model.dispose();
  });

  it('augmentation is kept for toKerasConfig', async () => {
    const flip = layer('RandomFlip', {
      name: 'flip',
      mode: 'horizontal',
      data_format: 'channels_last',
      seed: null,
    });
    const model = await loadKerasModel(sequential(input([8, 8, 3]), flip));
    const { layers } = toKerasConfig(model).config as { layers: JsonObject[] };
    expect(layers.at(-1)).toMatchObject({ class_name: 'RandomFlip', config: { mode: 'horizontal' } });
    model.dispose();
  });
});
