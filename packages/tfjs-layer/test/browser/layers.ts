import * as core from '@rectify/core';
import { leakyRelu, preluPerChannel, preluSlopeGradient, vectorActivation } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import type { layers as tfl } from '@tensorflow/tfjs-layers';
import { activation, layers } from '../../src/index.js';

type Layer = tfl.Layer;
type Op = (x: tf.Tensor) => tf.Tensor;

/** Numbers in [−3, 3) from a seed, none within 1/16 of a kink of the functions below. */
function numbers(length: number, seed: number): Float32Array {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (6 * state) / 2 ** 32 - 3;
  };
  return Float32Array.from({ length }, () => {
    let value = next();
    while ([-1, -0.5, 0, 0.5, 1, 2].some((kink) => Math.abs(value - kink) < 1 / 16)) value = next();
    return value;
  });
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number)) / Math.max(1, Math.abs(value))));

export interface GradientErrors {
  core: number;
  finiteDifferences: number;
  value: number;
}

/** Half the width of a finite difference; with float32 outputs its own error is near 1e-4. */
const H = 1 / 128;

/** The gradient in x of Σ dy · op(x) by differences of the op's values; an element changes nothing beyond its row. */
function differences(op: Op, x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  const columns = x.shape.at(-1) as number;
  const loss = (moved: tf.Tensor) => tf.sum(tf.mul(op(tf.add(x, moved)), dy), -1);
  const column = (j: number) => {
    const step = tf.mul(tf.oneHot(j, columns), H);
    return tf.div(tf.sub(loss(step), loss(tf.neg(step))), 2 * H);
  };
  return tf.stack(
    Array.from({ length: columns }, (_, j) => column(j)),
    -1,
  );
}

/** A layer's value and gradient in x against core's and against differences of its own values. */
async function errorsOf(
  op: Op,
  want: { value: Float32Array; gradient: Float32Array },
  x: tf.Tensor,
  dy: tf.Tensor,
): Promise<GradientErrors> {
  const tensors = tf.tidy(() => [op(x), tf.grad(op)(x, dy), differences(op, x, dy)]);
  const [value, gradient, about] = (await Promise.all(tensors.map((t) => t.data()))) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  tf.dispose(tensors);
  return {
    value: largest(want.value, value),
    core: largest(want.gradient, gradient),
    finiteDifferences: largest(about, gradient),
  };
}

/** Odd in both of the axes that WebGL packs, and of 4 dimensions. */
const SHAPE: [number, number, number, number] = [3, 2, 3, 5];
const SIZE = 90;

/** Each layer of ours; `made` gives the layer, built, and what core says of it. */
export async function layerErrors(): Promise<Record<string, GradientErrors>> {
  const values = numbers(SIZE, 1);
  const dys = numbers(SIZE, 2);
  const x = tf.tensor(values, SHAPE);
  const dy = tf.tensor(dys, SHAPE);
  const errors: Record<string, GradientErrors> = {};
  const by = (f: core.Activation) => ({ value: f.forward(values), gradient: f.backward(values, dys) });
  const opOf =
    (layer: Layer, kwargs?: object): Op =>
    (x) =>
      layer.apply(x, kwargs) as tf.Tensor;
  const elementwise: [string, Layer, core.Activation][] = [
    ['leakyReLU', layers.leakyReLU({ negativeSlope: 0.05 }), leakyRelu({ negativeSlope: 0.05 })],
    ['leakyReLU, slope 0', layers.leakyReLU({ negativeSlope: 0 }), leakyRelu({ negativeSlope: 0 })],
    [
      'reLU',
      layers.reLU({ negativeSlope: 0.1, maxValue: 2, threshold: 0.5 }),
      core.relu({ negativeSlope: 0.1, maxValue: 2, threshold: 0.5 }),
    ],
    ['elu', layers.elu({ alpha: 0.7 }), core.elu({ alpha: 0.7 })],
    ['rrelu in prediction', layers.rrelu(), core.rrelu()],
    [
      'replicaLeakyReLU',
      layers.replicaLeakyReLU({ negativeSlopes: [0.3, 0.3] }),
      leakyRelu({ negativeSlope: 0.3 }),
    ],
    ...core.activationNames.map((name): [string, Layer, core.Activation] => [
      `activation ${name}`,
      layers.activation({ activation: name }),
      core.activation(name),
    ]),
  ];
  for (const [name, layer, f] of elementwise) errors[name] = await errorsOf(opOf(layer), by(f), x, dy);

  const rrelu = layers.rrelu({ lower: 0.2, upper: 0.2 });
  errors['rrelu in training'] = await errorsOf(
    opOf(rrelu, { training: true }),
    by(leakyRelu({ negativeSlope: 0.2 })),
    x,
    dy,
  );

  for (const [name, sharedAxes, slopes] of [
    ['prelu, a slope for each channel', [1, 2], [-0.5, 0, 0.25, 0.5, 1.5]],
    ['prelu, one slope', [1, 2, 3], [0.25]],
  ] as const) {
    const layer = layers.prelu({ sharedAxes: [...sharedAxes] });
    layer.build([null, ...SHAPE.slice(1)]);
    const alpha = tf.tensor([...slopes], layer.alpha.shape as number[]);
    layer.setWeights([alpha]);
    const perChannel = preluPerChannel(Float32Array.from(slopes));
    const want = { value: perChannel.forward(values), gradient: perChannel.backward(values, dys) };
    errors[name] = await errorsOf(opOf(layer), want, x, dy);
    const loss = () => tf.sum(tf.mul(opOf(layer)(x), dy)) as tf.Scalar;
    const { value, grads } = tf.variableGrads(loss);
    const [slope] = Object.values(grads) as [tf.Tensor];
    const is = (await slope.data()) as Float32Array;
    const truth =
      slopes.length === 1 ? [preluSlopeGradient(values, dys)] : perChannel.slopeGradient(values, dys);
    // The loss is linear in a slope: a wide difference is exact but for rounding.
    const about = tf.tidy(() => {
      const difference = tf.div(tf.sub(tf.prelu(x, tf.add(alpha, 1)), tf.prelu(x, tf.sub(alpha, 1))), 2);
      return tf.sum(tf.mul(dy, difference), slopes.length === 1 ? [0, 1, 2, 3] : [0, 1, 2]);
    });
    errors[`${name}: the slopes`] = {
      value: 0,
      core: largest(truth, is),
      finiteDifferences: largest((await about.data()) as Float32Array, is),
    };
    about.dispose();
    tf.dispose([alpha, value, slope]);
    for (const weight of layer.trainableWeights) weight.dispose();
  }

  // The unit matrix as the kernel: so each output is the activation of one input plus its bias.
  for (const f of [leakyRelu({ negativeSlope: 0.05 }), core.relu(), core.elu(), core.gelu(), core.linear()])
    for (const train of [true, false]) {
      const dense = layers.dense({ units: 5, activation: activation(f), kernelInitializer: 'identity' });
      const flat: Op = (x) => dense.apply(tf.reshape(x, [SIZE / 5, 5])) as tf.Tensor;
      const op: Op = (x) => tf.reshape(flat(x), SHAPE);
      const name = `dense with ${f.name}, ${train ? 'in training' : 'in prediction'}`;
      if (train) errors[name] = await errorsOf(op, by(f), x, dy);
      else {
        const y = tf.tidy(() => op(x));
        errors[name] = {
          value: largest(by(f).value, (await y.data()) as Float32Array),
          core: 0,
          finiteDifferences: 0,
        };
        y.dispose();
      }
      for (const weight of dense.trainableWeights) weight.dispose();
    }

  const softmax = vectorActivation('softmax');
  const rows = (run: (x: Float32Array, dy: Float32Array) => Float32Array) =>
    Float32Array.from(
      Array.from({ length: SIZE / 5 }, (_, row) => [
        ...run(values.slice(5 * row, 5 * row + 5), dys.slice(5 * row, 5 * row + 5)),
      ]).flat(),
    );
  const want = { value: rows((x) => softmax.forward(x)), gradient: rows((x, dy) => softmax.backward(x, dy)) };
  errors.softmax = await errorsOf(opOf(layers.softmax()), want, x, dy);
  tf.dispose([x, dy]);
  return errors;
}
