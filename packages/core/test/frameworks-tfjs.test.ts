// The tfjs column of the names table against tfjs itself: its layers' defaults, and the values of every function it names.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import {
  activation,
  type CanonicalName,
  frameworks,
  namesIn,
  vectorActivation,
  vectorActivationNames,
} from '../src/index.js';

type Function = (x: tf.Tensor) => tf.Tensor;

const layer =
  (made: ReturnType<typeof layers.layers.leakyReLU>): Function =>
  (x) =>
    made.apply(x) as tf.Tensor;
const byName = (name: string): Function =>
  layer(layers.layers.activation({ activation: name as 'relu' }) as never);

/** What each name is in tfjs: a layer with its defaults, a function of tfjs-core, or else an activation by name. */
const theirs: Readonly<Record<string, () => Function>> = {
  ReLU: () => layer(layers.layers.reLU() as never),
  LeakyReLU: () => layer(layers.layers.leakyReLU()),
  leakyReLU: () => layer(layers.layers.leakyReLU()),
  leakyRelu: () => (x) => tf.leakyRelu(x),
  PReLU: () => layer(layers.layers.prelu() as never),
  ThresholdedReLU: () => layer(layers.layers.thresholdedReLU() as never),
  ELU: () => layer(layers.layers.elu() as never),
  logSigmoid: () => (x) => tf.logSigmoid(x),
  exp: () => (x) => tf.exp(x),
  step: () => (x) => tf.step(x),
};

const names = (Object.keys(frameworks) as CanonicalName[]).flatMap((name) =>
  namesIn(name, 'tfjs').map((foreign) => ({ name, foreign: foreign.name })),
);

beforeAll(() => tf.setBackend('cpu'));

const x = Float32Array.from({ length: 64 }, (_, i) => (i - 32) / 5);

function expectTheirs(own: Float32Array, f: Function): void {
  const values = tf.tidy(() => f(tf.tensor2d(x, [16, 4])).dataSync());
  for (const [i, v] of values.entries()) {
    // tfjs computes exp(x) − 1, and erf by a formula that is good to 1.5e-7.
    expect(Math.abs(own[i] - v), `at ${x[i]}: ${own[i]}, tfjs ${v}`).toBeLessThanOrEqual(
      1e-6 + 2e-6 * Math.abs(v),
    );
  }
}

it.each(names)('$foreign is $name', ({ name, foreign }) => {
  const options = { framework: 'tfjs' } as const;
  const isVector = (vectorActivationNames as readonly string[]).includes(name);
  const own = isVector
    ? vectorActivation(foreign, { axisLength: 4 }, options).forward(x)
    : activation(foreign, {}, options).forward(x);
  expectTheirs(own, theirs[foreign]?.() ?? byName(foreign));
});

it.each<[string, object, object]>([
  ['ReLU', { maxValue: 3 }, layers.layers.reLU({ maxValue: 3 })],
  ['LeakyReLU', { alpha: 0.7 }, layers.layers.leakyReLU({ alpha: 0.7 })],
  ['ThresholdedReLU', { theta: 2 }, layers.layers.thresholdedReLU({ theta: 2 })],
])('%s takes its parameter %o', (name, params, made) => {
  expectTheirs(activation(name, params, { framework: 'tfjs' }).forward(x), layer(made as never));
});

it('isActivation: of these names tfjs has an activation, and of no other', () => {
  const taken = names.filter(({ name, foreign }) =>
    namesIn(name, 'tfjs').some((known) => known.name === foreign && known.isActivation),
  );
  const registered = names.filter(({ foreign }) => {
    const known = tf.serialization.SerializationMap.getMap().classNameMap[foreign]?.[0];
    return known !== undefined && 'apply' in known.prototype && !('computeOutputShape' in known.prototype);
  });
  expect(taken).toEqual(registered);
  expect(taken).toHaveLength(16);
});
