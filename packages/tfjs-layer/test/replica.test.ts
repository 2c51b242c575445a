import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { layers, type ReplicaLeakyReLU, register } from '../src/index.js';
import { noTensorLeaks, numbers, reload } from './_setup.js';

register();
noTensorLeaks();

/** float32 sums of up to 20 products of numbers below 1, taken in another order. */
const SUM_ORDER = 1e-6;
/** The same after 60 steps of Adam, whose early steps divide small gradients by small roots. */
const AFTER_ADAM = 2e-4;

const K = 4;
const SLOPES = [0, 0.05, 0.3, 2];

const replicas = () =>
  tfl.sequential({
    layers: [
      layers.replicaDense({ replicas: K, units: 3, inputShape: [K, 6] }),
      layers.replicaLeakyReLU({ negativeSlopes: SLOPES, name: 'rectifier' }),
      layers.replicaDense({ replicas: K, units: 3, activation: 'softmax' }),
    ],
  });

const single = (slope: number) =>
  tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 3, inputShape: [6] }),
      layers.leakyReLU({ negativeSlope: slope }),
      tfl.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });

const close = (actual: tf.Tensor, expected: tf.Tensor, tolerance: number) => {
  expect(actual.shape).toEqual(expected.shape);
  const want = expected.dataSync();
  for (const [i, value] of actual.dataSync().entries())
    expect(Math.abs(value - want[i]), `element ${i}: ${value}, ${want[i]}`).toBeLessThan(tolerance);
};

describe('layers.replicaDense', () => {
  it('gives each replica what a product and a bias of its own give', () => {
    const layer = layers.replicaDense({ replicas: K, units: 3, inputShape: [K, 6] });
    tf.tidy(() => {
      const x = tf.tensor3d(numbers(5 * K * 6, 1), [5, K, 6]);
      const kernel = tf.tensor3d(numbers(K * 6 * 3, 2), [K, 6, 3]);
      const bias = tf.tensor2d(numbers(K * 3, 3), [K, 3]);
      layer.apply(x);
      layer.setWeights([kernel, bias]);
      const each = <T extends tf.Tensor>(t: tf.Tensor, axis: number) => tf.unstack(t, axis) as T[];
      const alone = each<tf.Tensor2D>(x, 1).map((inputs, k) =>
        tf.add(tf.matMul(inputs, each<tf.Tensor2D>(kernel, 0)[k]), each(bias, 0)[k]),
      );
      close(layer.apply(x) as tf.Tensor, tf.stack(alone, 1), SUM_ORDER);
    });
    layer.dispose();
  });

  it('draws each replica as one Dense: same fan-in, same spread', () => {
    const layer = layers.replicaDense({
      replicas: 50,
      units: 30,
      inputShape: [50, 20],
      kernelInitializer: 'glorotUniform',
    });
    tf.tidy(() => layer.apply(tf.zeros([1, 50, 20])) as tf.Tensor).dispose();
    const [kernel] = layer.getWeights() as [tf.Tensor];
    const values = kernel.dataSync<'float32'>();
    const limit = Math.sqrt(6 / (20 + 30));
    const largest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.99 * limit);
    layer.dispose();
  });

  it('works without a bias', () => {
    const layer = layers.replicaDense({ replicas: 2, units: 1, useBias: false, kernelInitializer: 'ones' });
    tf.tidy(() => {
      const y = layer.apply(tf.tensor3d([1, 2, 3, 4], [1, 2, 2])) as tf.Tensor;
      expect([...y.dataSync()]).toEqual([3, 7]);
    });
    expect(layer.getWeights()).toHaveLength(1);
    layer.dispose();
  });

  it('refuses bad counts, constraints, and an input of another number of replicas', () => {
    expect(() => layers.replicaDense({ replicas: 0, units: 3 })).toThrow(
      new RangeError('replicas must be a whole number of at least 1, got 0'),
    );
    expect(() => layers.replicaDense({ replicas: 2, units: 1.5 })).toThrow(RangeError);
    const constrained = { replicas: 2, units: 3, kernelConstraint: 'maxNorm' };
    expect(() => layers.replicaDense(constrained)).toThrow(
      new TypeError('replicaDense takes no kernelConstraint'),
    );
    expect(() => layers.replicaDense({ replicas: 2, units: 3 }).apply(tfl.input({ shape: [3, 6] }))).toThrow(
      /axis 1/,
    );
  });
});

describe('layers.replicaLeakyReLU', () => {
  const values = [-Infinity, -2, -0, 0, 3, Infinity];
  const x = () =>
    tf.tensor(
      values.flatMap((value) => SLOPES.map(() => value)),
      [values.length, K, 1],
    );

  it('gives each replica its slope, ReLU for 0, and the slope as derivative at 0', () => {
    tf.tidy(() => {
      const want = values.flatMap((v) =>
        SLOPES.map((slope) => (v > 0 ? v : slope === 0 ? 0 : v * Math.fround(slope))),
      );
      const slopes = values.flatMap((v) => SLOPES.map((slope) => (v > 0 ? 1 : Math.fround(slope))));
      const plain = (t: tf.Tensor) => [...t.dataSync()].map((value) => value + 0);
      const layer = layers.replicaLeakyReLU({ negativeSlopes: [...SLOPES] });
      const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
      expect(plain(apply(x()))).toEqual(want.map((value) => Math.fround(value) + 0));
      expect(plain(tf.grad(apply)(x()))).toEqual(slopes);
    });
  });

  it('refuses anything but numbers', () => {
    expect(() => layers.replicaLeakyReLU({ negativeSlopes: [] })).toThrow(TypeError);
    expect(() => layers.replicaLeakyReLU({ negativeSlopes: [0, Number.NaN] })).toThrow(
      new RangeError('negativeSlopes[1] must be finite, got NaN'),
    );
  });
});

describe('training side by side', () => {
  it('by Adam on the sum of the losses equals training each replica alone', async () => {
    const batches = 20;
    const all = replicas();
    const sumOfMeans = (yTrue: tf.Tensor, yPred: tf.Tensor) =>
      tf.tidy(() => tf.sum(tf.mean(tfl.metrics.categoricalCrossentropy(yTrue, yPred), 0)));
    const optimizers: tf.Optimizer[] = [tf.train.adam(0.01)];
    all.compile({ optimizer: optimizers[0], loss: sumOfMeans });
    const alone = SLOPES.map((slope, k) => {
      const model = single(slope);
      const optimizer = tf.train.adam(0.01);
      optimizers.push(optimizer);
      model.compile({ optimizer, loss: 'categoricalCrossentropy' });
      tf.tidy(() => model.setWeights(all.getWeights().map((w) => tf.gather(w, k))));
      return model;
    });
    const features = tf.tensor(numbers(batches * 10 * K * 6, 7), [batches * 10, K, 6]);
    const labels = tf.tidy(() => tf.oneHot(tf.argMax(tf.slice(features, [0, 0, 0], [-1, -1, 3]), 2), 3));
    const batch = (t: tf.Tensor, i: number, k?: number) => {
      const rows = tf.slice(t, [(i % batches) * 10, 0, 0], [10, -1, -1]);
      return k === undefined ? rows : tf.gather(rows, k, 1);
    };
    for (let i = 0; i < 60; i++) {
      const step = async (model: tfl.LayersModel, k?: number) => {
        const [x, y] = tf.tidy(() => [batch(features, i, k), batch(labels, i, k)]);
        const loss = (await model.trainOnBatch(x, y)) as number;
        tf.dispose([x, y]);
        return loss;
      };
      const together = await step(all);
      let sum = 0;
      for (const [k, model] of alone.entries()) sum += await step(model, k);
      expect(Math.abs(together - sum)).toBeLessThan(AFTER_ADAM);
    }
    tf.tidy(() => {
      for (const [k, model] of alone.entries())
        for (const [w, weight] of model.getWeights().entries())
          close(tf.gather(all.getWeights()[w], k), weight, AFTER_ADAM);
    });
    tf.dispose([features, labels]);
    for (const thing of [all, ...alone, ...optimizers]) thing.dispose();
  });

  it('comes back from save and load with slopes, weights and predictions', async () => {
    const model = replicas();
    const loaded = await reload(model);
    expect((loaded.getLayer('rectifier') as ReplicaLeakyReLU).negativeSlopes).toEqual(SLOPES);
    tf.tidy(() => {
      const x = tf.tensor(numbers(2 * K * 6, 1), [2, K, 6]);
      close(loaded.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor, SUM_ORDER);
    });
    for (const m of [model, loaded]) m.dispose();
  });
});
