import { leakyRelu } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { LeakyReLU, layers, register } from '../src/index.js';
import { noTensorLeaks, numbers, reload } from './_setup.js';

register();
noTensorLeaks();

const EDGES = [-Infinity, -3, -1e-40, -0, 0, 1e-40, 2.5, Infinity, Number.NaN];

describe('layers.leakyReLU', () => {
  it('has the slope 0.3 by default, as tf.layers.leakyReLU and Keras', () => {
    expect(layers.leakyReLU().negativeSlope).toBe(0.3);
    expect(layers.leakyReLU({}).negativeSlope).toBe(0.3);
  });

  it('takes negativeSlope or alpha, both only when they agree', () => {
    expect(layers.leakyReLU({ negativeSlope: 0.05 }).negativeSlope).toBe(0.05);
    expect(layers.leakyReLU({ alpha: 0.05 }).negativeSlope).toBe(0.05);
    expect(layers.leakyReLU({ alpha: 0.05, negativeSlope: 0.05 }).negativeSlope).toBe(0.05);
    expect(() => layers.leakyReLU({ alpha: 0.05, negativeSlope: 0.1 })).toThrow(
      new RangeError('negativeSlope and alpha are two words for one slope, got 0.1 and 0.05'),
    );
  });

  it.each([
    ['0.1', TypeError],
    [null, TypeError],
    [Number.NaN, RangeError],
    [Infinity, RangeError],
  ])('refuses the slope %j', (slope, error) => {
    expect(() => layers.leakyReLU({ negativeSlope: slope as number })).toThrow(error);
  });

  it.each([0.3, 0.05, 0, 1, 2, -0.5])(
    'with slope %d gives core’s value and derivative at every edge',
    (negativeSlope) => {
      const layer = layers.leakyReLU({ negativeSlope });
      const f = leakyRelu({ negativeSlope });
      const x = Float32Array.from(EDGES);
      tf.tidy(() => {
        const y = layer.apply(tf.tensor1d(x)) as tf.Tensor;
        const dx = tf.grad((x: tf.Tensor) => layer.apply(x) as tf.Tensor)(tf.tensor1d(x));
        const want = f.forward(x);
        for (const [i, value] of y.dataSync().entries()) expect(value + 0, `f(${x[i]})`).toEqual(want[i] + 0);
        const slopes = f.backward(x, new Float32Array(x.length).fill(1));
        expect([...dx.dataSync()]).toEqual([...slopes]);
      });
    },
  );

  it('takes 1 to 6 dimensions, int32, a symbolic input and a dynamic batch', () => {
    for (let rank = 1; rank <= 6; rank++)
      tf.tidy(() => {
        const y = layers
          .leakyReLU({ alpha: 0.5 })
          .apply(tf.fill(Array(rank).fill(2), -2, 'int32')) as tf.Tensor;
        expect(y.dtype).toBe('float32');
        expect(y.shape).toEqual(Array(rank).fill(2));
        expect(new Set(y.dataSync())).toEqual(new Set([-1]));
      });
    const input = tfl.input({ shape: [2] });
    const output = layers.leakyReLU({ alpha: 0.5 }).apply(input) as tfl.SymbolicTensor;
    const model = tfl.model({ inputs: input, outputs: output });
    for (const batch of [1, 3])
      tf.tidy(() => {
        expect((model.predict(tf.fill([batch, 2], -2)) as tf.Tensor).shape).toEqual([batch, 2]);
      });
  });

  it('passes a mask on', () => {
    const mask = tf.tensor1d([1, 0], 'bool');
    const x = tf.ones([2, 3]);
    const passed = layers.leakyReLU().computeMask(x, mask) as tf.Tensor;
    expect(passed).toBe(mask);
    tf.dispose([x, mask]);
  });

  it('trains, and comes back from save and load, twice over, with its slope and its predictions', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({ units: 3, inputShape: [2] }),
        layers.leakyReLU({ negativeSlope: 0.05, name: 'leaky' }),
        tfl.layers.dense({ units: 1 }),
      ],
    });
    const optimizer = tf.train.sgd(0.1);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const x = tf.tensor2d(numbers(40, 1), [20, 2]);
    const y = tf.sum(x, 1, true);
    const { history } = await model.fit(x, y, { epochs: 5, verbose: 0 });
    const losses = history.loss as number[];
    expect(losses.at(-1)).toBeLessThan(losses[0]);

    const once = await reload(model);
    const twice = await reload(once);
    expect(twice.getLayer('leaky')).toBeInstanceOf(LeakyReLU);
    expect((twice.getLayer('leaky') as LeakyReLU).negativeSlope).toBe(0.05);
    const [a, b] = tf.tidy(() =>
      [model.predict(x), twice.predict(x)].map((t) => (t as tf.Tensor).dataSync()),
    );
    expect(b).toEqual(a);
    tf.dispose([x, y]);
    for (const m of [model, once, twice]) m.dispose();
    optimizer.dispose();
  });
});

describe('register', () => {
  it('replaces no built-in, and may be called twice', () => {
    const { classNameMap } = tf.serialization.SerializationMap.getMap();
    const before = { ...classNameMap };
    register();
    expect(classNameMap).toEqual(before);
    expect(tfl.layers.leakyReLU().getClassName()).toBe('LeakyReLU');
    expect(classNameMap.LeakyReLU?.[0]).toBe(tfl.layers.leakyReLU().constructor);
    expect(classNameMap.Dense?.[0]).toBe(tfl.layers.dense({ units: 1 }).constructor);
  });
});
