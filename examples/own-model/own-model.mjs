import { analyse, parseArm } from '@rectify/experiment';
import { layers } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { random, size } from './images.mjs';

/** The model, as you would write it, with the activation as an argument. Every arm of a seed starts from the same weights. */
function convolutionalModel(activation, seed) {
  const glorot = (layer) => tfl.initializers.glorotUniform({ seed: 10 * seed + layer });
  const model = tfl.sequential({
    layers: [
      tfl.layers.conv2d({
        inputShape: [size, size, 1],
        filters: 4,
        kernelSize: 3,
        kernelInitializer: glorot(1),
      }),
      layers.activation({ activation }),
      tfl.layers.maxPooling2d({ poolSize: 2 }),
      tfl.layers.flatten(),
      tfl.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: glorot(2) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });
  return model;
}

/** A split for each seed: a quarter of the images is held out, and the order of the others is drawn. */
function split(count, seed) {
  const draw = random(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return { test: order.slice(0, count / 4), train: order.slice(count / 4) };
}

/**
 * Trains the model once for each arm and seed, keeps what each run said of its held-out images, and asks for the verdict.
 *
 * @param {{ images: Float32Array[], labels: number[] }} data
 * @param {{ arms?: string[], seeds?: number, epochs?: number, onRun?: (arm: string, seed: number) => void }} options
 */
export async function ownModel(data, options = {}) {
  const { arms = ['relu', 'leaky_relu:0.1', 'tanh'], seeds = 10, epochs = 5, onRun } = options;
  const tensors = (rows) => [
    tf.tensor4d(Float32Array.from(rows.flatMap((row) => [...data.images[row]])), [
      rows.length,
      size,
      size,
      1,
    ]),
    tf.oneHot(
      tf.tensor1d(
        rows.map((row) => data.labels[row]),
        'int32',
      ),
      2,
    ),
  ];
  const outcomes = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { train, test } = split(data.images.length, seed);
    for (const arm of arms) {
      const model = convolutionalModel(parseArm(arm).activation, seed);
      const [x, y, held] = [...tf.tidy(() => tensors(train)), tf.tidy(() => tensors(test)[0])];
      await model.fit(x, y, { epochs, batchSize: 16, shuffle: false, verbose: 0 });
      const probabilities = tf.tidy(() => model.predict(held).dataSync());
      // units: which images these are, so that an image that several seeds held out counts as one.
      outcomes.push({ arm, seed, units: test, truth: test.map((row) => data.labels[row]), probabilities });
      model.optimizer.dispose();
      model.dispose();
      tf.dispose([x, y, held]);
      onRun?.(arm, seed);
    }
  }
  return analyse(outcomes, { unit: 'image' });
}
