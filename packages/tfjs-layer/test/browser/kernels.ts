// tfjs's own operations with useFastKernels(), and our kernels in all shapes.
import * as core from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers, useFastKernels, useStockKernels } from '../../src/index.js';

type Op = (x: tf.Tensor) => tf.Tensor;
const EDGES = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, -2, -1e-6, 0, 3, 7];

const rounded = (values: ArrayLike<number>) =>
  Array.from(values, (value) => `${Number(value.toPrecision(5))}`);
async function textOf(make: () => tf.Tensor): Promise<string> {
  const t = tf.tidy(make);
  const values = await t.data();
  t.dispose();
  return rounded(values).join(' ');
}

/** tfjs's operations whose kernels are replaced, with what core says. */
const OPERATIONS: Record<string, [Op, core.Activation]> = {
  leakyRelu: [(x) => tf.leakyRelu(x, 0.05), core.leakyRelu({ negativeSlope: 0.05 })],
  prelu: [(x) => tf.prelu(x, tf.tensor1d([0.25])), core.prelu()],
  relu: [tf.relu, core.relu()],
  relu6: [tf.relu6, core.relu6()],
  elu: [tf.elu, core.elu()],
  selu: [tf.selu, core.selu()],
  softplus: [tf.softplus, core.softplus()],
};
/** Activations fused with a product. */
const FUSED: Record<string, core.Activation> = {
  leakyrelu: core.leakyRelu({ negativeSlope: 0.05 }),
  prelu: core.prelu(),
  relu: core.relu(),
  relu6: core.relu6(),
  elu: core.elu(),
  sigmoid: core.sigmoid(),
};

type Sizes = readonly [rows: number, inner: number, columns: number];
const SMALL: Sizes = [8, 1, 3];
/** On WebGPU each of these goes to another program: of few places, of vectors of 4, and one that splits a long inner axis. */
const LARGE: readonly Sizes[] = [
  [16, 3, 15],
  [256, 4, 256],
  [8, 2000, 17],
];

export interface Seen {
  got: string;
  want: string;
}

/** tfjs's operations at ±∞, NaN and elsewhere: values and gradients. */
async function operations(): Promise<Record<string, Seen>> {
  const seen: Record<string, Seen> = {};
  const x = tf.tensor2d(EDGES, [4, 2]);
  const values = Float32Array.from(EDGES);
  const ones = new Float32Array(EDGES.length).fill(1);
  for (const [name, [op, f]] of Object.entries(OPERATIONS)) {
    seen[name] = { got: await textOf(() => op(x)), want: rounded(f.forward(values)).join(' ') };
    seen[`gradient of ${name}`] = {
      got: await textOf(() => tf.grad(op)(x)),
      want: rounded(f.backward(values, ones)).join(' '),
    };
  }
  seen['a product of sigmoids over an odd axis'] = {
    got: await textOf(() => {
      const half = tf.sigmoid(tf.zeros<tf.Rank.R2>([33, 21]));
      return tf.max(tf.matMul(half, half, true, false));
    }),
    want: '8.25',
  };
  x.dispose();
  return seen;
}

/** The activations fused with a product, likewise. */
async function fused(): Promise<Record<string, Seen>> {
  const seen: Record<string, Seen> = {};
  for (const [activation, f] of Object.entries(FUSED))
    for (const sizes of activation === 'leakyrelu' ? [SMALL, ...LARGE] : [SMALL]) {
      const [rows, inner, columns] = sizes;
      const got = await textOf(() => {
        const first = tf.tile(tf.tensor2d(EDGES, [8, 1]), [rows / 8, 1]);
        const a = tf.pad(first, [
          [0, 0],
          [0, inner - 1],
        ]) as tf.Tensor2D;
        const b = tf.pad(tf.ones([1, columns]), [
          [0, inner - 1],
          [0, 0],
        ]) as tf.Tensor2D;
        const slopes = activation === 'prelu' && { preluActivationWeights: tf.fill([columns], 0.25) };
        const bias = tf.zeros([columns]);
        const leakyreluAlpha = 0.05;
        const y = tf.fused.matMul({
          a,
          b,
          bias,
          activation: activation as 'relu',
          leakyreluAlpha,
          ...slopes,
        });
        return tf.slice(y, [rows - 8, columns - 1], [8, 1]);
      });
      const want = rounded(f.forward(Float32Array.from(EDGES))).join(' ');
      seen[`${activation} fused with [${rows}, ${inner}] · [${inner}, ${columns}]`] = { got, want };
    }
  return seen;
}

/** What tfjs gives, what it gives with our kernels, and what its operations give once its own are back. */
export async function fastKernels(): Promise<Record<'stock' | 'fast' | 'after', Record<string, Seen>>> {
  const stock = { ...(await operations()), ...(await fused()) };
  try {
    useFastKernels();
    const fast = { ...(await operations()), ...(await fused()) };
    useStockKernels();
    return { stock, fast, after: await operations() };
  } finally {
    useStockKernels();
  }
}

const SHAPES = [
  [],
  [1],
  [3],
  [0],
  [5, 3],
  [1, 7],
  [2, 3, 5],
  [3, 2, 3, 5],
  [2, 1, 3, 2, 3],
  [1, 2, 3, 1, 2, 3],
];

/** The largest error of σ, forward and backward, in each shape; f(0) and f′(0) are not 0, so what lies outside must not show. */
export async function shapes(): Promise<Record<string, number>> {
  const errors: Record<string, number> = {};
  const layer = layers.activation({ activation: 'sigmoid' });
  const op: Op = (x) => layer.apply(x) as tf.Tensor;
  const sigmoid = core.sigmoid();
  for (const shape of SHAPES) {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i + 1));
    const tensors = tf.tidy(() => [op(tf.tensor(values, shape)), tf.grad(op)(tf.tensor(values, shape))]);
    const [y, dx] = (await Promise.all(tensors.map((t) => t.data()))) as [Float32Array, Float32Array];
    const error = (got: Float32Array, want: Float32Array) =>
      Math.max(0, ...got.map((value, i) => Math.abs(value - (want[i] as number))));
    errors[`[${shape}]`] = Math.max(
      y.length - values.length,
      error(y, sigmoid.forward(values)),
      error(dx, sigmoid.backward(values, new Float32Array(values.length).fill(1))),
    );
    tf.dispose(tensors);
  }
  const product = tf.tidy(() => {
    const half = op(tf.zeros([33, 21]));
    return tf.matMul(half, half, true, false);
  });
  errors['a product over odd axes'] = Math.max(
    ...(await product.data()).map((value) => Math.abs(value - 33 / 4)),
  );
  const whole = tf.tidy(() => op(tf.tensor1d([-3, 0, 2], 'int32')));
  errors.int32 = Math.max(
    ...(await whole.data()).map((value, i) => Math.abs(value - sigmoid([-3, 0, 2][i] as number))),
  );
  const slice = tf.tidy(() => op(tf.slice(tf.tensor1d([9, 8, 7, -3, 0, 2, 4]), [3], [3])));
  errors['a slice'] = Math.max(
    ...(await slice.data()).map((value, i) => Math.abs(value - sigmoid([-3, 0, 2][i] as number))),
  );
  // More than WebGPU has workgroups in a row, one number a thread.
  const many = tf.tidy(() => tf.slice(op(tf.fill([8_400_001], 2)), [8_400_000], [1]));
  errors['8,400,001 numbers'] = Math.abs(((await many.data())[0] as number) - sigmoid(2));
  tf.dispose([product, whole, slice, many]);
  return errors;
}

/** The largest error of the derivative of the derivative, against differences of core's derivative, away from kinks. */
export async function secondDerivatives(): Promise<Record<string, number>> {
  const errors: Record<string, number> = {};
  const values = Float32Array.from({ length: 200 }, (_, i) => (i - 100) / 16 + 1 / 37);
  const h = 1e-5;
  for (const name of core.activationNames)
    for (const params of name === 'gelu' ? [{}, { approximate: 'tanh' }] : [{}]) {
      const f = core.activation(name, params);
      const layer = layers.activation({ activation: f });
      const op: Op = (x) => layer.apply(x) as tf.Tensor;
      const second = tf.tidy(() => tf.grad((x) => tf.grad(op)(x))(tf.tensor1d(values)));
      const got = await second.data();
      second.dispose();
      errors[f.name + JSON.stringify(params)] = Math.max(
        ...got.map((value, i) => {
          const x = values[i] as number;
          return Math.abs(value - (f.derivative(x + h) - f.derivative(x - h)) / (2 * h));
        }),
      );
    }
  return errors;
}
