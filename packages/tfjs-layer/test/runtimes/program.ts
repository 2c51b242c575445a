// What runs in Node, Deno and Bun: our kernels on both backends, a training and a model of Keras. Prints what came of it as JSON.
import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import {
  activations,
  fastAdam,
  layers,
  loadKerasModel,
  useFastKernels,
  useStockKernels,
} from '../../src/index.js';
import { numbers } from '../_numbers.js';

const [, , wasmFolder = '', archive = ''] = process.argv;
wasm.setWasmPaths(wasmFolder);
const warnings: string[] = [];
console.warn = (text: unknown) => warnings.push(String(text));

const values = (t: tf.Tensor) => Array.from(t.dataSync());
const report: Record<string, object> = {};
for (const backend of ['cpu', 'wasm']) {
  if (!(await tf.setBackend(backend))) throw new Error(`${backend} does not come up`);
  const leaky = () =>
    tf.tidy(() => {
      const x = tf.tensor1d(numbers(5000, 1));
      return [tf.leakyRelu(x, 0.25), tf.grad((x) => tf.leakyRelu(x, 0.25))(x)].map(values);
    });
  const stock = leaky();
  const replaced = useFastKernels().filter((name) => name.startsWith(backend));
  const isSame = JSON.stringify(leaky()) === JSON.stringify(stock);

  const activation = activations.leakyRelu({ negativeSlope: 0.05 });
  const model = sequential({
    layers: [layers.dense({ units: 8, inputShape: [3], activation }), layers.dense({ units: 1 })],
  });
  tf.tidy(() => model.setWeights(model.getWeights().map((w, i) => tf.tensor(numbers(w.size, i), w.shape))));
  model.compile({ optimizer: fastAdam(0.02), loss: 'meanSquaredError' });
  const x = tf.tensor2d(numbers(600, 2), [200, 3]);
  const { history } = await model.fit(x, tf.sum(x, 1, true), { epochs: 3, shuffle: false, verbose: 0 });
  const keras = await loadKerasModel(new Uint8Array(readFileSync(archive)));
  const outputs = values(keras.predict(tf.ones([1, 5])) as tf.Tensor);
  useStockKernels();
  report[backend] = { replaced, isSame, loss: history.loss, outputs };
}
const said = warnings.filter((text) => text.includes('@rectify'));
process.stdout.write(`${JSON.stringify({ report, said })}\n`);
