// The `cpu` backend's arrays under `useFastKernels()`: used again when nobody but our kernels saw them, and only then.
import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CpuBackend, peek, stopRecycling } from '../src/fast/recycle.js';
import { activations, fastAdam, layers, useFastKernels, useStockKernels } from '../src/index.js';
import { noTensorLeaks } from './_setup.js';

const backend = tf.backend() as unknown as CpuBackend;
const SIZE = 5000;
const arrayOf = (x: tf.Tensor) => peek(backend, x.dataId);
const made = (scale: number): tf.Tensor1D =>
  tf.tidy(() => tf.leakyRelu(tf.tensor1d(Float32Array.from({ length: SIZE }, (_, i) => scale * (i - 99)))));

noTensorLeaks();
beforeEach(() => void useFastKernels());
afterEach(useStockKernels);

describe('an array', () => {
  it('of a freed tensor that only our kernels saw is used again', () => {
    const x = made(1);
    const first = arrayOf(x);
    x.dispose();
    const y = made(2);
    expect(arrayOf(y)).toBe(first);
    y.dispose();
  });

  it('of a clone or a reshaped tensor is not used again before all of them are freed', () => {
    const x = made(1);
    const first = arrayOf(x);
    const others = [x.clone(), tf.reshape(x, [50, 100])];
    x.dispose();
    const y = made(2);
    expect(arrayOf(y)).not.toBe(first);
    expect(tf.tidy(() => tf.sum(others[1]).dataSync())).toEqual(tf.tidy(() => tf.sum(others[0]).dataSync()));
    tf.dispose([y, ...others]);
  });

  const readers: Record<string, (x: tf.Tensor1D) => ArrayLike<number> | tf.Tensor> = {
    'dataSync()': (x) => x.dataSync(),
    'a slice': (x) => tf.slice(x, [3], [20]),
    'a cast': (x) => tf.cast(x, 'int32'),
    'a kernel of tfjs': (x) => tf.square(x),
    "the backend's own data": (x) => backend.data.get(x.dataId).values,
    'a copy of that': (x) => ({ ...backend.data.get(x.dataId) }).values,
  };
  for (const [name, readBy] of Object.entries(readers))
    it(`that was seen by ${name} is left alone`, () => {
      const x = made(1);
      const seen = readBy(x);
      const before = Array.from(seen instanceof tf.Tensor ? seen.dataSync() : seen);
      const first = arrayOf(x);
      x.dispose();
      const others = [made(2), made(3)];
      for (const other of others) expect(arrayOf(other)).not.toBe(first);
      expect(Array.from(seen instanceof tf.Tensor ? seen.dataSync() : seen)).toEqual(before);
      tf.dispose(others);
      if (seen instanceof tf.Tensor) seen.dispose();
    });

  it('is not kept beyond 128 MiB', () => {
    const x = tf.zeros([2 ** 23]);
    const all = Array.from({ length: 5 }, () => tf.leakyRelu(x));
    const arrays = new Set(all.map(arrayOf));
    tf.dispose(all);
    const again = Array.from({ length: 5 }, () => tf.leakyRelu(x));
    expect(again.filter((y) => arrays.has(arrayOf(y)))).toHaveLength(4);
    tf.dispose([x, ...again]);
  });

  it('is not kept by `useStockKernels()`, which puts disposeData back', () => {
    const own = Object.getPrototypeOf(backend).disposeData;
    const x = made(1);
    const first = arrayOf(x);
    expect(backend.disposeData).not.toBe(own);
    useStockKernels();
    expect(backend.disposeData).toBe(own);
    expect(x.dataSync()).toBe(first);
    x.dispose();
    useFastKernels();
    const y = made(1);
    expect(arrayOf(y)).not.toBe(first);
    y.dispose();
  });
});

/** Arrays as one text: comparing them element by element would take most of the time. */
const digest = (arrays: readonly Float32Array[]): string =>
  arrays.reduce((hash, array) => hash.update(array), createHash('sha1')).digest('hex');

/** What a step does with the tensors that are there: makes one of some of them, frees one, or reads one. */
type Step = readonly [kind: number, of: number, and: number];

/** Runs the steps on the kernels of the moment: all that was read, also again at the end. */
function read(steps: readonly Step[]): { values: Float32Array[]; atTheEnd: Float32Array[] } {
  const live: tf.Tensor[] = [tf.linspace(-50, 50, SIZE), tf.linspace(30, -70, SIZE)];
  const arrays: Float32Array[] = [];
  const values: Float32Array[] = [];
  const kinds: ((x: tf.Tensor, y: tf.Tensor, of: number) => tf.Tensor | undefined)[] = [
    (x) => tf.leakyRelu(x, 0.25),
    (x, y) => tf.grad((x) => tf.leakyRelu(x, 0.25))(x, y),
    (x, y) => tf.prelu(x, y),
    (x, y) => {
      const product = tf.matMul(tf.reshape(x, [50, 100]), tf.reshape(y, [50, 100]), false, true);
      return tf.reshape(tf.concat([product, product]), [SIZE]);
    },
    (x) => tf.slice(tf.reverse(x), [0], [SIZE]),
    (x) => x.clone(),
    (x) => tf.cast(tf.cast(x, 'int32'), 'float32'),
    (x, y) => tf.maximum(tf.minimum(tf.add(x, y), 1e3), -1e3),
    ...Array<(x: tf.Tensor) => undefined>(2).fill((x) => {
      const array = x.dataSync<'float32'>();
      arrays.push(array);
      values.push(array.slice());
      return undefined;
    }),
    ...Array<(x: tf.Tensor, y: tf.Tensor, of: number) => undefined>(2).fill((_x, _y, of) => {
      if (live.length > 2) live.splice(of, 1)[0].dispose();
      return undefined;
    }),
  ];
  for (const [kind, of, and] of steps) {
    const at = of % live.length;
    const result = tf.tidy(() => kinds[kind](live[at], live[and % live.length], at));
    if (result) live.push(result);
  }
  values.push(...live.map((x) => x.dataSync<'float32'>().slice()));
  tf.dispose(live);
  return { values, atTheEnd: arrays.map((array) => array.slice()) };
}

it('any program of kernels, ours and tfjs’s, of reads and of disposals reads what it reads with new arrays', () => {
  const step = fc.tuple(fc.nat(11), fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      useFastKernels();
      const recycled = read(steps);
      stopRecycling();
      expect(digest(recycled.values)).toBe(digest(read(steps).values));
      // What a reader got stays as it was read.
      const { atTheEnd, values } = recycled;
      expect(digest(atTheEnd)).toBe(digest(values.slice(0, atTheEnd.length)));
    }),
    { numRuns: 100 },
  );
});

it('a model trains to the same weights', async () => {
  const { sequential } = await import('@tensorflow/tfjs-layers');
  const x = tf.tidy(() => tf.reshape(tf.linspace(-1, 1, 6400), [64, 100]));
  const y = tf.tidy(() => tf.abs(tf.slice(x, [0, 0], [64, 80])));
  const weightsAfter = (recycling: boolean): Float32Array[] => {
    useFastKernels();
    if (!recycling) stopRecycling();
    const model = sequential({
      layers: [
        layers.dense({
          units: 90,
          inputShape: [100],
          kernelInitializer: 'ones',
          activation: activations.leakyRelu(),
        }),
        layers.dense({ units: 80, kernelInitializer: 'ones' }),
      ],
    });
    const optimizer = fastAdam(0.01);
    for (let step = 0; step < 20; step++)
      optimizer
        .minimize(() => tf.losses.meanSquaredError(y, model.apply(x) as tf.Tensor) as tf.Scalar, true)
        ?.dispose();
    const weights = model.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
    model.dispose();
    optimizer.dispose();
    return weights;
  };
  expect(weightsAfter(true)).toEqual(weightsAfter(false));
  tf.dispose([x, y]);
});
