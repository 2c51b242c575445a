// What layers and functions say to options and inputs that they do not take.
import { leakyRelu } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, sequential, layers as stock } from '@tensorflow/tfjs-layers';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import * as exported from '../src/index.js';
import {
  inspectUnits,
  layers,
  loadKerasModel,
  toKerasConfig,
  unitMonitor,
  useFastKernels,
} from '../src/index.js';
import { noTensorLeaks, plain, reload } from './_setup.js';

noTensorLeaks();
afterEach(() => vi.unstubAllGlobals());

type Factory = (options: object) => unknown;
const FACTORIES: Record<string, object> = {
  leakyReLU: {},
  reLU: {},
  prelu: {},
  rrelu: {},
  elu: {},
  softmax: {},
  dense: { units: 2 },
  activation: { activation: 'silu' },
  replicaDense: { replicas: 2, units: 2 },
  replicaLeakyReLU: { negativeSlopes: [0] },
};
const make = (name: string, options: object) =>
  (layers as unknown as Record<string, Factory>)[name]({ ...FACTORIES[name], ...options });

describe.each(Object.keys(FACTORIES))('layers.%s', (name) => {
  it('refuses an option that nobody knows, and names what there is', () => {
    expect(() => make(name, { zzzzzzzz: 1 })).toThrow(TypeError);
    expect(() => make(name, { zzzzzzzz: 1 })).toThrow(`${name} has no option "zzzzzzzz"; it takes `);
    expect(() => make(name, { inputSchape: [3] })).toThrow(`did you mean "inputShape"?`);
  });

  it('takes the options of tfjs’s layers, in Python’s spelling too', () => {
    const layer = make(name, { name: 'mine', trainable: false, batch_input_shape: [5, 2, 2] });
    expect(layer).toMatchObject({ name: 'mine', trainable_: false, batchInputShape: [5, 2, 2] });
  });

  it('refuses what is no object', () => {
    const factory = (layers as unknown as Record<string, (options: unknown) => unknown>)[name];
    for (const bad of [0.1, 'x', null, [1]]) expect(() => factory(bad)).toThrow(/must be an object/);
  });
});

it.each([
  ['leakyReLU', { slope: 0.05 }, 'leakyReLU has no option "slope"; did you mean "negativeSlope"?'],
  ['leakyReLU', { negativSlope: 0.05 }, 'did you mean "negativeSlope"?'],
  ['reLU', { max: 6 }, 'did you mean "maxValue"?'],
  ['prelu', { alpha: 0.1 }, 'prelu has no option "alpha"; did you mean "alphaInitializer"?'],
  ['dense', { unit: 2 }, 'did you mean "units"?'],
  ['leakyReLU', { negativeSlope: 0.1, negative_slope: 0.2 }, 'negativeSlope of leakyReLU is given twice'],
])('layers.%s(%j): %s', (name, options, message) => {
  expect(() => make(name, options)).toThrow(TypeError);
  expect(() => make(name, options)).toThrow(message);
});

it('Keras’s and PyTorch’s words are understood', () => {
  expect(layers.leakyReLU({ negative_slope: 0.05 }).negativeSlope).toBe(0.05);
  expect(layers.leakyReLU({ alpha: 0.05 }).negativeSlope).toBe(0.05);
  const { params } = layers.reLU({ negative_slope: 0.1, max_value: 6 }).function;
  expect(params).toEqual({ negativeSlope: 0.1, maxValue: 6, threshold: 0 });
  expect(make('prelu', { shared_axes: [1] })).toMatchObject({ sharedAxes: [1] });
});

it('what Object.prototype holds changes no layer', () => {
  const foreign = {
    negativeSlope: 0.9,
    alpha: 0.9,
    maxValue: 1,
    threshold: 2,
    axis: 1,
    lower: 0.3,
    units: 9,
  };
  const configs = () =>
    Object.keys(FACTORIES).map((name) => make(name, { name: 'x', seed: undefined }) as never);
  const read = () =>
    ['leakyReLU', 'reLU', 'elu', 'softmax'].map((name) =>
      JSON.stringify((make(name, { name: 'x' }) as { getConfig(): object }).getConfig()),
    );
  const before = read();
  Object.assign(Object.prototype, foreign);
  try {
    expect(read()).toEqual(before);
  } finally {
    for (const key of Object.keys(foreign)) delete (Object.prototype as Record<string, unknown>)[key];
  }
  expect(configs).toThrow('"seed"'); // a name counts, whatever its value
});

describe('layers.dense', () => {
  it('takes a function of core, and saves it', async () => {
    const layer = layers.dense({
      units: 2,
      inputShape: [2],
      kernelInitializer: 'identity',
      activation: leakyRelu({ negativeSlope: 0.05 }),
    });
    const model = sequential({ layers: [layer] });
    const { register } = await import('../src/index.js');
    register();
    for (const one of [model, await reload(model)]) {
      expect(tf.tidy(() => plain(one.predict(tf.tensor2d([[-2, 3]])) as tf.Tensor))).toEqual([
        Math.fround(-0.1),
        3,
      ]);
      one.dispose();
    }
  });

  it('so does replicaDense', () => {
    const layer = layers.replicaDense({
      replicas: 1,
      units: 1,
      activation: leakyRelu({ negativeSlope: 0.5 }),
    });
    expect(layer.activation.getClassName()).toMatchObject({ config: { params: { negativeSlope: 0.5 } } });
  });
});

it('what is no activation: says what is', () => {
  const message =
    'activation must be a name, a function of @rectify/core or its JSON, or an activation of this package, got ';
  const own = (x: number) => x;
  for (const call of [
    () => exported.activation(own as never),
    () => make('activation', { activation: own }),
    () => make('dense', { activation: own }),
    () => make('replicaDense', { activation: own }),
  ]) {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(`${message}a function`);
  }
  expect(() => make('dense', { activation: 3 })).toThrow(`${message}3`);
  expect(() => make('activation', { activation: null })).toThrow(`${message}null`);
});

it('a tensor of another copy of tfjs-layers: says that there are two', () => {
  const foreign = { shape: [null, 3], dtype: 'float32', sourceLayer: {}, rank: 2 } as unknown as tf.Tensor;
  for (const name of ['leakyReLU', 'dense', 'prelu', 'softmax'])
    expect(
      () => (make(name, { inputShape: [3] }) as ReturnType<typeof layers.leakyReLU>).call(foreign, {}),
      name,
    ).toThrow();
  expect(() => layers.leakyReLU().call(foreign, {})).toThrow(/two copies.*npm ls @tensorflow\/tfjs-core/);
});

it('useFastKernels() without a backend says what to import', () => {
  const engine = tf.engine();
  const { registryFactory } = engine;
  engine.registryFactory = {};
  try {
    expect(() => useFastKernels()).toThrow(/no backend yet: import '@tensorflow\/tfjs'/);
  } finally {
    engine.registryFactory = registryFactory;
  }
});

describe('every export', () => {
  const { activations, layers: factories, ...rest } = exported;
  const data = tf.keep(tf.zeros([1, 1]));
  afterAll(() => data.dispose());

  /** A call of each with one option more than it has; a class is made by a factory of `layers`, or stands here. */
  const calls: Record<string, (unknown: object) => unknown> = {
    activation: (more) => exported.activation('relu', more),
    ActivationLayer: (more) => new exported.ActivationLayer({ activation: 'relu', ...more }),
    Dense: (more) => new exported.Dense({ units: 1, ...more }),
    ELU: (more) => new exported.ELU(more),
    LeakyReLU: (more) => new exported.LeakyReLU(more),
    PReLU: (more) => new exported.PReLU(more),
    ReLU: (more) => new exported.ReLU(more),
    ReplicaDense: (more) => new exported.ReplicaDense({ replicas: 1, units: 1, ...more }),
    ReplicaLeakyReLU: (more) => new exported.ReplicaLeakyReLU({ negativeSlopes: [0], ...more }),
    RReLU: (more) => new exported.RReLU(more),
    Softmax: (more) => new exported.Softmax(more),
    TensorActivation: (more) => new exported.TensorActivation({ name: 'relu', ...more } as { name: string }),
    UnitMonitor: (more) => new exported.UnitMonitor(data, more),
    inspectUnits: (more) =>
      inspectUnits(sequential({ layers: [stock.inputLayer({ inputShape: [1] })] }), data, more),
    loadKerasModel: (more) => loadKerasModel({}, more),
    unitMonitor: (more) => unitMonitor(data, more),
  };
  // Models, tensors and numbers: no options.
  const without = [
    'FastAdam',
    'KerasFormatError',
    'deadUnits',
    'fastAdam',
    'register',
    'replaceBuiltIns',
    'restoreBuiltIns',
    'toKerasConfig',
    'useFastKernels',
    'useStockKernels',
  ];

  it('stands here', () => {
    expect([...Object.keys(calls), ...without].sort()).toEqual(Object.keys(rest).sort());
    expect(Object.keys(FACTORIES).sort()).toEqual(Object.keys(factories).sort());
  });

  it.each(Object.entries({ ...(activations as unknown as typeof calls), ...calls }))(
    '%s',
    async (_, call) => {
      await expect((async () => call({ zzqy: 1 }))()).rejects.toThrow(/has no (option|parameter) "zzqy"/);
    },
  );
});

describe('what else takes options', () => {
  it('refuses an unknown one by name', async () => {
    const model = sequential({ layers: [stock.dense({ units: 1, inputShape: [1] })] });
    const data = tf.zeros([1, 1]);
    expect(() => unitMonitor(data, { evry: 2 } as object)).toThrow(
      'unitMonitor has no option "evry"; did you mean "every"?',
    );
    await expect(inspectUnits(model, data, { batchsize: 1 } as object)).rejects.toThrow(
      'inspectUnits has no option "batchsize"; did you mean "batchSize"?',
    );
    await expect(loadKerasModel({}, { strickt: true } as object)).rejects.toThrow(
      'loadKerasModel has no option "strickt"; did you mean "strict"?',
    );
    tf.dispose(data);
    model.dispose();
  });

  it('says what is no model', async () => {
    const message = 'model must be a LayersModel of @tensorflow/tfjs-layers, got [object Object]';
    expect(() => toKerasConfig({} as LayersModel)).toThrow(message);
    await expect(inspectUnits({} as LayersModel, [])).rejects.toThrow(message);
  });
});
