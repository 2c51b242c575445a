// Nothing is left behind: not by a long training, not by saving and loading, not by a call that throws half-way.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  activations,
  fastAdam,
  inspectUnits,
  layers,
  loadKerasModel,
  register,
  unitMonitor,
  useFastKernels,
  useStockKernels,
} from '../src/index.js';
import { BACKENDS, held, use } from './_backends.js';
import { numbers, reload } from './_setup.js';

type Constraint = ReturnType<typeof tfl.constraints.nonNeg>;

register();

const network = () =>
  tfl.sequential({
    layers: [
      tfl.layers.dense({ units: 4, inputShape: [3], activation: activations.silu() }),
      layers.leakyReLU(),
      layers.prelu(),
      layers.rrelu({ seed: 1 }),
      tfl.layers.dense({ units: 2, activation: activations.leakyRelu({ negativeSlope: 0.05 }) }),
      layers.softmax(),
    ],
  });
const inputs = () => tf.tensor2d(numbers(30, 1), [10, 3]);
const targets = () => tf.tensor2d(numbers(20, 2), [10, 2]);
const keras = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/keras/${name}.json`, import.meta.url), 'utf8'));

describe.each(BACKENDS)('on %s', (backend) => {
  beforeEach(() => use(backend));
  afterEach(useStockKernels);

  it.each([
    ['tfjs’s kernels and Adam', () => [], () => tf.train.adam(0.01)],
    ['fast kernels and fastAdam', useFastKernels, () => fastAdam(0.01)],
  ])('1,000 steps with %s hold no more than two', async (_, kernels, adam) => {
    kernels();
    const before = held();
    const model = network();
    const optimizer = adam();
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const [x, y] = [inputs(), targets()];
    let second = held();
    for (let step = 0; step < 1002; step++) {
      await model.trainOnBatch(x, y);
      if (step === 1) second = held();
    }
    expect(held()).toEqual(second);
    tf.dispose([x, y]);
    model.dispose();
    optimizer.dispose();
    expect(held()).toEqual(before);
  });

  it('100 rounds of save and load hold no more than one', async () => {
    const before = held();
    let model: tfl.LayersModel = network();
    const one = held();
    for (let round = 0; round < 100; round++) {
      const loaded = await reload(model);
      model.dispose();
      model = loaded;
    }
    expect(held()).toEqual(one);
    model.dispose();
    expect(held()).toEqual(before);
  });

  it('100 models of Keras 3, loaded and freed, leave nothing', async () => {
    const { topology } = keras('leaky_layers');
    const archive = readFileSync(new URL('../fixtures/keras/leaky_layers.keras', import.meta.url));
    (await loadKerasModel(archive)).dispose();
    const before = held();
    for (let round = 0; round < 50; round++)
      for (const source of [topology, archive]) (await loadKerasModel(source)).dispose();
    expect(held()).toEqual(before);
  });

  /** What is held is the same after a call that must throw; `ready` is made before and freed after the count. */
  const throwing = async (call: () => unknown, error: RegExp) => {
    const before = held();
    await expect((async () => call())()).rejects.toThrow(error);
    expect(held()).toEqual(before);
  };

  it('layers that are called with a wrong shape, or cannot be built, leave nothing', async () => {
    const [x, wide] = [inputs(), tf.ones([2, 5])];
    const model = network();
    await throwing(() => model.predict(wide), /to have shape|but got array/);
    const prelu = layers.prelu({ inputShape: [3] });
    const pair = layers.replicaDense({ replicas: 2, units: 1, inputShape: [2, 3] });
    const [square, cube] = [tf.ones([1, 2, 3]), tf.ones([1, 2, 4])];
    for (const y of [prelu.apply(x), pair.apply(square)]) (y as tf.Tensor).dispose();
    await throwing(() => prelu.apply(wide), /expected axis 1/);
    await throwing(() => pair.apply(cube), /expected axis 2/);
    await throwing(() => layers.prelu({ sharedAxes: [2] }).apply(x), /sharedAxes/);
    await throwing(() => layers.softmax({ axis: 4 }).apply(x), /axis/i);
    await throwing(() => layers.leakyReLU().apply([x, x]), /takes exactly 1 input/);
    for (const thing of [x, wide, square, cube, prelu, pair, model]) thing.dispose();
  });

  it.each([false, true])('an activation that throws leaves nothing, fast kernels: %s', async (fast) => {
    if (fast) useFastKernels();
    const activation = activations.leakyRelu();
    const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 2, inputShape: [3], activation })] });
    const x = inputs();
    vi.spyOn(activation, 'apply').mockImplementation((x) => {
      tf.leakyRelu(x);
      throw new Error('half-way');
    });
    await throwing(() => model.predict(x), /half-way/);
    await throwing(() => inspectUnits(model, x), /half-way/);
    const wide = tf.ones([2, 5]);
    await throwing(() => inspectUnits(model, wide), /shape/);
    tf.dispose([x, wide]);
    model.dispose();
  });

  /**
   * How much more is held after a `fit` that throws in the first batch, where tfjs keeps what it saved for the gradient, or at the
   * end of the first epoch, where it keeps the loss.
   */
  const afterFit = async (
    layer: tfl.layers.Layer,
    throws: { activation: boolean },
    monitor: tfl.CustomCallbackArgs | tfl.Callback,
  ) => {
    const model = tfl.sequential({ layers: [layer] });
    const optimizer = tf.train.sgd(0.1);
    model.compile({ optimizer, loss: 'meanSquaredError' });
    const [x, y] = [inputs(), targets()];
    await model.trainOnBatch(x, y);
    const { activation } = layer as unknown as { activation: { apply(x: tf.Tensor): tf.Tensor } };
    const before = held();
    const apply = vi.spyOn(activation, 'apply');
    if (throws.activation)
      apply.mockImplementation((x) => {
        tf.leakyRelu(x);
        throw new Error('half-way');
      });
    await expect(model.fit(x, y, { epochs: 2, verbose: 0, callbacks: monitor })).rejects.toThrow(
      /half-way|shape/,
    );
    const after = held();
    apply.mockRestore();
    tf.dispose([x, y]);
    model.dispose();
    optimizer.dispose();
    return Object.entries(after).map(([what, count]) => count - before[what as keyof typeof before]);
  };

  it('a fit that throws half-way leaves no more than one of tfjs’s own', async () => {
    const args = { units: 2, inputShape: [3] };
    const stock = () => tfl.layers.dense({ ...args, activation: 'tanh' });
    const ours = () => tfl.layers.dense({ ...args, activation: activations.tanh() });
    const data = tf.ones([2, 5]);
    class Half extends tfl.Callback {
      override async onEpochEnd() {
        throw new Error('half-way');
      }
    }
    for (const kernels of [useStockKernels, useFastKernels]) {
      useStockKernels();
      const [inBatch, atEnd] = [
        await afterFit(stock(), { activation: true }, {}),
        await afterFit(stock(), { activation: false }, new Half()),
      ];
      kernels();
      for (const [i, count] of (await afterFit(ours(), { activation: true }, {})).entries())
        expect(count).toBeLessThanOrEqual(inBatch[i] as number);
      for (const [i, count] of (await afterFit(ours(), { activation: false }, unitMonitor(data))).entries())
        expect(count).toBeLessThanOrEqual(atEnd[i] as number);
    }
    data.dispose();
  });

  it('an optimizer that gets a gradient of another shape, or of an unknown weight, leaves nothing', async () => {
    const w = tf.variable(tf.zeros([3]), true, `${backend}-weight`);
    const [good, wrong] = [tf.ones([3]), tf.ones([7])];
    const optimizer = fastAdam(0.1);
    optimizer.applyGradients({ [w.name]: good });
    await throwing(() => optimizer.applyGradients({ [w.name]: good, unknown: good }), /.*/);
    tf.dispose([w, good, wrong]);
    optimizer.dispose();
  });

  it('a Keras 3 model that fails half-way leaves nothing', async () => {
    const { topology, ...rest } = keras('leaky_layers');
    const broken = structuredClone(topology);
    broken.config.layers.at(-1).class_name = 'NoSuchLayer';
    await throwing(() => loadKerasModel(broken), /NoSuchLayer/);
    const archive = readFileSync(new URL('../fixtures/keras/leaky_layers.keras', import.meta.url));
    await throwing(() => loadKerasModel(archive.subarray(0, archive.length / 2)), /.*/);
    const weights = {
      weightSpecs: [{ name: 'no/such/kernel', shape: [1], dtype: 'float32' as const }],
      weightData: new ArrayBuffer(4),
    };
    await throwing(() => loadKerasModel({ modelTopology: topology, ...weights }), /kernel|weight/);
    expect(rest).toBeDefined();
  });

  it('a fast kernel that fails half-way leaves nothing, and tfjs’s own answers', () => {
    useFastKernels();
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const x = tf.fill([5000], -1);
    const spies =
      backend === 'wasm'
        ? (['getMemoryOffset', 'typedArrayFromHeap'] as const).map((name) =>
            vi.spyOn(tf.backend() as unknown as Record<typeof name, () => number>, name),
          )
        : [];
    for (const spy of spies)
      spy.mockImplementation(() => {
        throw new Error('half-way');
      });
    const before = held();
    const y = tf.leakyRelu(x, 0.5);
    for (const spy of spies) spy.mockRestore();
    warn.mockRestore();
    expect(y.dataSync()[4999]).toBe(-0.5);
    y.dispose();
    expect(held()).toEqual(before);
    x.dispose();
  });

  it('what tfjs leaks by itself, ours leaks no more: Adam’s count of steps, a loaded weight with a constraint', async () => {
    const left = async (call: () => Promise<unknown>) => {
      const before = held().numTensors;
      await call();
      return held().numTensors - before;
    };
    const adam = (make: () => tf.AdamOptimizer) => async () => {
      const optimizer = make();
      await optimizer.getWeights();
      optimizer.dispose();
    };
    expect(await left(adam(() => tf.train.adam()))).toBe(1);
    expect(await left(adam(fastAdam))).toBe(1);
    const constrained =
      (layer: (args: { alphaConstraint: Constraint; inputShape: number[] }) => tfl.layers.Layer) =>
      async () => {
        const model = tfl.sequential({
          layers: [layer({ alphaConstraint: tfl.constraints.nonNeg(), inputShape: [3] })],
        });
        const loaded = await reload(model);
        for (const m of [model, loaded]) m.dispose();
      };
    const stock = await left(constrained(tfl.layers.prelu));
    expect(stock).toBeGreaterThan(0);
    expect(await left(constrained(layers.prelu))).toBeLessThanOrEqual(stock);
  });
});
