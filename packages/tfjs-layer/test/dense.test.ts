import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  activations,
  fastAdam,
  layers,
  toKerasConfig,
  useFastKernels,
  useStockKernels,
} from '../src/index.js';
import { LOSS, noTensorLeaks, numbers, reload, stockNetwork, train } from './_setup.js';

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

/** float32 sums of up to 64 products of numbers below 1, in another order. */
const SUM = 1e-5;
/** A step for central differences in float32, and what they are good for. */
const DIFFERENCE = 1e-2;
const OF_DIFFERENCE = 5e-3;

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, bound: number) => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++)
    expect(Math.abs(actual[i] - expected[i]), `at ${i}: ${actual[i]}, ${expected[i]}`).toBeLessThan(bound);
};

describe.each(['cpu', 'wasm'])('layers.dense on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    tf.dispose(tf.relu([0])); // the wasm backend makes a tensor on its first call
  });
  afterAll(useStockKernels);
  beforeEach(useStockKernels);
  noTensorLeaks();

  /** Value, and the gradients for input, kernel and bias, of a layer on the same weights and data. */
  function results(layer: tfl.layers.Layer, shape: number[], useBias = true): Float32Array[] {
    return tf.tidy(() => {
      const x = tf.tensor(numbers(tf.util.sizeFromShape(shape), 1), shape);
      layer.apply(x);
      layer.setWeights(layer.getWeights().map((w, i) => tf.tensor(numbers(w.size, 10 + i), w.shape)));
      const y = layer.apply(x) as tf.Tensor;
      const dy = tf.tensor(numbers(y.size, 20), y.shape);
      const names = layer.weights.map((w) => w.read());
      const loss = () => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, dy)) as tf.Scalar;
      const { grads } = tf.variableGrads(loss, names as tf.Variable[]);
      const gradX = tf.grad((x) => layer.apply(x) as tf.Tensor)(x, dy);
      expect(Object.keys(grads)).toHaveLength(useBias ? 2 : 1);
      const all = [y, gradX, ...Object.values(grads)].map((t) => t.dataSync() as Float32Array);
      layer.dispose();
      return all;
    });
  }

  it.each([
    'linear',
    'relu',
    'relu6',
    'elu',
    'selu',
    'sigmoid',
    'hardSigmoid',
    'softplus',
    'softsign',
    'tanh',
    'swish',
    'mish',
    'softmax',
  ] as const)('equals tf.layers.dense with %s, value and all gradients', (activation) => {
    const args = { units: 7, activation };
    const ours = results(layers.dense(args), [9, 13]);
    const stock = results(tfl.layers.dense(args), [9, 13]);
    for (const [i, values] of ours.entries()) near(values, stock[i], SUM);
  });

  it.each([[[5, 3, 13]], [[2, 3, 4, 6]], [[1, 1]], [[4, 64]]])(
    'takes an input of shape %s, with and without a bias',
    (shape) => {
      for (const useBias of [true, false]) {
        const args = { units: 5, useBias, activation: 'relu' as const };
        const ours = results(layers.dense(args), shape, useBias);
        const stock = results(tfl.layers.dense(args), shape, useBias);
        for (const [i, values] of ours.entries()) near(values, stock[i], SUM);
      }
    },
  );

  it.each([0.05, 0, 1.5, -0.5])('equals Dense and then LeakyReLU of slope %d', (negativeSlope) => {
    const ours = results(
      layers.dense({ units: 7, activation: activations.leakyRelu({ negativeSlope }) }),
      [9, 13],
    );
    const stock = results(
      tfl.layers.dense({ units: 7, activation: activations.leakyRelu({ negativeSlope }) }),
      [9, 13],
    );
    for (const [i, values] of ours.entries()) near(values, stock[i], SUM);
  });

  it('takes int32', () => {
    const layer = layers.dense({ units: 2, kernelInitializer: 'ones' });
    const y = tf.tidy(() => (layer.apply(tf.tensor2d([[1, 2]], [1, 2], 'int32')) as tf.Tensor).dataSync());
    expect([...y]).toEqual([3, 3]);
    layer.dispose();
  });

  const kernelsOf = async (run: () => void) => {
    const { kernels } = await tf.profile(() => tf.tidy(run) as unknown as tf.TensorContainer);
    return kernels.map(({ name }) => name);
  };
  const kernels = async (layer: tfl.layers.Layer, ofWhat: 'value' | 'weights' | 'all') => {
    const x = tf.ones([4, 6]);
    tf.dispose(layer.apply(x) as tf.Tensor);
    const weights = layer.weights.map((w) => w.read()) as tf.Variable[];
    const loss = (x: tf.Tensor) => tf.sum(layer.apply(x) as tf.Tensor) as tf.Scalar;
    const names = await kernelsOf(() => {
      if (ofWhat === 'value') layer.apply(x);
      else if (ofWhat === 'weights') tf.variableGrads(() => loss(x), weights);
      else tf.grads((x: tf.Tensor) => loss(x))([x]);
    });
    tf.dispose(x);
    layer.dispose();
    return names.filter((name) => name !== 'Identity');
  };

  it.each([
    activations.leakyRelu({ negativeSlope: 0.05 }),
    activations.relu(),
    'relu' as const,
    'linear' as const,
  ])('is one kernel, in prediction and in training', async (activation) => {
    expect(await kernels(layers.dense({ units: 3, activation }), 'value')).toEqual(['RectifyDense']);
    const training = await kernels(layers.dense({ units: 3, activation }), 'weights');
    expect(training.filter((name) => name === 'RectifyDense')).toHaveLength(1);
    expect(training).not.toContain('RectifyActivation');
  });

  it('is one kernel in prediction for any function of core', async () => {
    const activation = activations.mish();
    expect(await kernels(layers.dense({ units: 3, activation }), 'value')).toEqual(['RectifyDense']);
  });

  it('computes no gradient of an input that nobody asked for, as tf.layers.dense does', async () => {
    const products = (names: string[]) => names.filter((name) => /MatMul$/.test(name)).length;
    // One product for the gradient of the kernel, beside the one of the layer itself, which is RectifyDense.
    expect(products(await kernels(layers.dense({ units: 3 }), 'weights'))).toBe(1);
    expect(products(await kernels(tfl.layers.dense({ units: 3 }), 'weights'))).toBe(1 + 2);
    expect(products(await kernels(layers.dense({ units: 3 }), 'all'))).toBe(1);
  });

  it.each([
    activations.leakyRelu({ negativeSlope: 0.05 }),
    activations.selu(),
    activations.mish(),
    'tanh' as const,
    'sigmoid' as const,
    'softplus' as const,
  ])('has the gradient of its gradient', (activation) => {
    tf.tidy(() => {
      const layer = layers.dense({ units: 3, activation, kernelInitializer: 'ones' });
      const values = numbers(8, 3);
      const gradient = tf.grad((x) => tf.sum(tf.square(layer.apply(x) as tf.Tensor)));
      /** The sum of the squares of the gradient, as a penalty on it takes it. */
      const penalty = (x: tf.Tensor) => tf.sum(tf.square(gradient(x)));
      layer.apply(tf.tensor2d(values, [2, 4]));
      const second = tf
        .grad(penalty)(tf.tensor2d(values, [2, 4]))
        .dataSync();
      for (const [i, value] of second.entries()) {
        const at = (h: number) =>
          penalty(
            tf.tensor2d(
              values.map((v, j) => (i === j ? v + h : v)),
              [2, 4],
            ),
          ).dataSync()[0];
        const difference = (at(DIFFERENCE) - at(-DIFFERENCE)) / (2 * DIFFERENCE);
        expect(Math.abs(value - difference)).toBeLessThan(OF_DIFFERENCE * Math.max(1, Math.abs(value)));
      }
      layer.dispose();
    });
  });

  it('with fastAdam trains as stock, losses equal to 5 decimals over 100 steps, in fewer tensors and bytes', async () => {
    const stock = await train(stockNetwork(), tf.train.adam(0.01));
    useFastKernels();
    const activation = activations.leakyRelu({ negativeSlope: 0.05 });
    const dense = [layers.dense({ units: 32, inputShape: [16], activation }), layers.dense({ units: 1 })];
    const ours = await train(tfl.sequential({ layers: dense }), fastAdam(0.01));
    near(ours.losses, stock.losses, LOSS);
    expect(ours.peakTensors).toBeLessThan(stock.peakTensors);
    expect(ours.peakBytes).toBeLessThan(stock.peakBytes);
  });
});

describe('a saved layers.dense', () => {
  noTensorLeaks();

  it('is a Dense to Keras too, with its slope', async () => {
    await tf.setBackend('cpu');
    const activation = activations.leakyRelu({ negativeSlope: 0.05 });
    const model = tfl.sequential({ layers: [layers.dense({ units: 3, inputShape: [2], activation })] });
    const dense = JSON.stringify(toKerasConfig(model));
    expect(dense).toContain('"class_name":"Dense"');
    expect(dense).toContain('"negative_slope":0.05');
    model.dispose();
  });

  it('says "Dense", and loads as tfjs’s own with the same values', async () => {
    await tf.setBackend('cpu');
    const model = tfl.sequential({
      layers: [layers.dense({ units: 3, inputShape: [2], activation: 'relu' })],
    });
    const json = JSON.parse(model.toJSON() as string);
    expect(json.config.layers[0].class_name).toBe('Dense');
    expect(JSON.stringify(json)).not.toContain('Rectify');
    const loaded = await reload(model);
    expect(loaded.layers[0]).toBeInstanceOf(Object.getPrototypeOf(layers.dense({ units: 1 }).constructor));
    const x = tf.ones([1, 2]);
    const [a, b] = [model, loaded].map((m) => tf.tidy(() => (m.predict(x) as tf.Tensor).dataSync()));
    expect(a).toEqual(b);
    tf.dispose(x);
    model.dispose();
    loaded.dispose();
  });
});
