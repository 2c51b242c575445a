import * as core from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activation, activations, layers, register, TensorActivation } from '../src/index.js';
import { noTensorLeaks, numbers, reload } from './_setup.js';

register();
noTensorLeaks();

type WithActivation = tfl.layers.Layer & { activation: TensorActivation };
const activationOf = (layer: tfl.layers.Layer | undefined) => (layer as WithActivation).activation;
/** A name that tfjs's types do not know, for which TypeScript users take `activation(name)`. */
const named = (name: string) => name as 'relu';

// tfjs's default, orthogonal, needs chained operations, which tfjs-core alone does not have.
const modest = { recurrentInitializer: 'glorotNormal' } as const;

describe('an activation by value', () => {
  const f = () => activations.leakyRelu({ negativeSlope: 0.05 });

  it.each<[string, () => tfl.layers.Layer, number[]]>([
    ['dense', () => tfl.layers.dense({ units: 2, activation: f() }), [3]],
    ['conv2d', () => tfl.layers.conv2d({ filters: 2, kernelSize: 2, activation: f() }), [4, 4, 1]],
    ['activation', () => tfl.layers.activation({ activation: f() }), [3]],
    ['simpleRNN', () => tfl.layers.simpleRNN({ units: 2, activation: f(), ...modest }), [3, 2]],
    [
      'lstm',
      () => tfl.layers.lstm({ units: 2, activation: f(), recurrentActivation: f(), ...modest }),
      [3, 2],
    ],
    [
      'timeDistributed',
      () => tfl.layers.timeDistributed({ layer: tfl.layers.dense({ units: 2, activation: f() }) }),
      [3, 2],
    ],
  ])('works in tf.layers.%s, and comes back from save and load, twice over', async (_, make, shape) => {
    const input = tfl.input({ shape });
    const model = tfl.model({ inputs: input, outputs: make().apply(input) as tfl.SymbolicTensor });
    const once = await reload(model);
    const twice = await reload(once);
    tf.tidy(() => {
      const x = tf.tensor(numbers(2 * shape.reduce((a, b) => a * b), 1), [2, ...shape]);
      const [a, b] = [model, twice].map((m) => (m.predict(x) as tf.Tensor).dataSync());
      expect(b).toEqual(a);
    });
    const slopes = (m: tfl.LayersModel) =>
      JSON.stringify(m.toJSON(undefined, false)).match(/"negative_slope":0.05/g)?.length;
    expect(slopes(twice)).toBe(slopes(model));
    expect(slopes(twice)).toBeGreaterThan(0);
    for (const m of [model, once, twice]) m.dispose();
  });

  it('keeps its parameters in a model within a model', async () => {
    const inner = tfl.sequential({
      layers: [tfl.layers.dense({ units: 2, inputShape: [3], activation: f() })],
    });
    const outer = tfl.sequential({ layers: [inner, tfl.layers.dense({ units: 1 })] });
    const once = await reload(outer);
    const loaded = await reload(once);
    const dense = (loaded.layers[0] as tfl.Sequential).layers[0];
    expect(activationOf(dense).function.params).toEqual({ negativeSlope: 0.05 });
    for (const m of [outer, once, loaded]) m.dispose();
  });

  it('trains as the layer of the same slope does', async () => {
    const x = tf.tensor2d(numbers(60, 1), [20, 3]);
    const y = tf.tidy(() => tf.relu(tf.sum(x, 1, true)));
    const model = tfl.sequential({
      layers: [tfl.layers.dense({ units: 1, inputShape: [3], activation: f(), kernelInitializer: 'zeros' })],
    });
    const optimizer = tf.train.sgd(0.5);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 20, verbose: 0 });
    const [first, last] = [0, -1].map((i) => (history.loss as number[]).at(i) as number) as [number, number];
    expect(last).toBeLessThan(first / 2);
    for (const thing of [x, y, model, optimizer]) thing.dispose();
  });
});

describe('activation', () => {
  it('takes a name with parameters, or a function of core', () => {
    for (const a of [
      activation('LeakyReLU', { alpha: 0.05 }),
      activation(core.leakyRelu({ negativeSlope: 0.05 })),
    ])
      expect(a.function.toJSON()).toEqual({ name: 'leaky_relu', params: { negativeSlope: 0.05 } });
    expect(() => activation('no_such')).toThrow(RangeError);
    expect(() => activation(core.leakyRelu(), { alpha: 1 })).toThrow(TypeError);
  });
});

it('a function over vectors is refused, with what tfjs has in its place', () => {
  const said =
    "activation must be an elementwise function, got softmax, which works on vectors; write activation: 'softmax', or take layers.softmax()";
  for (const make of [
    () => activation('softmax'),
    () => activation(core.softmax() as never),
    () => layers.dense({ units: 2, activation: core.softmax() as never }),
    () => layers.activation({ activation: core.softmax() as never }),
  ])
    expect(make).toThrow(new RangeError(said));
  expect(() => layers.dense({ units: 2, activation: core.glu() as never })).toThrow(
    /got glu, which works on vectors$/,
  );
});

describe('a name', () => {
  it.each([
    ['leaky_relu', 0.2],
    ['leakyRelu', 0.2],
    ['leakyReLu', 0.3],
  ])('%s means the slope %d, and keeps it', async (name, negativeSlope) => {
    const model = tfl.sequential({
      layers: [tfl.layers.dense({ units: 1, inputShape: [1], activation: named(name) })],
    });
    for (const m of [model, await reload(model)]) {
      expect(activationOf(m.layers[0]).function.params).toEqual({ negativeSlope });
      m.dispose();
    }
  });

  it('that tfjs has keeps tfjs’s meaning', () => {
    for (const name of ['relu', 'elu', 'hardSigmoid', 'swish', 'softmax'])
      expect(activationOf(tfl.layers.dense({ units: 1, activation: named(name) }))).not.toBeInstanceOf(
        TensorActivation,
      );
    expect(() => tfl.layers.dense({ units: 1, activation: named('hard_sigmoid') })).toThrow(
      'Unknown activation',
    );
  });
});
