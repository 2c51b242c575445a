// 20 networks 6→3→3 side by side on the `cpu` backend: ms per training step, median of 15 rounds of 100. Needs the built package.
//   pnpm build && node bench/replicas.mjs
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { fastAdam, layers } from '../dist/index.js';

const K = 20;
await tf.setBackend('cpu');
const x = tf.randomNormal([10, K, 6]);
const y = tf.oneHot(tf.randomUniform([10, K], 0, 3, 'int32'), 3);
const network = (optimizer) => {
  const model = sequential({
    layers: [
      layers.replicaDense({ replicas: K, units: 3, inputShape: [K, 6] }),
      layers.replicaLeakyReLU({ negativeSlopes: Array.from({ length: K }, (_, k) => (k % 2 ? 0.05 : 0)) }),
      layers.replicaDense({ replicas: K, units: 3, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  return model;
};
const ways = { 'tf.train.adam': network(tf.train.adam(0.01)), fastAdam: network(fastAdam(0.01)) };
const times = { 'tf.train.adam': [], fastAdam: [] };
for (let round = -3; round < 15; round++)
  for (const [name, model] of Object.entries(ways)) {
    const start = performance.now();
    for (let i = 0; i < 100; i++) await model.trainOnBatch(x, y);
    if (round >= 0) times[name].push((performance.now() - start) / 100);
  }
for (const [name, all] of Object.entries(times))
  console.log(`${name}: ${all.sort((a, b) => a - b)[7].toFixed(2)} ms a step`);
