import { type Activation, activationNames, leakyRelu, activation as ofCore, relu } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activations, layers, register } from '../src/index.js';
import { EDGES, noTensorLeaks, numbers, plain, reload } from './_setup.js';

register();
noTensorLeaks();

type Layer = tfl.layers.Layer & { function: Activation };

const cases: [string, () => Layer, Activation][] = [
  ['leakyReLU', () => layers.leakyReLU({ alpha: 0.05 }), leakyRelu({ negativeSlope: 0.05 })],
  ['reLU', () => layers.reLU(), relu()],
  [
    'reLU with all of Keras’s parameters',
    () => layers.reLU({ negativeSlope: 0.1, maxValue: 6, threshold: 1 }),
    relu({ negativeSlope: 0.1, maxValue: 6, threshold: 1 }),
  ],
  ...activationNames.map((name): [string, () => Layer, Activation] => [
    `activation ${name}`,
    () => layers.activation({ activation: name }),
    ofCore(name),
  ]),
  [
    'activation by value',
    () => layers.activation({ activation: leakyRelu({ negativeSlope: -0.5 }) }),
    leakyRelu({ negativeSlope: -0.5 }),
  ],
];

describe.each(cases)('layers.%s', (_, make, f) => {
  it('equals core at every edge, value and derivative', () => {
    const x = Float32Array.from([...EDGES, ...numbers(50, 1).map((v) => v * 8)]);
    const dy = numbers(x.length, 2);
    tf.tidy(() => {
      const layer = make();
      const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
      expect(plain(apply(tf.tensor1d(x)))).toEqual([...f.forward(x)].map((v) => v + 0));
      const dx = tf.grad(apply)(tf.tensor1d(x), tf.tensor1d(dy));
      expect(plain(dx)).toEqual([...f.backward(x, dy)].map((v) => v + 0));
    });
  });

  it('takes 1 to 6 dimensions, int32, a symbolic input, a dynamic batch, and passes a mask on', () => {
    for (let rank = 1; rank <= 6; rank++)
      tf.tidy(() => {
        const y = make().apply(tf.fill(Array(rank).fill(2), -2, 'int32')) as tf.Tensor;
        expect(y.dtype).toBe('float32');
        expect(y.shape).toEqual(Array(rank).fill(2));
        expect(y.dataSync()[0]).toBe(f.forward(Float32Array.of(-2))[0]);
      });
    const input = tfl.input({ shape: [2, 3] });
    const model = tfl.model({ inputs: input, outputs: make().apply(input) as tfl.SymbolicTensor });
    for (const batch of [1, 3])
      tf.tidy(() => {
        expect((model.predict(tf.fill([batch, 2, 3], -2)) as tf.Tensor).shape).toEqual([batch, 2, 3]);
        const mask = tf.ones([batch, 2], 'bool');
        expect(make().computeMask(tf.ones([batch, 2, 3]), mask)).toBe(mask);
      });
  });

  it('comes back from save and load, twice over, with its parameters', async () => {
    const model = tfl.sequential({ layers: [tfl.layers.inputLayer({ inputShape: [3] }), make()] });
    const twice = await reload(await reload(model));
    expect((twice.layers.at(-1) as Layer).function.toJSON()).toEqual(f.toJSON());
  });
});

describe('what no layer can be made of is refused by argument and value', () => {
  const build = (layer: tfl.layers.Layer) => layer.apply(tfl.input({ shape: [4, 3] }));
  const any = (value: unknown) => value as never;

  it.each<[string, () => unknown, ErrorConstructor, string]>([
    [
      'softmax along none',
      () => layers.softmax({ axis: [] }),
      RangeError,
      'axis must be .* at least 1 .* got \\[\\]',
    ],
    ['softmax along text', () => layers.softmax({ axis: any('1') }), TypeError, 'axis must be .* got "1"'],
    ['softmax along NaN', () => layers.softmax({ axis: [1, Number.NaN] }), RangeError, 'axis .* got NaN'],
    ['softmax past the end', () => build(layers.softmax({ axis: 3 })), RangeError, 'between 0 and 2.* got 3'],
    [
      'softmax before the start',
      () => build(layers.softmax({ axis: [-4] })),
      RangeError,
      'between -3 and -1.* got -4',
    ],
    [
      'softmax along one axis twice',
      () => build(layers.softmax({ axis: [2, -1] })),
      RangeError,
      'once, got \\[2,-1\\]',
    ],
    [
      'prelu shared along text',
      () => layers.prelu({ sharedAxes: any('1') }),
      TypeError,
      'sharedAxes must be .* got "1"',
    ],
    [
      'prelu shared along true',
      () => layers.prelu({ sharedAxes: any([true]) }),
      TypeError,
      'sharedAxes .*true',
    ],
    [
      'prelu before the start',
      () => build(layers.prelu({ sharedAxes: [-3] })),
      RangeError,
      'between -2 and -1.* got -3',
    ],
    [
      'prelu shared over the batch',
      () => build(layers.prelu({ sharedAxes: [0] })),
      RangeError,
      'between 1 and 2.* got 0',
    ],
    [
      'leakyReLU of text',
      () => layers.leakyReLU({ alpha: any('0.1') }),
      TypeError,
      'alpha must be a number.*0.1',
    ],
    [
      'leakyReLU of NaN',
      () => layers.leakyReLU({ alpha: Number.NaN }),
      RangeError,
      'alpha must be finite, got NaN',
    ],
    [
      'activation of nothing',
      () => layers.activation({ activation: any(null) }),
      TypeError,
      'activation must be .* got null',
    ],
    [
      'activation of a number',
      () => layers.activation({ activation: any(3) }),
      TypeError,
      'activation must be .* got 3',
    ],
    [
      'replicaLeakyReLU of none',
      () => layers.replicaLeakyReLU({ negativeSlopes: [] }),
      TypeError,
      'got \\[\\]',
    ],
    [
      'replicaLeakyReLU of NaN',
      () => layers.replicaLeakyReLU({ negativeSlopes: any(Number.NaN) }),
      TypeError,
      'got NaN',
    ],
  ])('%s', (_, make, error, message) => {
    expect(make).toThrow(error);
    expect(make).toThrow(new RegExp(message));
  });

  it.each([0.1, 'leaky', null, []])('%j in place of the arguments', (args) => {
    for (const make of Object.values(layers))
      if (make !== (layers.dense as unknown)) expect(() => make(any(args))).toThrow(/must be an object, got/);
  });
});

describe('layers.activation', () => {
  it('takes an activation of this package too, and no params beside a function', () => {
    const given = activations.leakyRelu({ negativeSlope: 0.05 });
    expect(layers.activation({ activation: given }).function.toJSON()).toEqual(given.function.toJSON());
    expect(() => layers.activation({ activation: leakyRelu(), params: { alpha: 1 } })).toThrow(TypeError);
    expect(() => layers.activation({ activation: 'no_such' as 'relu' })).toThrow(RangeError);
  });
});

describe('layers.prelu', () => {
  const image = (size: number) => tf.tensor(numbers(2 * size * size * 3, size), [2, size, size, 3]);

  it('shares slopes over spatial axes, for images of any size, also of unknown size', async () => {
    const input = tfl.input({ shape: [null, null, 3] });
    const layer = layers.prelu({
      sharedAxes: [1, 2],
      alphaInitializer: tfl.initializers.constant({ value: 0.5 }),
    });
    const model = tfl.model({ inputs: input, outputs: layer.apply(input) as tfl.SymbolicTensor });
    const loaded = await reload(model);
    for (const m of [model, loaded])
      for (const size of [4, 8])
        tf.tidy(() => {
          const x = image(size);
          const want = tf.where(tf.greater(x, 0), x, tf.mul(x, 0.5));
          expect((m.predict(x) as tf.Tensor).dataSync()).toEqual(want.dataSync());
        });
    expect(layer.getWeights()[0]?.shape).toEqual([1, 1, 3]);
    for (const m of [model, loaded]) m.dispose();
  });

  it('starts at 0, learns a slope per element, and its gradient for alpha is the sum of x·dy over x < 0', () => {
    const layer = layers.prelu({ inputShape: [2] });
    tf.tidy(() => {
      const x = tf.tensor2d([-1, 2, -3, -4], [2, 2]);
      expect(plain(layer.apply(x) as tf.Tensor)).toEqual([0, 2, 0, 0]);
      const { grads } = tf.variableGrads(
        () => tf.sum(layer.apply(x) as tf.Tensor),
        [layer.trainableWeights[0]?.read() as tf.Variable],
      );
      expect(Object.values(grads).map(plain)).toEqual([[-4, -4]]);
    });
    layer.dispose();
  });

  it('refuses an axis that the input does not have, and a free size that is not shared', () => {
    expect(() => layers.prelu({ sharedAxes: [3] }).apply(tfl.input({ shape: [4, 3] }))).toThrow(
      /must lie between 1 and 2, .* got 3/,
    );
    expect(() => layers.prelu().apply(tfl.input({ shape: [null, 3] }))).toThrow(/size of dimension 1/);
  });
});

describe('layers.rrelu', () => {
  it('predicts with the mean slope, 11/48 by default', () => {
    tf.tidy(() => {
      const [y] = (layers.rrelu().apply(tf.tensor1d([-48])) as tf.Tensor).dataSync();
      expect(y).toBeCloseTo(-11, 5);
    });
  });

  it('draws slopes within the bounds in training, new ones for each batch, the same for the same seed', () => {
    tf.tidy(() => {
      const x = tf.fill([1000], -1);
      const draw = (layer: tfl.layers.Layer) => [
        ...(layer.apply(x, { training: true }) as tf.Tensor).dataSync(),
      ];
      const layer = layers.rrelu({ seed: 7, lower: 0.1, upper: 0.4 });
      const [first, second] = [draw(layer), draw(layer)];
      expect(Math.max(...first)).toBeLessThanOrEqual(Math.fround(-0.1));
      expect(Math.min(...first)).toBeGreaterThan(-0.4);
      expect(second).not.toEqual(first);
      expect(draw(layers.rrelu({ seed: 7, lower: 0.1, upper: 0.4 }))).toEqual(first);
      expect(draw(layers.rrelu({ seed: 8, lower: 0.1, upper: 0.4 }))).not.toEqual(first);
    });
  });

  it('has the drawn slope as derivative below 0', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([-1, -2, 3]);
      const make = () => layers.rrelu({ seed: 1 });
      const y = (make().apply(x, { training: true }) as tf.Tensor).dataSync();
      const layer = make();
      const dx = tf
        .grad((x: tf.Tensor) => layer.apply(x, { training: true }) as tf.Tensor)(x)
        .dataSync();
      expect([...dx]).toEqual([-y[0], -y[1] / 2, 1]);
    });
  });

  it('refuses bounds in the wrong order and a seed that is no whole number', () => {
    expect(() => layers.rrelu({ lower: 0.5, upper: 0.1 })).toThrow(RangeError);
    expect(() => layers.rrelu({ seed: 0.5 })).toThrow(/seed must be a whole number, got 0.5/);
  });

  it('comes back from save and load', async () => {
    const model = tfl.sequential({
      layers: [layers.rrelu({ inputShape: [1], lower: 0, upper: 0.5, seed: 3 })],
    });
    expect((await reload(model)).layers[0]?.getConfig()).toMatchObject({ lower: 0, upper: 0.5, seed: 3 });
  });
});

describe('layers.softmax', () => {
  it('sums to 1 along the last axis, or along any other, and hides what a mask hides', () => {
    tf.tidy(() => {
      const x = tf.tensor(numbers(24, 1), [2, 3, 4]);
      for (const axis of [undefined, -1, 2, 1, 0, [1, 2]]) {
        const y = layers.softmax(axis === undefined ? {} : { axis }).apply(x) as tf.Tensor;
        for (const sum of tf.sum(y, axis ?? -1).dataSync()) expect(sum).toBeCloseTo(1, 6);
      }
      const mask = tf.tensor2d([1, 0], [1, 2], 'bool');
      expect(plain(layers.softmax().apply(tf.zeros([1, 2]), { mask }) as tf.Tensor)).toEqual([1, 0]);
    });
  });

  it('comes back from save and load', async () => {
    const model = tfl.sequential({ layers: [layers.softmax({ inputShape: [3, 2], axis: 1 })] });
    expect((await reload(model)).layers[0]?.getConfig()).toMatchObject({ axis: 1 });
  });
});
