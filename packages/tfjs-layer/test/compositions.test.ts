import { activation } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { compose, composed } from '../src/_compositions.js';
import { noTensorLeaks, numbers, plain } from './_setup.js';

noTensorLeaks();

/** float32 kernels of tfjs after one another (softplus and tanh within mish, with cancellation around its zero). */
const TOLERANCE = 5e-6;
const KINKS = [-6, -3, -2, -1, -0.5, -1e-3, 0, 1e-3, 0.5, 1, 2, 3, 6, 7];

describe.each(composed)('%s out of tfjs’s kernels', (name) => {
  it('equals core, value and derivative, at the kinks too', () => {
    const f = activation(name, name === 'relu' ? { negativeSlope: 0.1, maxValue: 6, threshold: 1 } : {});
    const x = Float32Array.from([...KINKS, ...numbers(100, 1).map((v) => 8 * v)]);
    const op = (x: tf.Tensor) => compose(name, x, f.params as Record<string, number | null>);
    tf.tidy(() => {
      const got = [plain(op(tf.tensor1d(x))), plain(tf.grad(op)(tf.tensor1d(x)))];
      const want = [f.forward(x), f.backward(x, new Float32Array(x.length).fill(1))];
      for (const [k, values] of want.entries())
        for (const [i, value] of values.entries())
          expect(Math.abs(got[k]?.[i] - value), `${k ? 'derivative' : 'value'} at ${x[i]}`).toBeLessThan(
            TOLERANCE * Math.max(1, Math.abs(value)),
          );
    });
  });
});

it.each(['relu', 'leaky_relu', 'elu', 'selu', 'celu'])('%s is right at ±∞ and NaN', (name) => {
  const f = activation(name);
  const x = [-Infinity, Infinity, Number.NaN];
  tf.tidy(() => {
    const got = plain(compose(name, tf.tensor1d(x), f.params as Record<string, number | null>));
    expect(got.slice(0, 2).map((v) => Number(v.toFixed(4)))).toEqual(
      [f(-Infinity), Infinity].map((v) => Number(v.toFixed(4))),
    );
    expect(got[2]).toBeNaN();
  });
});
