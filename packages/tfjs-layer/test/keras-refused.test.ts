import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { KerasFormatError, loadKerasModel } from '../src/index.js';
import type { Json, JsonObject } from '../src/keras/format.js';
import { artifacts, folder } from './_keras.js';
import { noTensorLeaks } from './_setup.js';
import { called, functional, input, layer, sequential, tensorOf } from './hostile/corpus.js';

noTensorLeaks();

describe('what cannot be read is refused by layer and field', () => {
  type Layers = {
    class_name: string;
    registered_name: string | null;
    config: JsonObject;
    inbound_nodes: JsonObject[];
  }[];
  const changed = (name: string, change: (layers: Layers, config: JsonObject) => void) => {
    const all = artifacts(name);
    const topology = all.modelTopology as { config: { layers: Layers } & JsonObject };
    change(topology.config.layers, topology.config);
    return all;
  };
  const set = (index: number, field: string, value: Json) => (layers: Layers) => {
    layers[index].config[field] = value;
  };

  it.each<[string, tf.io.ModelArtifacts, string]>([
    [
      'an unknown field',
      changed('leaky_layers', set(2, 'beta', 1)),
      'layer "leaky_re_lu" (LeakyReLU).beta is 1',
    ],
    [
      'quantized weights',
      changed('leaky_layers', set(1, 'dtype', 'int4_from_float32')),
      'layer "dense" (Dense).dtype is "int4_from_float32"',
    ],
    [
      'an unknown padding',
      changed('sequences', set(1, 'padding', 'reflect')),
      'layer "conv1d" (Conv1D).padding is "reflect"',
    ],
    [
      'a mask for an average in a model within the model, where tfjs has none',
      changed('text', (layers) => {
        const average = layers.find((one) => one.class_name === 'GlobalAveragePooling1D') as Layers[number];
        const input = { class_name: 'InputLayer', config: { name: 'steps', batch_shape: [null, 6, 4] } };
        const { inbound_nodes, ...own } = average;
        average.config = { name: 'model', trainable: true, layers: [input, structuredClone(own)] as Json };
        average.class_name = 'Sequential';
      }),
      'layer "model" (Sequential) and the mask of layer "embedding" (Embedding)',
    ],
    [
      'a mask for attention that is an array, but for attention_mask',
      changed('attention', (layers) => {
        const heads = layers.find(({ config }) => config.name === 'heads') as Layers[number];
        heads.inbound_nodes[0].kwargs = { query_mask: [[true, false]] };
      }),
      'layer "heads" (MultiHeadAttention).inbound_nodes has the argument query_mask: [[true,false]]',
    ],
    ['what tfjs itself refuses', changed('convolution', set(1, 'kernel_size', [9, 9])), 'layer "'],
    [
      'weights that are cut short',
      { ...artifacts('leaky_layers'), weightData: new ArrayBuffer(100) },
      'the weights of the model are 100 bytes, and its manifest needs 364',
    ],
    [
      'weights that are too many',
      { ...artifacts('leaky_layers'), weightData: new ArrayBuffer(400) },
      'the weights of the model are 400 bytes, and its manifest needs 364',
    ],
    [
      'an unknown activation',
      changed('leaky_layers', set(1, 'activation', 'reluu')),
      'layer "dense" (Dense).activation is "reluu"',
    ],
    [
      'an activation that has weights',
      changed('leaky_layers', set(1, 'activation', { class_name: 'PReLU', config: { shared_axes: null } })),
      'layer "dense" (Dense).activation is a PReLU, which has weights of its own',
    ],
    [
      'a sum of one tensor',
      changed('inception_resnet_block', (layers) => {
        const sum = layers.find(({ class_name }) => class_name === 'CustomScaleLayer') as Layers[number];
        sum.inbound_nodes[0].args = (sum.inbound_nodes[0].args as Json[][])[0].slice(0, 1);
      }),
      'it takes two inputs of one shape',
    ],
    [
      'a normalization of whole numbers, which Keras rounds',
      changed('normalizations', set(0, 'dtype', 'int32')),
      'layer "layer_normalization" (LayerNormalization) gets int32, in which Keras computes otherwise',
    ],
    [
      'arithmetic within bytes, which overflows in Keras',
      changed('operators', set(0, 'dtype', 'uint8')),
      'layer "multiply" (Rescaling) gets uint8, in which Keras computes otherwise',
    ],
    [
      'a batch of 0',
      changed('leaky_layers', set(0, 'batch_shape', [0, 3])),
      'batch_shape is [0,3], and must be a list of sizes of at least 1',
    ],
    [
      'a mask value that is no number',
      changed('masking', set(1, 'mask_value', [1, 2])),
      'layer "masking" (Masking).mask_value is [1,2]',
    ],
    [
      'a mean without its variance',
      changed('normalizations', (layers) => {
        const layer = layers.find(({ config }) => config.mean != null) as Layers[number];
        layer.config.variance = null;
      }),
      'mean and variance must be given both, or neither',
    ],
    ['a sparse input', changed('leaky_layers', set(0, 'sparse', true)), 'sparse is true'],
    [
      'an unknown layer',
      changed('leaky_layers', (layers) => {
        layers[1].class_name = 'Lambda';
      }),
      'layer "dense" (Lambda) holds Python code',
    ],
    [
      'a stranger’s layer of a known name',
      changed('leaky_layers', (layers) => {
        layers[1].registered_name = 'mine>Dense';
      }),
      '"mine>Dense"',
    ],
    [
      'an argument of a call',
      changed('functional', (layers) => {
        const dense = layers.find(({ class_name }) => class_name === 'Dense') as Layers[number];
        dense.inbound_nodes[0].kwargs = { scale: 2 };
      }),
      'the argument scale: 2',
    ],
    [
      'an input that is not there',
      changed('functional', (_, config) => {
        config.output_layers = ['nowhere', 0, 0];
      }),
      'output_layers names ["nowhere",0,0]',
    ],
    [
      'a missing weight',
      { ...artifacts('leaky_layers'), weightSpecs: [], weightData: new ArrayBuffer(0) },
      'layer "dense" (Dense): there is no weight dense/kernel',
    ],
    [
      'a weight of another shape',
      changed('leaky_layers', set(1, 'units', 5)),
      'layer "dense" (Dense): weight dense/kernel has the shape [5,5], and the file has [5,4]',
    ],
    [
      'a weight that no layer takes',
      changed('leaky_layers', (layers) => layers.pop() && layers.splice(-1)),
      'weights that no layer takes: ["sequential/dense_4/kernel","sequential/dense_4/bias"]',
    ],
  ])('%s', async (_, source, message) => {
    const error = await loadKerasModel(source).catch((error) => error);
    expect(error).toBeInstanceOf(KerasFormatError);
    expect(error.message).toContain(message);
  });

  it('an archive that is damaged, or lacks a file', async () => {
    const whole = unzipSync(new Uint8Array(readFileSync(new URL('text.keras', folder))));
    const { 'model.weights.h5': weights, ...rest } = whole;
    const refusal = async (bytes: Uint8Array) => {
      const error = await loadKerasModel(bytes).catch((error) => error);
      expect(error).toBeInstanceOf(KerasFormatError);
      return error.message;
    };
    const archive = zipSync(whole);
    for (const part of [0.3, 0.9])
      expect(await refusal(archive.subarray(0, archive.length * part))).toMatch(/the archive is damaged/);
    expect(await refusal(zipSync(rest))).toMatch(/the archive has no model.weights.h5, only/);
    expect(await refusal(zipSync({ ...whole, 'config.json': new Uint8Array(9) }))).toMatch(
      /config.json of the archive is damaged/,
    );
    for (const size of [0, 100, 3000])
      expect(await refusal(zipSync({ ...rest, 'model.weights.h5': weights.subarray(0, size) }))).toMatch(
        /model.weights.h5 of the archive is damaged|there is no weight/,
      );
  });

  it('bytes that are no archive', async () => {
    await expect(loadKerasModel(Uint8Array.of(0x89, 0x48, 0x44, 0x46))).rejects.toThrow(/HDF5/);
    await expect(loadKerasModel(new TextEncoder().encode('nonsense'))).rejects.toThrow(
      /neither a .keras archive nor JSON/,
    );
    await expect(loadKerasModel(7 as never)).rejects.toThrow(TypeError);
  });
});

// A class that keeps Keras's own get_config is saved without a name.
const anew =
  'is of a class of its own, whose computation is Python code and not in the file: build it anew as a Functional model, and save that';
it.each<[string, object, string]>([
  [
    'a subclassed model',
    { module: 'net', class_name: 'Net', config: {}, registered_name: 'pack>Net' },
    `model without a name (Net) ${anew}`,
  ],
  [
    'a subclassed model of Keras 2',
    { keras_version: '2.15.0', backend: 'tensorflow', model_config: { class_name: 'Net', config: {} } },
    `model without a name (Net) ${anew}`,
  ],
  [
    'a subclassed model with a name',
    { module: 'net', class_name: 'Net', config: { name: 'n' }, registered_name: 'pack>Net' },
    `model "n" (Net) ${anew}`,
  ],
  [
    'a subclassed layer',
    sequential(input(), { module: 'net', class_name: 'Block', config: {}, registered_name: 'pack>Block' }),
    'layer without a name (Block) is of a class of its own, "pack>Block": pass customObjects with a tfjs layer of that name',
  ],
  [
    'a Lambda without a name',
    sequential(input(), layer('Lambda', {})),
    'layer without a name (Lambda) holds Python code, which is never run: pass customObjects with a function named "Lambda"',
  ],
  [
    'an InputLayer without a name and with two shapes',
    sequential(layer('InputLayer', { batch_shape: [null, 3], batch_input_shape: [null, 4] })),
    'layer without a name (InputLayer) has batch_shape [null,3] and batch_input_shape [null,4], which must be the same',
  ],
])('%s is refused by its class, and by its name where it has one', async (_, source, message) => {
  const error = await loadKerasModel(source).catch((error) => error);
  expect(error).toBeInstanceOf(KerasFormatError);
  expect(error.message).toBe(message);
});

describe('what would fail only when it predicts is refused before', () => {
  const lstm = (more: JsonObject) => layer('LSTM', { name: 'l', units: 2, ...more });
  const start = called('InputLayer', 'in', { batch_shape: [null, 3] });
  const operator = (class_name: string, config: JsonObject) => {
    const node = called(class_name, 'o', config, tensorOf('in')) as object;
    return functional([start, { ...node, module: 'keras.src.ops.numpy' }], ['in', 0, 0], ['o', 0, 0]);
  };
  it.each<[string, object, RegExp]>([
    [
      'groups that do not divide the channels',
      sequential(input([null, 4, 6]), layer('GroupNormalization', { name: 'g', groups: 4 })),
      /divides the 6 channels, got 4/,
    ],
    [
      'a mean that is no number',
      sequential(input(), layer('Normalization', { name: 'n', mean: ['x'], variance: [1] })),
      /"n" \(Normalization\)\.mean is \["x"\]/,
    ],
    [
      'rows of pictures in place of rows',
      sequential(input([null, 2, 4, 4, 1]), layer('ConvLSTM1D', { name: 'c', filters: 1, kernel_size: [2] })),
      /must be of the shape \[batch, steps, size, channels\]/,
    ],
    [
      'directions of which one gives sequences',
      sequential(
        input([null, 4, 3]),
        layer('Bidirectional', {
          name: 'b',
          layer: lstm({ return_sequences: true }),
          backward_layer: lstm({ name: 'k', go_backwards: true }),
        }),
      ),
      /returnSequences must be the same in both directions/,
    ],
    [
      'a model within the model that takes another rank',
      sequential(input(), sequential(input([null, 4, 3]), layer('Dense', { name: 'd', units: 1 }))),
      /takes the shape \[null,4,3\], and is given \[null,3\]/,
    ],
    [
      'a layer that is never called',
      functional(
        [start, called('ReLU', 'r', {}, tensorOf('in')), called('ReLU', 's', {})],
        ['in', 0, 0],
        ['r', 0, 0],
      ),
      /"s" \(ReLU\) is never called/,
    ],
    [
      'an input without a batch',
      sequential(input([]), layer('ReLU', { name: 'r' })),
      /batch_shape is \[\], and must/,
    ],
    [
      'a Sequential that was built without a batch',
      {
        module: 'keras',
        class_name: 'Sequential',
        config: { name: 's', layers: [layer('ReLU', { name: 'r' })], build_input_shape: [] },
      },
      /build_input_shape is \[\], and must/,
    ],
    ...['float16', 0.5, {}, ['1', 2], [1, 2, 3], []].flatMap((size): [string, object, RegExp][] => [
      [
        `a padding of ${JSON.stringify(size)} before the batch`,
        operator('Pad', { pad_width: [size, [0, 0]] }),
        /pad_width/,
      ],
      [
        `an axis ${JSON.stringify(size)}`,
        operator('Flip', { axis: size === 0.5 ? size : [size, 'x'] }),
        /whole numbers/,
      ],
    ]),
    ...(
      [
        ['Reshape', 'newshape', ['3', -1]],
        ['Tile', 'repeats', ['2', 1]],
        ['Repeat', 'repeats', '2'],
        ['Roll', 'shift', '1'],
        ['Split', 'indices_or_sections', ['1']],
        ['BroadcastTo', 'shape', [null, '3']],
        ['Softmax', 'axis', [0, 1]],
        ['Triu', 'k', '1'],
        ['OneHot', 'num_classes', '3'],
        ['TopK', 'k', true],
      ] as const
    ).map(([name, field, value]): [string, object, RegExp] => [
      `${name} with ${field} ${JSON.stringify(value)}`,
      operator(name, { axis: -1, [field]: value as Json }),
      /must be (one )?(a )?(whole )?numbers?/,
    ]),
    ...['ZeroPadding1D', 'Cropping1D'].map((name): [string, object, RegExp] => [
      `${name} by a text`,
      sequential(
        input([null, null, 3]),
        layer(name, { name: 'p', [name === 'Cropping1D' ? 'cropping' : 'padding']: ['1', 1] }),
      ),
      /is \["1",1\], and must be whole numbers of at least 0/,
    ]),
  ])('%s', async (_, topology, message) => {
    await expect(loadKerasModel(topology)).rejects.toThrow(message);
  });
});

it('names the layer, and what it is given, where it cannot compute that', async () => {
  const named = (class_name: string, name: string, config: JsonObject) => ({
    class_name,
    config: { name, ...config },
  });
  const layers = [
    named('InputLayer', 'in', { batch_shape: [null, null, 2] }),
    named('Conv1D', 'same', { filters: 2, kernel_size: [1] }),
    named('Reshape', 'shape', { target_shape: [6] }),
  ];
  const model = await loadKerasModel({
    class_name: 'Sequential',
    module: 'keras',
    config: { name: 's', layers },
  });
  const predict = (steps: number) =>
    tf.tidy(() => (model.predict(tf.ones([1, steps, 2])) as tf.Tensor).shape);
  expect(predict(3)).toEqual([1, 6]);
  expect(() => predict(4)).toThrow(KerasFormatError);
  expect(() => predict(4)).toThrow('layer "shape" (Reshape) cannot compute [1,4,2]: ');
  model.dispose();
});
