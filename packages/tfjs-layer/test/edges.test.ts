// Where the fast kernels meet what is rare: nothing to compute, NaN, another copy of this package, a backend that goes and comes.
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { layers, useFastKernels, useStockKernels } from '../src/index.js';
import { BACKENDS, use } from './_backends.js';
import { noTensorLeaks } from './_setup.js';

const kernelsOf = (backend: string) =>
  new Map(tf.getKernelsForBackend(backend).map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));
const values = (f: () => tf.Tensor) => [...tf.tidy(() => f().dataSync())];

noTensorLeaks();
afterEach(async () => {
  useStockKernels();
  await use('cpu');
});

describe.each(BACKENDS)('with fast kernels on %s', (backend) => {
  beforeEach(async () => {
    await use(backend);
    useFastKernels();
  });

  it('a product of nothing is nothing, 100 times over, and the memory stays whole', () => {
    for (let i = 0; i < 100; i++) {
      expect(values(() => tf.matMul(tf.zeros([0, 4, 3]), tf.ones([3, 5])))).toEqual([]);
      const options = { a: tf.zeros([0, 3, 33]), b: tf.ones([33, 4]), activation: 'elu' as const };
      expect(values(() => tf.fused.matMul(options as never))).toEqual([]);
      tf.dispose([options.a, options.b]);
      for (const n of [1, 21]) expect(values(() => tf.add(tf.ones([n]), 1)).every((v) => v === 2)).toBe(true);
    }
  });

  it.each([[[5]], [[1, 5]], [[3, 1]], [[3, 5]], [[1]], [[]]])('a bias of shape [%s] is added', (shape) => {
    for (const transposeA of [false, true]) {
      const product = () =>
        tf.fused.matMul({
          a: tf.ones(transposeA ? [4, 3] : [3, 4]) as tf.Tensor2D,
          b: tf.ones([4, 5]) as tf.Tensor2D,
          bias: tf.fill(shape, 2),
          transposeA,
          activation: 'relu',
        });
      expect(values(product)).toEqual(Array(15).fill(6));
    }
  });

  it('a bias that was made with another shape serves a layer', () => {
    const weights = tf.tidy(() => [tf.ones([4, 5]), tf.reshape(tf.fill([1, 5], 2), [5])]);
    const model = sequential({ layers: [layers.dense({ units: 5, inputShape: [4], weights })] });
    expect(values(() => model.predict(tf.ones([3, 4])) as tf.Tensor)).toEqual(Array(15).fill(6));
    expect(values(() => model.layers[0].apply(tf.ones([0, 4])) as tf.Tensor)).toEqual([]);
    tf.dispose(weights);
    model.dispose();
  });

  it('NaN stays NaN', () => {
    for (const f of [tf.relu, tf.relu6, tf.elu, tf.selu, tf.softplus, tf.tanh, tf.sigmoid, tf.leakyRelu])
      for (const length of [3, 3000])
        expect(values(() => f(tf.fill([length], Number.NaN))).every(Number.isNaN)).toBe(true);
  });

  it.each([0, -0])('a slope of %d gives the same zeros for short and for long tensors', (slope) => {
    for (const length of [3, 3000])
      for (const x of [-1, Number.NEGATIVE_INFINITY])
        expect(new Set(values(() => tf.leakyRelu(tf.fill([length], x), slope)))).toEqual(new Set([0]));
  });

  it('what one copy of the package puts in, another puts back', async () => {
    useStockKernels();
    const stock = kernelsOf(backend);
    vi.resetModules();
    const other = await import('../src/index.js');
    const orders = [
      [useFastKernels, other.useFastKernels, useStockKernels],
      [useFastKernels, other.useFastKernels, other.useStockKernels],
      [other.useFastKernels, useStockKernels],
    ];
    for (const order of orders) {
      for (const step of order) step();
      for (const [name, kernel] of stock) expect(kernelsOf(backend).get(name), name).toBe(kernel);
    }
    for (const copy of [layers, other.layers])
      expect(values(() => copy.leakyReLU({ alpha: 0.5 }).apply(tf.tensor1d([-2, 3])) as tf.Tensor)).toEqual([
        -1, 3,
      ]);
  });
});

it('a backend that is removed and comes again has its kernels, ours and tfjs’s', async () => {
  await use('wasm');
  const { factory, priority } = tf.engine().registryFactory.wasm;
  for (const put of [useFastKernels, useStockKernels]) {
    put();
    tf.removeBackend('wasm');
    await use('cpu');
    useStockKernels();
    put();
    tf.registerBackend('wasm', factory, priority);
    await use('wasm');
    expect(values(() => tf.leakyRelu(tf.fill([3000], -2), 0.5))).toEqual(Array(3000).fill(-1));
    expect(values(() => tf.matMul(tf.ones([30, 40]), tf.ones([50, 40]), false, true))).toEqual(
      Array(1500).fill(40),
    );
  }
});

it('two trainings in turn come out as each alone', async () => {
  useFastKernels();
  const { fastAdam } = await import('../src/index.js');
  const make = (units: number) => {
    const model = sequential({
      layers: [layers.dense({ units, inputShape: [3], kernelInitializer: 'ones', activation: 'relu' })],
    });
    model.compile({ optimizer: fastAdam(0.1), loss: 'meanSquaredError' });
    return model;
  };
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  const fit = async (model: ReturnType<typeof make>, units: number) => {
    const y = tf.ones([2, units]);
    await model.fit(x, y, { epochs: 5, verbose: 0, shuffle: false });
    y.dispose();
  };
  const end = (model: ReturnType<typeof make>) => {
    const weights = model.getWeights().map((w) => [...w.dataSync()]);
    model.optimizer.dispose();
    model.dispose();
    return weights;
  };
  const alone: number[][][] = [];
  for (const units of [2, 7]) {
    const model = make(units);
    await fit(model, units);
    alone.push(end(model));
  }
  const both = [make(2), make(7)];
  await Promise.all([fit(both[0], 2), fit(both[1], 7)]);
  expect(both.map(end)).toEqual(alone);
  x.dispose();
});
