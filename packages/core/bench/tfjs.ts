// tfjs on its cpu or its wasm backend; what it has no kernel for is composed as its layers do.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // it registers the gradients
import { data, type Name, report, reportCopy, SIZES, time } from './_measure.js';

const backend = process.argv[2] as string;
const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend(backend);
if (tf.getBackend() !== backend) throw new Error(`tfjs has no backend ${backend} here`);

const functions: Partial<Record<Name, (x: tf.Tensor) => tf.Tensor>> = {
  leaky_relu: (x) => tf.leakyRelu(x, 0.01),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))),
  silu: (x) => tf.mul(x, tf.sigmoid(x)),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  softplus: (x) => tf.softplus(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
};

const contender = `tfjs ${backend}`;
for (const n of SIZES) {
  reportCopy(contender, n);
  const x = tf.tensor1d(data(n));
  const dy = tf.tensor1d(data(n, 2));
  for (const [name, f] of Object.entries(functions) as [Name, (x: tf.Tensor) => tf.Tensor][]) {
    try {
      tf.tidy(() => f(x));
    } catch (error) {
      console.error(`${contender} cannot do ${name}: ${String(error)}`);
      continue;
    }
    report({ contender, name, pass: 'forward', n, milliseconds: time(n, () => tf.tidy(() => void f(x))) });
    if (name !== 'leaky_relu' && name !== 'sigmoid') continue;
    const gradient = tf.grad(f as (x: tf.Tensor) => tf.Tensor);
    const backward = () => tf.tidy(() => void gradient(x, dy));
    report({ contender, name, pass: 'backward', n, milliseconds: time(n, backward) });
  }
  tf.dispose([x, dy]);
}
