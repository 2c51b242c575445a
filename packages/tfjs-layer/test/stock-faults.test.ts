// The measured faults of tfjs 4.22 (the table of ARCHITECTURE.md, row by row, and what the README says of `cpu` and `wasm`), each seen with
// tfjs alone and then mended. Names are registered, and kernels replaced, only in the second half. The faults of the GPU's backends
// are in browser.test.ts.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  activation,
  activations,
  layers,
  loadKerasModel,
  register,
  useFastKernels,
  useStockKernels,
} from '../src/index.js';
import { StockActivation } from '../src/tfjs/classes.js';
import { BACKENDS, use } from './_backends.js';
import { numbers, plain, reload } from './_setup.js';

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
/** A Dense that hands its input to its activation. */
const identity = { units: 3, kernelInitializer: 'identity' as const };
const leakyDense = {
  units: 3,
  kernel_initializer: { class_name: 'Identity', config: { gain: 1 } },
  activation: { module: 'keras.layers', class_name: 'LeakyReLU', config: { negative_slope: 0.1 } },
};
/** A custom activation, made as tfjs makes its own: with a config, and 0.3 by default. */
class Custom extends StockActivation {
  static readonly className = 'customLeaky';
  readonly slope: number;
  constructor({ slope = 0.3 }: { slope?: number } = {}) {
    super();
    this.slope = slope;
  }
  override apply(x: tf.Tensor) {
    return tf.leakyRelu(x, this.slope);
  }
  override getConfig() {
    return { slope: this.slope };
  }
}
tf.serialization.registerClass(Custom as never);
/** A layer with a text in its config. */
class Note extends tfl.layers.Layer {
  static readonly className = 'Note';
  readonly note: string;
  constructor({ note, ...args }: { note: string }) {
    super(args);
    this.note = note;
  }
  override getConfig() {
    return { ...super.getConfig(), note: this.note };
  }
}
tf.serialization.registerClass(Note);
const metadata = { columns: ['BS Fast', 'Plasma R'], negative_slope: 'leaky_relu' };
const withMetadata = () => {
  const model = one(tfl.layers.dense({ units: 1, name: 'BS_Fast' }));
  model.setUserDefinedMetadata(metadata);
  return model;
};
/** The same topology with `batch_input_shape`, which tfjs reads. */
const readableInputs = (topology: object) =>
  JSON.parse(JSON.stringify(topology).replaceAll('"batch_shape"', '"batch_input_shape"'));
const at = (model: tfl.LayersModel, x: number[] = [-2, 0, 1]) =>
  tf.tidy(() =>
    [...(model.predict(tf.tensor2d([x])) as tf.Tensor).dataSync()].map((v) => Number(v.toFixed(4))),
  );
/** −x for −1s of shape [2, 2, 3] and slopes 1, 2 that differ between its rows. */
const preluOfRows = () => tf.tidy(() => plain(tf.prelu(tf.fill([2, 2, 3], -1), tf.tensor2d([[-1], [-2]]))));
const OF_ROWS = [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2];
/** f(x)/x at a small x, in an array that is long enough for our kernels. */
const slopeNear0 = (f: (x: tf.Tensor) => tf.Tensor) =>
  tf.tidy(() => f(tf.fill([1000], -1e-20)).dataSync()[0] / -1e-20);
const slopeOfRelu6At6 = () => tf.tidy(() => plain(tf.grad(tf.relu6)(tf.tensor1d([6]))));
const byTfjs = (topology: object) => tfl.loadLayersModel(tf.io.fromMemory({ modelTopology: topology }));

describe('tfjs 4.22 alone', () => {
  it('trains dense({activation: "LeakyReLU"}) and fails to load it', async () => {
    await expect(reload(dense('LeakyReLU'))).rejects.toThrow('Unknown activation: leakyReLu');
  });
  it('saves a custom activation without its parameter', async () => {
    const leaky = (slope: number) => new Custom({ slope }) as unknown as 'relu';
    const model = one(tfl.layers.dense({ ...identity, activation: leaky(0.07) }));
    expect(at(model)).toEqual([-0.14, 0, 1]);
    expect(at(await reload(model))).toEqual([-0.6, 0, 1]);
  });
  it('reads a LeakyReLU of slope 0.1, as a layer and inside Dense, as one of 0.3', async () => {
    expect(at(await byTfjs(kerasLayer('LeakyReLU', { negative_slope: 0.1 })))).toEqual([-0.6, 0, 1]);
    expect(at(await byTfjs(kerasLayer('Dense', leakyDense)))).toEqual([-0.6, 0, 1]);
  });
  it('drops negative_slope and threshold of a ReLU', async () => {
    expect(at(await byTfjs(kerasLayer('ReLU', { negative_slope: 0.5, threshold: 1 })), [-2, 0.5, 3])).toEqual(
      [0, 0.5, 3],
    );
  });
  it('reads "hard_sigmoid" as another function', async () => {
    expect(at(await byTfjs(kerasLayer('Activation', { activation: 'hard_sigmoid' })))).toEqual([
      0.1, 0.5, 0.7,
    ]);
  });
  it('throws for batch_shape, for __keras_tensor__ nodes, and for Keras 3 weight names', async () => {
    await expect(byTfjs(kerasLayer('ReLU', {}, batchShape))).rejects.toThrow(/InputLayer should be passed/);
    // With inputs that tfjs can read, so that the nodes alone are the question.
    for (const name of ['nested', 'functional'])
      await expect(byTfjs(readableInputs(keras(name)))).rejects.toThrow();
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
  it('takes 1 for the axis of a Softmax', () => {
    expect(tfl.layers.softmax().getConfig()).toMatchObject({ axis: 1 });
  });
  it('re-cases the strings of a config, but for user-defined metadata', async () => {
    const { layers } = await reload(one(new Note({ note: 'BS Fast' })));
    expect((layers.at(-1) as Note).note).toBe('bs Fast');
    expect((await reload(withMetadata())).getUserDefinedMetadata()).toEqual(metadata);
  });
  it('gives slopes to the wrong elements of a prelu on wasm, where they are not those of the last axis', async () => {
    await use('cpu');
    expect(preluOfRows()).toEqual(OF_ROWS);
    await use('wasm');
    expect(preluOfRows()).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    await use('cpu');
  });
  it('pads a convolution wrong on wasm whose steps are longer than its window', async () => {
    const sums = () =>
      plain(tf.tidy(() => tf.conv2d(tf.ones([1, 9, 9, 1]) as tf.Tensor4D, tf.ones([2, 2, 1, 1]), 3, 'same')));
    await use('cpu');
    expect(sums()).toEqual(Array(9).fill(4));
    await use('wasm');
    expect(sums()).not.toEqual(Array(9).fill(4));
    await use('cpu');
  });
  it('transposes a convolution over three dimensions wrong on wasm, and takes 0.5 for false', async () => {
    const sums = () =>
      plain(
        tf.tidy(() => {
          const [x, kernel] = [tf.ones([1, 2, 2, 2, 1]), tf.ones([2, 2, 2, 2, 1])] as tf.Tensor5D[];
          return tf.conv3dTranspose(x as tf.Tensor5D, kernel as tf.Tensor5D, [1, 4, 4, 4, 2], 2, 'same');
        }),
      );
    const truths = () => plain(tf.tidy(() => tf.cast(tf.tensor1d([0, 0.5, 2]), 'bool')));
    await use('cpu');
    expect([sums(), truths()]).toEqual([Array(128).fill(1), [0, 1, 1]]);
    await use('wasm');
    expect(sums()).not.toEqual(Array(128).fill(1));
    expect(truths()).toEqual([0, 0, 2]);
    await use('cpu');
  });
  it.each(BACKENDS)('loses the digits of a small x in selu on %s, on cpu in elu too', async (backend) => {
    await use(backend);
    expect(slopeNear0(tf.selu) + 0).toBe(0);
    if (backend === 'cpu') expect(slopeNear0(tf.elu) + 0).toBe(0);
    await use('cpu');
  });
  it.each(BACKENDS)('takes 1 for the derivative of relu6 at 6 on %s', async (backend) => {
    await use(backend);
    expect(slopeOfRelu6At6()).toEqual([1]);
    await use('cpu');
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
      tfl.layers.dense({ ...identity, activation: activations.leakyRelu({ negativeSlope: 0.07 }) }),
    );
    for (const m of [model, await reload(model)]) expect(at(m)).toEqual([-0.14, 0, 1]);
  });
  it('a LeakyReLU of slope 0.1 and a ReLU of Keras 3 keep their parameters', async () => {
    expect(at(await loadKerasModel(kerasLayer('LeakyReLU', { negative_slope: 0.1 }, batchShape)))).toEqual([
      -0.2, 0, 1,
    ]);
    const relu = kerasLayer('ReLU', { negative_slope: 0.5, threshold: 1 }, batchShape);
    expect(at(await loadKerasModel(relu), [-2, 0.5, 3])).toEqual([-1.5, -0.25, 3]);
    expect(at(await loadKerasModel(kerasLayer('Dense', leakyDense, batchShape)))).toEqual([-0.2, 0, 1]);
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
  it.each(['Conv1D', 'Conv2D', 'DepthwiseConv2D'])(
    'a %s with long steps is right on wasm',
    async (class_name) => {
      await use('wasm');
      const axes = class_name === 'Conv1D' ? 1 : 2;
      const ones = { class_name: 'Ones', config: {} };
      const each = (n: number) => Array<number>(axes).fill(n);
      const shape = [null, ...each(9), 1];
      const config = {
        ...{ padding: 'same', use_bias: false, kernel_size: each(2), strides: each(3) },
        ...(class_name === 'DepthwiseConv2D'
          ? { depthwise_initializer: ones }
          : { filters: 1, kernel_initializer: ones }),
      };
      const model = await loadKerasModel(kerasLayer(class_name, config, { batch_shape: shape }));
      const y = tf.tidy(() => plain(model.predict(tf.ones([1, ...each(9), 1])) as tf.Tensor));
      expect(y).toEqual(Array(3 ** axes).fill(2 ** axes));
      model.dispose();
      await use('cpu');
    },
  );
  it.each([
    { strides: [2, 2, 2], padding: 'same', kernel_size: [2, 3, 2] },
    { strides: [1, 2, 3], padding: 'valid', kernel_size: [2, 1, 4] },
    { strides: [3, 1, 2], padding: 'same', kernel_size: [4, 3, 2], data_format: 'channels_first' },
  ])('a Conv3DTranspose is on wasm what it is on cpu: %j', async (options) => {
    const first = options.data_format === 'channels_first';
    const shape = first ? [2, 3, 4, 2, 3] : [2, 4, 2, 3, 3];
    const config = { filters: 2, activation: 'tanh', use_bias: true, ...options };
    const topology = kerasLayer('Conv3DTranspose', config, { batch_shape: [null, ...shape.slice(1)] });
    const of = async (backend: (typeof BACKENDS)[number]) => {
      await use(backend);
      const model = await loadKerasModel(topology);
      return tf.tidy(() => {
        model.setWeights(
          model.getWeights().map(({ shape, size }, i) => tf.tensor(numbers(size, i + 3), shape)),
        );
        const x = tf.tensor(numbers(tf.util.sizeFromShape(shape), 5), shape);
        const values = plain(model.predict(x) as tf.Tensor);
        expect(() => tf.grad((x) => tf.sum(model.apply(x) as tf.Tensor))(x)).toThrow(/gradient/);
        model.dispose();
        return values;
      });
    };
    const [want, got] = [await of('cpu'), await of('wasm')];
    expect(got.length).toBe(want.length);
    // Sums of up to a thousand products in float32.
    for (const [i, value] of want.entries()) expect(got[i]).toBeCloseTo(value, 4);
    await use('cpu');
  });
  it('no name and no string of ours is re-cased, and metadata stays', async () => {
    const model = withMetadata();
    model.add(layers.activation({ activation: 'hard_silu', name: 'BS_Fast_2' }));
    model.add(tfl.layers.dense({ units: 1, activation: activations.gelu({ approximate: 'tanh' }) }));
    const loaded = await reload(await reload(model));
    expect(loaded.getUserDefinedMetadata()).toEqual(metadata);
    expect(loaded.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(at(loaded)).toEqual(at(model));
  });
  it('"gelu_new" comes back, twice over', async () => {
    const model = dense('gelu_new');
    expect(at(await reload(await reload(model)))).toEqual(at(model));
  });

  describe.each(BACKENDS)('and useFastKernels() on %s', (backend) => {
    beforeAll(async () => {
      await use(backend);
      useFastKernels();
    });
    afterAll(async () => {
      useStockKernels();
      await use('cpu');
    });

    it('prelu gives each element its slope, and so does our layer', () => {
      expect(preluOfRows()).toEqual(OF_ROWS);
      useStockKernels();
      const layer = layers.prelu({ sharedAxes: [2], weights: [tf.tensor2d([[-1], [-2]])] });
      expect(tf.tidy(() => plain(layer.apply(tf.fill([2, 2, 3], -1)) as tf.Tensor))).toEqual(OF_ROWS);
      useFastKernels();
    });
    it('elu and selu keep the digits of a small x', () => {
      expect(slopeNear0(tf.elu)).toBeCloseTo(1, 6);
      expect(slopeNear0(tf.selu)).toBeCloseTo(1.7580993, 6); // λα
    });
    it('the derivative of relu6 at 6 is 0', () => {
      expect(slopeOfRelu6At6()).toEqual([0]);
    });
  });
});
