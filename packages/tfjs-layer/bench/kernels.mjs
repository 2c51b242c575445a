// Stock kernels and ours side by side in one process: medians of 15 runs, random signs. Needs the built package.
//   pnpm build && node bench/kernels.mjs
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import * as rectify from '../dist/index.js';

const RUNS = 15;
const { useFastKernels, useStockKernels } = rectify;
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians in ms of several ways to do the same, run in turn; each run repeats a short one. */
async function compare(ways, repeat) {
  const times = ways.map(() => []);
  for (let run = -3; run < RUNS; run++)
    for (const [i, way] of ways.entries()) {
      await way.before?.();
      const start = performance.now();
      for (let n = 0; n < repeat; n++) await way.run();
      if (run >= 0) times[i].push((performance.now() - start) / repeat);
      way.after?.();
    }
  return times.map(median);
}

const row = (name, [stock, ...ours]) =>
  console.log(
    `| ${name} | ${stock.toPrecision(3)} | ${ours.map((ms) => `${ms.toPrecision(3)} (${(stock / ms).toFixed(1)}×)`).join(' | ')} |`,
  );

async function elementwise(backend, size) {
  await tf.setBackend(backend);
  const x = tf.randomNormal([size]);
  const dy = tf.randomNormal([size]);
  const repeat = Math.max(1, Math.min(300, Math.floor(3e6 / size)));
  const both = (run) => [
    { before: useStockKernels, run },
    { before: useFastKernels, run },
  ];
  const value = () => tf.leakyRelu(x, 0.05).dispose();
  const gradient = tf.grad((x) => tf.leakyRelu(x, 0.05));
  row(`${backend} leakyRelu ${size.toExponential()}`, await compare(both(value), repeat));
  row(
    `${backend} tf.grad of it ${size.toExponential()}`,
    await compare(
      both(() => gradient(x, dy).dispose()),
      repeat,
    ),
  );
  tf.dispose([x, dy]);
}

async function steps(backend, units, batch, inputs = units) {
  await tf.setBackend(backend);
  const x = tf.randomNormal([batch, inputs]);
  const y = tf.randomNormal([batch, units]);
  const network = (dense, adam) => {
    const options = { units, inputShape: [inputs], kernelInitializer: 'heNormal' };
    const model = sequential({
      layers:
        dense === layers.dense
          ? [dense(options), layers.leakyReLU({ alpha: 0.05 })]
          : [dense({ ...options, activation: rectify.activations.leakyRelu({ negativeSlope: 0.05 }) })],
    });
    model.compile({ optimizer: adam(0.001), loss: 'meanSquaredError' });
    return () => model.trainOnBatch(x, y);
  };
  const repeat = units < 100 ? 100 : units < 500 ? 5 : 1;
  const ways = [
    { before: useStockKernels, run: network(layers.dense, tf.train.adam) },
    { before: useFastKernels, run: network(layers.dense, tf.train.adam) },
  ];
  ways.push({ before: useFastKernels, run: network(rectify.layers.dense, rectify.fastAdam) });
  row(`${backend} step ${inputs}→${units} batch ${batch}`, await compare(ways, repeat));
  tf.dispose([x, y]);
}

console.log('| | stock ms | useFastKernels | with fastAdam |\n| --- | --- | --- | --- |');
for (const backend of ['wasm', 'cpu']) for (const size of [1e3, 1e5, 1e7]) await elementwise(backend, size);
await steps('wasm', 3, 10, 6);
await steps('wasm', 256, 128);
await steps('wasm', 1024, 512);
await steps('cpu', 3, 10, 6);
await steps('cpu', 256, 128);
