import { activation } from '@rectify/core';
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { composed } from '../../src/_compositions.js';
import { activations, layers, register } from '../../src/index.js';

export interface Seen {
  backend: string;
  /** Largest error of value and of derivative against core, relative to the value where that is above 1. */
  errors: Record<string, [value: number, derivative: number]>;
  /** leakyReLU(0.05) at −∞, ∞, NaN and −2, as text. */
  leakyEdges: string[];
  /** tf.leakyRelu itself at the same. */
  stockEdges: string[];
  /** Slopes after save and load by each way of the browser. */
  slopes: Record<string, unknown>;
  leaked: number;
}

const X = Float32Array.from({ length: 401 }, (_, i) => (i - 200) / 25);

async function look(): Promise<Seen> {
  register();
  await tf.setBackend('webgl');
  const before = tf.memory().numTensors;
  const errors: Seen['errors'] = {};
  for (const name of composed) {
    const f = activation(name);
    const layer = layers.activation({ activation: name });
    const op = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
    const got = tf.tidy(() => [
      op(tf.tensor1d(X)).dataSync(),
      tf.grad(op)(tf.tensor1d(X)).dataSync(),
    ]) as unknown as Float32Array[];
    const want = [f.forward(X), f.backward(X, new Float32Array(X.length).fill(1))];
    errors[name] = [0, 1].map((k) =>
      Math.max(
        ...Array.from(
          want[k] as Float32Array,
          (value, i) => Math.abs(value - got[k]?.[i]) / Math.max(1, Math.abs(value)),
        ),
      ),
    ) as [number, number];
  }
  // Four at least, for the packed programs.
  const edges = [-Infinity, Infinity, Number.NaN, -2];
  const text = (f: (x: tf.Tensor) => tf.Tensor) =>
    [...(tf.tidy(() => f(tf.tensor2d(edges, [2, 2])).dataSync() as never) as Float32Array)].map(String);
  const leaky = layers.leakyReLU({ negativeSlope: 0.5 });
  const leakyEdges = text((x) => leaky.apply(x) as tf.Tensor);
  const stockEdges = text((x) => tf.leakyRelu(x, 0.5));
  const slopes: Seen['slopes'] = {};
  for (const url of ['localstorage://model', 'indexeddb://model']) {
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({
          units: 1,
          inputShape: [1],
          activation: activations.leakyRelu({ negativeSlope: 0.07 }),
        }),
      ],
    });
    await model.save(url);
    const loaded = await tfl.loadLayersModel(url);
    slopes[url] = (
      loaded.layers[0] as unknown as { activation: activations.TensorActivation }
    ).activation.function.params;
    model.dispose();
    loaded.dispose();
  }
  return {
    backend: tf.getBackend(),
    errors,
    leakyEdges,
    stockEdges,
    slopes,
    leaked: tf.memory().numTensors - before,
  };
}

Object.assign(globalThis, { look });
