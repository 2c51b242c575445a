// Values and gradients of every layer, on each backend of Node, against formulas in float64: core's scalar functions, or written out here.
import { activationNames, elu, leakyRelu, activation as ofCore, relu } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layers, register, useFastKernels, useStockKernels } from '../src/index.js';
import { BACKENDS, use } from './_backends.js';
import { noTensorLeaks, numbers, reload } from './_setup.js';

register();

/** float32 values of order 1 to 10 after a few operations, against float64. */
const VALUE = 2e-6;
/** The same for gradients; central differences in float64 with a step of 1e-6 add 1e-9. */
const GRADIENT = 1e-5;
const STEP = 1e-6;

type Layer = tfl.layers.Layer;
interface Case {
  name: string;
  make: () => Layer;
  /** Of input and output, batch included. */
  shape: number[];
  /** The layer's function in float64, of the input and of the weights, in the order of the layer's. */
  reference: (x: number[], ...weights: number[][]) => number[];
}

const elementwise = (name: string, make: () => Layer, f: (x: number) => number): Case => ({
  name,
  make,
  shape: [3, 2, 4],
  reference: (x) => x.map((value) => f(value)),
});

/** y[b, k, u] = Σ x[b, k, i] · kernel[k, i, u] + bias[k, u], for 2 replicas of 4 inputs and 4 units. */
const replicas = (x: number[], kernel: number[], bias: number[]) =>
  x.map((_, at) => {
    const [b, k, u] = [Math.floor(at / 8), Math.floor(at / 4) % 2, at % 4];
    const terms = [0, 1, 2, 3].map((i) => x[b * 8 + k * 4 + i] * kernel[k * 16 + i * 4 + u]);
    return terms.reduce((a, v) => a + v, bias[k * 4 + u]);
  });
const softmax = (x: number[]) =>
  x.map((value, at) => {
    const row = x.slice(at - (at % 4), at - (at % 4) + 4);
    return Math.exp(value) / row.reduce((a, v) => a + Math.exp(v), 0);
  });
const glorot = tfl.initializers.glorotNormal({ seed: 3 });

const cases: Case[] = [
  elementwise(
    'leakyReLU',
    () => layers.leakyReLU({ negativeSlope: 0.05 }),
    leakyRelu({ negativeSlope: 0.05 }),
  ),
  elementwise(
    'reLU',
    () => layers.reLU({ negativeSlope: 0.1, maxValue: 2, threshold: 0.5 }),
    relu({ negativeSlope: 0.1, maxValue: 2, threshold: 0.5 }),
  ),
  elementwise('elu', () => layers.elu({ alpha: 0.5 }), elu({ alpha: 0.5 })),
  elementwise('rrelu, not training', () => layers.rrelu(), leakyRelu({ negativeSlope: 11 / 48 })),
  ...activationNames.map((name) =>
    elementwise(`activation ${name}`, () => layers.activation({ activation: name }), ofCore(name)),
  ),
  {
    name: 'prelu',
    make: () => layers.prelu({ alphaInitializer: glorot }),
    shape: [3, 2, 4],
    reference: (x, alpha) => x.map((value, at) => (value > 0 ? value : alpha[at % 8] * value)),
  },
  {
    name: 'prelu with shared axes',
    make: () => layers.prelu({ alphaInitializer: glorot, sharedAxes: [1] }),
    shape: [3, 2, 4],
    reference: (x, alpha) => x.map((value, at) => (value > 0 ? value : alpha[at % 4] * value)),
  },
  {
    name: 'prelu of images with a middle axis shared',
    make: () => layers.prelu({ alphaInitializer: glorot, sharedAxes: [2] }),
    shape: [3, 2, 2, 4],
    reference: (x, alpha) =>
      x.map((value, at) => (value > 0 ? value : alpha[(Math.floor(at / 8) % 2) * 4 + (at % 4)] * value)),
  },
  {
    name: 'prelu with a slope for each step',
    make: () => layers.prelu({ alphaInitializer: glorot, sharedAxes: [2] }),
    shape: [3, 2, 4],
    reference: (x, alpha) =>
      x.map((value, at) => (value > 0 ? value : alpha[Math.floor(at / 4) % 2] * value)),
  },
  { name: 'softmax', make: () => layers.softmax(), shape: [3, 2, 4], reference: softmax },
  {
    name: 'replicaLeakyReLU',
    make: () => layers.replicaLeakyReLU({ negativeSlopes: [0.1, 0] }),
    shape: [3, 2, 4],
    reference: (x) => x.map((value, at) => (value > 0 ? value : [0.1, 0][Math.floor(at / 4) % 2] * value)),
  },
  {
    name: 'replicaDense',
    make: () =>
      layers.replicaDense({ replicas: 2, units: 4, kernelInitializer: glorot, biasInitializer: 'ones' }),
    shape: [3, 2, 4],
    reference: replicas,
  },
];

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (v, i) => v * b[i]).reduce((s, v) => s + v, 0);
/** ∂f/∂at, by central differences. */
const slopes = (f: (at: number[]) => number, at: number[]) =>
  at.map((value, i) => {
    const near = (step: number) => f(at.with(i, value + step));
    return (near(STEP) - near(-STEP)) / (2 * STEP);
  });
const close = (got: ArrayLike<number>, want: number[], tolerance: number, what: string) => {
  expect(got, what).toHaveLength(want.length);
  for (const [i, value] of want.entries())
    expect(Math.abs(got[i] - value), `${what}[${i}]: ${got[i]}, not ${value}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(value)),
    );
};

describe.each(BACKENDS.flatMap((backend) => [false, true].map((fast) => ({ backend, fast }))))(
  'on $backend, fast kernels: $fast',
  ({ backend, fast }) => {
    beforeEach(async () => {
      await use(backend);
      if (fast) useFastKernels();
    });
    afterEach(useStockKernels);
    noTensorLeaks();

    it.each(cases)('$name: value, and gradients by input and weights', ({ make, shape, reference }) => {
      const layer = make();
      const size = shape.reduce((a, b) => a * b);
      const x = numbers(size, 5).map((v) => 3 * v);
      const dy = numbers(size, 6);
      const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
      tf.tidy(() => {
        const input = tf.tensor(x, shape);
        const y = apply(input);
        const weights = layer.getWeights().map((w) => [...w.dataSync()]);
        const at = [...x];
        close(y.dataSync(), reference(at, ...weights), VALUE, 'value');

        const dx = tf.grad(apply)(input, tf.tensor(dy, shape)).dataSync();
        close(
          dx,
          slopes((x) => dot(reference(x, ...weights), dy), at),
          GRADIENT,
          'dx',
        );
        const variables = layer.trainableWeights.map((w) => w.read() as tf.Variable);
        if (variables.length === 0) return;
        const loss = () => tf.sum(tf.mul(apply(input), tf.tensor(dy, shape))) as tf.Scalar;
        const { grads } = tf.variableGrads(loss, variables);
        for (const [k, { name }] of variables.entries()) {
          const moved = (w: number[]) => dot(reference(at, ...weights.with(k, w)), dy);
          close(grads[name]?.dataSync() ?? [], slopes(moved, weights[k] as number[]), GRADIENT, `dw${k}`);
        }
      });
      layer.dispose();
    });
  },
);

describe.each(BACKENDS)('on %s', (backend) => {
  beforeEach(() => use(backend));
  noTensorLeaks();

  const anyShape: [string, () => Layer][] = [
    ['prelu', () => layers.prelu({ alphaInitializer: 'ones' })],
    ['rrelu', () => layers.rrelu({ seed: 1 })],
    ['softmax', () => layers.softmax()],
    ['replicaLeakyReLU', () => layers.replicaLeakyReLU({ negativeSlopes: [0.5, 0.5] })],
  ];

  it.each(anyShape)(
    '%s takes 1 to 6 dimensions, int32, a symbolic input and a dynamic batch',
    (name, make) => {
      for (let rank = name === 'replicaLeakyReLU' ? 2 : 1; rank <= 6; rank++)
        for (const training of [false, true]) {
          const layer = make();
          tf.tidy(() => {
            const x = tf.fill(Array(rank).fill(2), -2, 'int32');
            const y = layer.apply(x, { training }) as tf.Tensor;
            expect(y.dtype).toBe('float32');
            expect(y.shape).toEqual(x.shape);
            expect(y.dataSync().every(Number.isFinite)).toBe(true);
          });
          layer.dispose();
        }
      const input = tfl.input({ shape: [2, 3] });
      const model = tfl.model({ inputs: input, outputs: make().apply(input) as tfl.SymbolicTensor });
      for (const batch of [1, 3])
        tf.tidy(() => {
          expect((model.predict(tf.fill([batch, 2, 3], -2)) as tf.Tensor).shape).toEqual([batch, 2, 3]);
        });
      model.dispose();
    },
  );

  it('all of them fit and predict in one model, and their clones by config compute the same', async () => {
    const model = tfl.sequential({
      layers: [
        tfl.layers.reshape({ targetShape: [2, 4], inputShape: [8] }),
        ...cases.filter(({ shape }) => shape.length === 3).map(({ make }) => make()),
        tfl.layers.flatten(),
        tfl.layers.dense({ units: 1 }),
      ],
    });
    const optimizer = tf.train.sgd(1e-3);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const [x, y] = [tf.tensor2d(numbers(80, 1), [10, 8]), tf.tensor2d(numbers(10, 2), [10, 1])];
    const { history } = await model.fit(x, y, { epochs: 2, verbose: 0 });
    for (const loss of history.loss as number[]) expect(Number.isFinite(loss)).toBe(true);
    const loaded = await reload(model);
    tf.tidy(() => {
      const [a, b] = [model, loaded].map((m) => (m.predict(x) as tf.Tensor).dataSync());
      expect(b).toEqual(a);
    });
    for (const { make, shape } of cases) {
      const layer = make();
      const cls = layer.constructor as typeof tfl.layers.Layer;
      const clone = cls.fromConfig(cls as never, layer.getConfig()) as unknown as Layer;
      expect(clone.getClassName()).toBe(layer.getClassName());
      expect(clone.name).toBe(layer.name);
      expect(clone.getConfig()).toEqual(layer.getConfig());
      tf.tidy(() => {
        const x = tf.ones(shape);
        const a = (layer.apply(x) as tf.Tensor).dataSync();
        clone.apply(x);
        clone.setWeights(layer.getWeights());
        expect((clone.apply(x) as tf.Tensor).dataSync()).toEqual(a);
      });
      for (const one of [layer, clone]) one.dispose();
    }
    tf.dispose([x, y]);
    optimizer.dispose();
    for (const m of [model, loaded]) m.dispose();
  });

  it('a mask of steps passes through every layer, and a softmax over the steps leaves hidden ones out', () => {
    const input = tfl.input({ shape: [3], dtype: 'int32' });
    const through = [
      layers.leakyReLU(),
      layers.reLU(),
      layers.prelu(),
      layers.rrelu(),
      layers.elu(),
      layers.activation({ activation: 'silu' }),
    ];
    let x = tfl.layers
      .embedding({ inputDim: 5, outputDim: 2, maskZero: true, embeddingsInitializer: 'ones' })
      .apply(input);
    for (const layer of through) x = layer.apply(x);
    const outputs = [layers.softmax({ axis: 1 }).apply(x), layers.softmax().apply(x)] as tfl.SymbolicTensor[];
    const model = tfl.model({ inputs: input, outputs });
    tf.tidy(() => {
      const [overSteps, overUnits] = model.predict(tf.tensor2d([[1, 2, 0]], [1, 3], 'int32')) as [
        tf.Tensor,
        tf.Tensor,
      ];
      expect([...overSteps.dataSync()]).toEqual([0.5, 0.5, 0.5, 0.5, 0, 0]);
      expect([...overUnits.dataSync()]).toEqual(Array(6).fill(0.5));
    });
    for (const weight of model.weights) weight.dispose();
  });
});
