import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activations, inspectUnits, layers, unitMonitor } from '../src/index.js';
import { noTensorLeaks, numbers } from './_setup.js';

noTensorLeaks();

/** Four units: always active, never, half of the time, and never because of its bias; x is −1 and 1 in turn. */
const weights = () => [tf.tensor2d([[0, 0, 1, 0]]), tf.tensor1d([3, -3, 0, -2])];
const x = () =>
  tf.tidy(() =>
    tf.tensor2d(
      Float32Array.from({ length: 10 }, (_, i) => (i % 2 ? 1 : -1)),
      [10, 1],
    ),
  );

const dense = (activation?: 'relu') =>
  tfl.layers.dense({ units: 4, inputShape: [1], name: 'dense', ...(activation && { activation }) });

const withWeights = (model: tfl.Sequential) => {
  const w = weights();
  const inner = model.layers[0];
  inner.setWeights(w);
  tf.dispose(w);
  return model;
};

describe('inspectUnits', () => {
  it.each<[string, () => tfl.Sequential, string]>([
    [
      'a layer of ours',
      () => tfl.sequential({ layers: [dense(), layers.leakyReLU({ name: 'act' })] }),
      'act',
    ],
    ['a stock ReLU', () => tfl.sequential({ layers: [dense(), tfl.layers.reLU({ name: 'act' })] }), 'act'],
    [
      'a stock LeakyReLU',
      () => tfl.sequential({ layers: [dense(), tfl.layers.leakyReLU({ name: 'act' })] }),
      'act',
    ],
    ['a PReLU', () => tfl.sequential({ layers: [dense(), layers.prelu({ name: 'act' })] }), 'act'],
    [
      'a stock Activation',
      () => tfl.sequential({ layers: [dense(), tfl.layers.activation({ activation: 'elu', name: 'act' })] }),
      'act',
    ],
    [
      'an activation inside Dense, which tfjs fuses',
      () => tfl.sequential({ layers: [dense('relu')] }),
      'dense',
    ],
    [
      'one of ours inside Dense',
      () =>
        tfl.sequential({
          layers: [
            tfl.layers.dense({
              units: 4,
              inputShape: [1],
              name: 'dense',
              activation: activations.leakyRelu(),
            }),
          ],
        }),
      'dense',
    ],
  ])('counts what the units behind %s do', async (_, make, name) => {
    const model = withWeights(make());
    const data = x();
    const before = tf.tidy(() => (model.predict(data) as tf.Tensor).dataSync());
    for (const options of [{}, { batchSize: 3 }]) {
      const [report, ...rest] = await inspectUnits(model, data, options);
      expect(rest).toEqual([]);
      expect(report).toMatchObject({ layer: name, units: 4, samples: 10, dead: [1, 3], nan: 0, infinite: 0 });
      expect([...(report?.positive ?? [])]).toEqual([1, 0, 0.5, 0]);
    }
    expect(tf.tidy(() => (model.predict(data) as tf.Tensor).dataSync())).toEqual(before);
    tf.dispose(data);
    model.dispose();
  });

  it('says what to try about dead rectifiers, saturated units, NaN and infinity', async () => {
    const report = async (activation: 'relu' | 'tanh', bias: number[]) => {
      const model = tfl.sequential({
        layers: [tfl.layers.dense({ units: bias.length, inputShape: [1], activation })],
      });
      const w = [tf.zeros([1, bias.length]), tf.tensor1d(bias)];
      model.setWeights(w);
      const data = x();
      const [one] = await inspectUnits(model, data);
      tf.dispose([w, data]);
      model.dispose();
      return one;
    };
    expect((await report('relu', [1, -1]))?.warning).toMatch(/1 of 2 units are never active. Try Leaky ReLU/);
    expect(await report('tanh', [1, 20])).toMatchObject({
      saturated: [1],
      warning: expect.stringMatching(/saturated/),
    });
    expect(await report('relu', [Number.NaN, Infinity])).toMatchObject({
      nan: 10,
      infinite: 10,
      warning: expect.stringMatching(/10 NaN and 10 infinite/),
    });
    expect((await report('relu', [1]))?.warning).toBeNull();
  });

  it('looks into models within the model and at channels of images, and passes by softmax', async () => {
    const inner = tfl.sequential({
      layers: [
        tfl.layers.conv2d({
          filters: 2,
          kernelSize: 1,
          inputShape: [3, 3, 1],
          activation: 'relu',
          name: 'conv',
        }),
      ],
    });
    const model = tfl.sequential({
      layers: [inner, tfl.layers.flatten(), tfl.layers.dense({ units: 2, activation: 'softmax' })],
    });
    const data = tf.ones([4, 3, 3, 1]);
    const reports = await inspectUnits(model, data);
    expect(reports).toMatchObject([{ layer: 'conv', units: 2, samples: 36 }]);
    tf.dispose(data);
    model.dispose();
  });

  it('counts every step of a timeDistributed layer, a model in it too', async () => {
    const wrapped = tfl.layers.timeDistributed({
      layer: tfl.layers.dense({ units: 4, activation: 'relu', name: 'steps' }),
      inputShape: [5, 1],
    });
    const model = tfl.sequential({ layers: [wrapped] });
    const w = weights();
    wrapped.setWeights(w);
    const flat = x();
    const data = tf.reshape(flat, [2, 5, 1]);
    const [report] = await inspectUnits(model, data);
    expect(report).toMatchObject({ layer: 'steps', units: 4, samples: 10, dead: [1, 3] });
    expect([...(report?.positive ?? [])]).toEqual([1, 0, 0.5, 0]);

    const inner = tfl.sequential({ layers: [dense(), layers.leakyReLU({ name: 'inside' })] });
    const outer = tfl.sequential({
      layers: [tfl.layers.timeDistributed({ layer: inner, inputShape: [5, 1] })],
    });
    inner.layers[0]?.setWeights(w);
    const [deep] = await inspectUnits(outer, data);
    expect(deep).toMatchObject({ layer: 'inside', samples: 10, dead: [1, 3] });
    tf.dispose([w, flat, data]);
    for (const m of [model, outer]) for (const weight of m.weights) weight.dispose();
  });

  it('takes several inputs, adds up the uses of a shared layer, and looks at conv layers', async () => {
    const [a, b] = [tfl.input({ shape: [1] }), tfl.input({ shape: [1] })];
    const shared = dense('relu');
    const outputs = [a, b].map((input) => shared.apply(input) as tfl.SymbolicTensor);
    const model = tfl.model({
      inputs: [a, b],
      outputs: tfl.layers.concatenate().apply(outputs) as tfl.SymbolicTensor,
    });
    const w = weights();
    shared.setWeights(w);
    const [ones, minus] = [tf.ones([6, 1]), tf.fill([6, 1], -1)];
    const reports = await inspectUnits(model, [ones, minus], { batchSize: 4 });
    expect(reports).toMatchObject([{ layer: 'dense', samples: 12, dead: [1, 3] }]);
    expect([...(reports[0]?.positive ?? [])]).toEqual([1, 0, 0.5, 0]);

    const conv = tfl.sequential({
      layers: [
        tfl.layers.conv1d({
          filters: 4,
          kernelSize: 1,
          inputShape: [3, 1],
          activation: 'relu',
          name: 'conv',
        }),
      ],
    });
    const kernel = [tf.tensor([0, 0, 1, 0], [1, 1, 4]), w[1] as tf.Tensor];
    conv.setWeights(kernel);
    const images = tf.ones([2, 3, 1]);
    expect(await inspectUnits(conv, images)).toMatchObject([{ layer: 'conv', samples: 6, dead: [1, 3] }]);
    tf.dispose([w, ones, minus, kernel, images]);
    for (const m of [model, conv]) for (const weight of new Set(m.weights)) weight.dispose();
  });

  it('refuses data that the model cannot take, by saying what it must be', async () => {
    const model = withWeights(tfl.sequential({ layers: [dense('relu')] }));
    const [one, two] = [tf.ones([2, 1]), tf.ones([3, 1])];
    await expect(inspectUnits(model, [[1], [2]] as unknown as tf.Tensor)).rejects.toThrow(TypeError);
    await expect(inspectUnits(model, undefined as unknown as tf.Tensor)).rejects.toThrow(TypeError);
    await expect(inspectUnits(model, [one, one])).rejects.toThrow('1 inputs, got 2');
    await expect(inspectUnits(model, one, { batchSize: 0 })).rejects.toThrow(RangeError);
    const inputs = [tfl.input({ shape: [1] }), tfl.input({ shape: [1] })];
    const pair = tfl.model({ inputs, outputs: tfl.layers.add().apply(inputs) as tfl.SymbolicTensor });
    await expect(inspectUnits(pair, [one, two])).rejects.toThrow('got 2 and 3');
    tf.dispose([one, two]);
    model.dispose();
  });

  it('counts by tensors where values are not at hand at once, as on a GPU', async () => {
    const other = 'cpu-under-another-name';
    tf.registerBackend(other, () => new MathBackendCPU());
    tf.copyRegisteredKernels('cpu', other);
    await tf.setBackend(other);
    const model = withWeights(tfl.sequential({ layers: [dense('relu')] }));
    const data = x();
    const [report] = await inspectUnits(model, data, { batchSize: 3 });
    expect(report).toMatchObject({ samples: 10, dead: [1, 3], nan: 0, infinite: 0 });
    expect([...(report?.positive ?? [])]).toEqual([1, 0, 0.5, 0]);
    data.dispose();
    model.dispose();
    await tf.setBackend('cpu');
  });

  it('leaves the model and no tensor behind when the model throws', async () => {
    const model = withWeights(tfl.sequential({ layers: [dense(), layers.leakyReLU()] }));
    const wrong = tf.ones([4, 3]);
    await expect(inspectUnits(model, wrong)).rejects.toThrow();
    expect(Object.keys(model.layers[1] as object)).not.toContain('call');
    const none = tf.zeros([0, 1]);
    await expect(inspectUnits(model, none)).rejects.toThrow('data must have at least 1 sample');
    tf.dispose([wrong, none]);
    model.dispose();
  });
});

describe('unitMonitor', () => {
  const train = async (loss: string | ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor), options = {}) => {
    const model = withWeights(
      tfl.sequential({ layers: [dense('relu'), tfl.layers.dense({ units: 1, name: 'out' })] }),
    );
    const optimizer = tf.train.sgd(0.01);
    model.compile({ optimizer, loss });
    const data = x();
    const y = tf.tensor2d(numbers(10, 1), [10, 1]);
    const warnings: string[] = [];
    const monitor = unitMonitor(data, { onWarning: (message) => warnings.push(message), ...options });
    await model.fit(data, y, { epochs: 4, verbose: 0, callbacks: monitor });
    tf.dispose([data, y]);
    model.dispose();
    optimizer.dispose();
    return { reports: monitor.reports, warnings };
  };

  it('reports every epoch, and warns once', async () => {
    const { reports, warnings } = await train('meanSquaredError');
    expect(reports.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    expect(reports[0]?.units[0]).toMatchObject({ layer: 'dense', dead: [1, 3] });
    expect(Object.keys(reports[0]?.weightChange ?? {})).toEqual(['dense', 'out']);
    for (const { weightChange } of reports) expect(weightChange.out).toBeGreaterThan(0);
    expect(warnings).toEqual([expect.stringMatching(/2 of 4 units are never active/)]);
  });

  it('refuses bad options and bad data before the training begins', () => {
    const data = x();
    for (const every of [0, 1.5, Number.NaN]) expect(() => unitMonitor(data, { every })).toThrow(RangeError);
    expect(() => unitMonitor(data, { batchSize: -1 })).toThrow(RangeError);
    expect(() => unitMonitor([1] as unknown as tf.Tensor)).toThrow(TypeError);
    data.dispose();
  });

  it('looks only every so many epochs', async () => {
    expect((await train('meanSquaredError', { every: 2 })).reports.map(({ epoch }) => epoch)).toEqual([1, 3]);
  });

  it('sees that no weight moves under a categorical cross-entropy of one output', async () => {
    const { reports, warnings } = await train((a, b) => tfl.metrics.categoricalCrossentropy(a, b));
    for (const { weightChange } of reports) expect(weightChange).toEqual({ dense: 0, out: 0 });
    expect(warnings.at(-1)).toMatch(/out: no weight has moved/);
  });
});
