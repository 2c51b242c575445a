import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import * as r from '../dist/index.js';

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
const [, , backend, u, b, i, reps, stock] = process.argv;
const units = +u,
  batch = +b,
  inputs = +i;
await tf.setBackend(backend);
if (!stock) r.useFastKernels();
const x = tf.randomNormal([batch, inputs]),
  y = tf.randomNormal([batch, units]);
const model = stock
  ? tfl.sequential({
      layers: [tfl.layers.dense({ units, inputShape: [inputs] }), tfl.layers.leakyReLU({ alpha: 0.05 })],
    })
  : tfl.sequential({
      layers: [
        r.layers.dense({
          units,
          inputShape: [inputs],
          activation: r.activations.leakyRelu({ negativeSlope: 0.05 }),
        }),
      ],
    });
model.compile({ optimizer: (stock ? tf.train.adam : r.fastAdam)(0.001), loss: 'meanSquaredError' });
for (let n = 0; n < 20; n++) await model.trainOnBatch(x, y);
const p = await tf.profile(async () => {
  await model.trainOnBatch(x, y);
});
console.log(
  p.kernels
    .map((k) => k.name + ' ' + JSON.stringify(k.inputShapes) + ' ' + k.kernelTimeMs?.toFixed?.(3))
    .join('\n'),
  p.peakBytes,
  Math.max(...p.kernels.map((k) => k.totalTensorsSnapshot)),
);
const s = performance.now();
const N = +reps || 100;
for (let n = 0; n < N; n++) await model.trainOnBatch(x, y);
console.log((performance.now() - s) / N, 'ms a step');
