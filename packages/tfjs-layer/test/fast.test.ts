import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as core from '@rectify/core';
import { leakyRelu } from '@rectify/core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fastAdam, useFastKernels, useStockKernels } from '../src/index.js';
import { EDGES, LOSS, noTensorLeaks, numbers, stockNetwork, train } from './_setup.js';

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

/** Bits, so that −0 is not 0 and NaN is NaN. */
const bits = (x: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(x).buffer)];
/** Long enough for the wasm kernels to be used at all. */
const X = Float32Array.from([...EDGES, ...numbers(6000, 1).map((v) => 5 * v)]);
const finite = X.filter((v) => Number.isFinite(v));
const DY = numbers(X.length, 2);

/** float32 products of rows of 128, summed in another order. */
const PRODUCT = 1e-4;

beforeAll(async () => {
  await tf.setBackend('wasm'); // so that both are loaded
  await tf.ready();
});

describe.each(['cpu', 'wasm'])('useFastKernels on %s', (backend) => {
  beforeEach(async () => {
    useStockKernels();
    await tf.setBackend(backend);
    tf.dispose(tf.relu([0])); // the wasm backend makes a tensor on its first call
  });
  afterEach(useStockKernels);
  noTensorLeaks();

  const run = (f: () => tf.Tensor) => tf.tidy(() => f().dataSync());

  it.each([0.05, 0.3, 1, 2, -0.5])('gives core’s leakyRelu of slope %d, value and gradient', (slope) => {
    useFastKernels();
    const f = leakyRelu({ negativeSlope: slope });
    const op = (x: tf.Tensor) => tf.leakyRelu(x, slope);
    expect(bits(run(() => op(tf.tensor1d(X))))).toEqual(bits(f.forward(X)));
    expect(bits(run(() => tf.grad(op)(tf.tensor1d(X), tf.tensor1d(DY))))).toEqual(bits(f.backward(X, DY)));
  });

  // A float32 slope, since tfjs's cpu multiplies by the float64 one; finite, since tfjs's gradient takes the slope at NaN.
  it.each([0.25, Math.fround(0.05)])('gives tfjs’s leakyRelu of slope %d bit for bit', (slope) => {
    const op = (x: tf.Tensor) => tf.leakyRelu(x, slope);
    const both = () => [
      bits(run(() => op(tf.tensor1d(X)))),
      bits(run(() => tf.grad(op)(tf.tensor1d(finite), tf.tensor1d(DY.subarray(0, finite.length))))),
    ];
    const stock = both();
    useFastKernels();
    expect(both()).toEqual(stock);
  });

  it.each([
    ['elu', tf.elu],
    ['selu', tf.selu],
    ['relu', tf.relu],
    ['softplus', tf.softplus],
  ] as const)('gives core’s %s, value and gradient', (name, op) => {
    useFastKernels();
    const f = core.activation(name);
    // tfjs's own relu, which stays on wasm, makes 0 of −0.
    const plain = (values: ArrayLike<number>) => bits(Float32Array.from(values, (v) => v + 0));
    expect(plain(run(() => op(tf.tensor1d(X))))).toEqual(plain(f.forward(X)));
    expect(bits(run(() => tf.grad(op as typeof tf.elu)(tf.tensor1d(X), tf.tensor1d(DY))))).toEqual(
      bits(f.backward(X, DY)),
    );
  });

  it('gives core’s tanh', () => {
    useFastKernels();
    expect(bits(run(() => tf.tanh(tf.tensor1d(X))))).toEqual(bits(core.tanh().forward(X)));
  });

  // tfjs's own wasm kernel takes the last axis for that of the slopes, whatever their shape, so its cpu kernel is the truth.
  it.each([
    [[2, 3, 4, 5], [5]],
    [
      [2, 3, 4, 5],
      [3, 4, 5],
    ],
    [
      [2, 3, 4, 5],
      [3, 1, 1],
    ],
    [
      [2, 3, 4, 5],
      [1, 4, 1],
    ],
    [
      [2, 3, 4, 5],
      [3, 1, 5],
    ],
    [
      [2, 3, 4, 5],
      [2, 1, 4, 1],
    ],
    [[2, 3, 4, 5], [1]],
    [[2, 3, 4, 5], []],
    [[60], [60]],
    [[0, 5], [5]],
  ])('gives prelu of shape %s with slopes of shape %s, and both gradients', async (shape, slopes) => {
    const all = () =>
      tf.tidy(() => {
        const x = tf.tensor(numbers(tf.util.sizeFromShape(shape), 1), shape);
        const alpha = tf.tensor(numbers(tf.util.sizeFromShape(slopes), 2), slopes);
        const dy = tf.tensor(numbers(x.size, 3), shape);
        return [tf.prelu(x, alpha), ...tf.grads(tf.prelu)([x, alpha], dy)].map((t) => t.dataSync());
      });
    await tf.setBackend('cpu');
    const stock = all();
    await tf.setBackend(backend);
    useFastKernels();
    for (const [i, values] of all().entries()) {
      expect(values.length).toBe(stock[i].length);
      for (const [j, value] of values.entries()) expect(value).toBeCloseTo(stock[i][j], 5);
    }
  });

  it('leaves int32, empty and short tensors right', () => {
    useFastKernels();
    expect([...run(() => tf.leakyRelu(tf.tensor1d([-2, 3]), 0.5))]).toEqual([-1, 3]);
    expect([...run(() => tf.leakyRelu(tf.tensor1d([]), 0.5))]).toEqual([]);
    expect([...run(() => tf.leakyRelu(tf.cast(tf.tensor1d([-4, 3], 'int32'), 'float32'), 0.5))]).toEqual([
      -2, 3,
    ]);
  });

  it('gives tfjs’s products, plain, transposed and batched', () => {
    const products = () =>
      [false, true].flatMap((ta) =>
        [false, true].map((tb) =>
          run(() => {
            const a = tf.tensor(numbers(64 * 128, 3), ta ? [128, 64] : [64, 128]) as tf.Tensor2D;
            const b = tf.tensor(numbers(96 * 128, 4), tb ? [96, 128] : [128, 96]) as tf.Tensor2D;
            return tf.matMul(a, b, ta, tb);
          }),
        ),
      );
    const stock = products();
    useFastKernels();
    for (const [i, values] of products().entries())
      for (const [j, value] of values.entries())
        expect(Math.abs(value - stock[i]?.[j])).toBeLessThan(PRODUCT);
  });

  it.each([
    [
      [3, 40, 50],
      [3, 50, 60],
    ],
    [
      [1, 40, 50],
      [3, 50, 60],
    ],
    [
      [2, 1, 40, 50],
      [1, 3, 50, 60],
    ],
    [
      [2, 1, 4, 5],
      [1, 3, 5, 6],
    ],
    [
      [4, 5, 6],
      [4, 6, 7],
    ],
    [
      [2, 0, 6],
      [2, 6, 7],
    ],
    [
      [2, 5, 0],
      [2, 0, 7],
    ],
  ])('gives batched products of %s and %s, either transposed', (shapeA, shapeB) => {
    const turned = (shape: number[], turn: boolean) => [
      ...shape.slice(0, -2),
      ...(turn ? shape.slice(-2).reverse() : shape.slice(-2)),
    ];
    /** Sums in float64, as the definition has them. */
    const truth = (a: tf.Tensor, b: tf.Tensor) => {
      const [wholeA, wholeB] = [a, b].map((x) => x.arraySync() as never);
      const at = (x: unknown, index: number[]): unknown =>
        index.reduce(
          (part: unknown, i) => (part as unknown[])[Math.min(i, (part as unknown[]).length - 1)],
          x,
        );
      const leading = tf.broadcast_util.assertAndGetBroadcastShape(
        a.shape.slice(0, -2),
        b.shape.slice(0, -2),
      );
      const [rows, inner, columns] = [a.shape.at(-2), a.shape.at(-1), b.shape.at(-1)] as number[];
      const values: number[] = [];
      for (let index = 0; index < tf.util.sizeFromShape(leading); index++) {
        const where = tf.util.indexToLoc(index, leading.length, tf.util.computeStrides(leading));
        const [x, y] = [at(wholeA, where), at(wholeB, where)] as number[][][];
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++)
            values.push(
              Array.from({ length: inner }, (_, k) => x[i][k] * y[k][j]).reduce((p, q) => p + q, 0),
            );
      }
      return values;
    };
    useFastKernels();
    for (const ta of [false, true])
      for (const tb of [false, true])
        tf.tidy(() => {
          const make = (shape: number[], turn: boolean, seed: number) =>
            tf.tensor(numbers(tf.util.sizeFromShape(shape), seed), turned(shape, turn));
          const [a, b] = [make(shapeA, ta, 3), make(shapeB, tb, 4)];
          const plain = (x: tf.Tensor, turn: boolean) =>
            turn ? tf.transpose(x, [...x.shape.keys()].slice(0, -2).concat(x.rank - 1, x.rank - 2)) : x;
          const product = tf.matMul(a, b, ta, tb);
          const expected = truth(plain(a, ta), plain(b, tb));
          expect(product.size).toBe(expected.length);
          for (const [i, value] of product.dataSync().entries())
            expect(Math.abs(value - expected[i])).toBeLessThan(PRODUCT);
        });
  });

  it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'gives the fused product with %s, also transposed and with an infinite sum',
    (activation) => {
      useFastKernels();
      tf.tidy(() => {
        const a = tf.tensor2d([1, -2, 3, -4, Infinity, 6], [2, 3]);
        const b = tf.tensor2d([1, 0.5, 1, 0.25, -1, 1], [3, 2]);
        const bias = tf.tensor1d([0.5, -0.5]);
        const leakyreluAlpha = 0.25;
        const preluActivationWeights = tf.tensor1d([0.25, 0.25]);
        const options = { bias, activation, leakyreluAlpha, preluActivationWeights };
        const sums = [1 - 2 - 3 + 0.5, 0.5 - 0.5 + 3 - 0.5, Infinity, Infinity];
        const leaky = activation === 'leakyrelu' || activation === 'prelu';
        const f = leaky ? leakyRelu({ negativeSlope: 0.25 }) : core.activation(activation);
        const plain = tf.fused.matMul({ a, b, ...options });
        const turned = tf.fused.matMul({
          a: tf.transpose(a),
          b: tf.transpose(b),
          transposeA: true,
          transposeB: true,
          ...options,
        });
        for (const y of [plain, turned])
          for (const [i, value] of y.dataSync().entries()) expect(value).toBeCloseTo(f(sums[i]), 6);
      });
    },
  );

  it('can be asked for twice, and is undone', () => {
    const before = [tf.getKernel('LeakyRelu', backend), tf.getGradient('LeakyRelu')];
    const names = useFastKernels();
    expect(names).toContain(`${backend} LeakyRelu`);
    expect(useFastKernels()).toEqual(names);
    expect(tf.getKernel('LeakyRelu', backend)).not.toBe(before[0]);
    useStockKernels();
    expect([tf.getKernel('LeakyRelu', backend), tf.getGradient('LeakyRelu')]).toEqual(before);
    useStockKernels();
  });

  it('and fastAdam train as stock, losses equal to 5 decimals over 100 steps', async () => {
    const stock = await train(stockNetwork(), tf.train.adam(0.01));
    const adam = await train(stockNetwork(), fastAdam(0.01));
    useFastKernels();
    const kernels = await train(stockNetwork(), tf.train.adam(0.01));
    const all = await train(stockNetwork(), fastAdam(0.01));
    for (const { losses, state } of [adam, kernels, all]) {
      expect(state).toBe(stock.state);
      for (const [i, loss] of losses.entries())
        expect(Math.abs(loss - stock.losses[i]), `step ${i}`).toBeLessThan(LOSS);
    }
    expect(stock.losses.at(-1)).toBeLessThan(stock.losses[0] / 10);
  });
});

it.each([
  [Number.NaN, RangeError],
  ['0.01', TypeError],
  [null, TypeError],
])('fastAdam refuses %j', (value, error) => {
  expect(() => fastAdam(value as number)).toThrow(error);
  expect(() => fastAdam(value as number)).toThrow(/learningRate must be/);
  expect(() => fastAdam(0.01, 0.9, value as number)).toThrow(/beta2 must be/);
});

describe('useFastKernels on wasm', () => {
  it('survives the growth of the memory', async () => {
    await tf.setBackend('wasm');
    useFastKernels();
    const size = 3e7; // 120 MB each, above the 16 MB at the start
    tf.tidy(() => {
      const y = tf.leakyRelu(tf.fill([size], -2), 0.5);
      expect(tf.slice(y, [size - 2], [2]).dataSync()).toEqual(Float32Array.of(-1, -1));
    });
    useStockKernels();
  });

  it('gives way to the stock kernels, and says so once, where the memory is out of reach', async () => {
    await tf.setBackend('wasm');
    const { wasm } = tf.backend() as unknown as { wasm: { asm: unknown } };
    const { asm } = wasm;
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    tf.env().set('IS_TEST', false);
    vi.resetModules();
    const fresh = await import('../src/fast/use-fast-kernels.js'); // one that has not seen the memory yet
    try {
      Object.defineProperty(wasm, 'asm', {
        value: { ...(asm as object), memory: undefined },
        configurable: true,
        writable: true,
      });
      fresh.useFastKernels();
      for (let i = 0; i < 3; i++)
        expect(tf.tidy(() => tf.leakyRelu(tf.tensor1d(X), 0.25).dataSync().length)).toBe(X.length);
      expect(warn.mock.calls.filter(([text]) => String(text).includes('@rectify'))).toHaveLength(1);
    } finally {
      Object.defineProperty(wasm, 'asm', { value: asm, configurable: true, writable: true });
      fresh.useStockKernels();
      warn.mockRestore();
    }
  });
});
