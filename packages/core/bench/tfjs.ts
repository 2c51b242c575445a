// tfjs on its cpu or its wasm backend.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // it registers the gradients
import { data, type Name, report, reportCopy, SIZES, time } from './_measure.js';
import { type Peer, peers } from './_operators.js';

const backend = process.argv[2];
const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend(backend);
if (tf.getBackend() !== backend) throw new Error(`tfjs has no backend ${backend} here`);

const contender = `tfjs ${backend}`;
for (const n of SIZES) {
  reportCopy(contender, n);
  const x = tf.tensor1d(data(n));
  const dy = tf.tensor1d(data(n, 2));
  for (const [name, { tfjs: f }] of Object.entries(peers) as [Name, Peer][]) {
    if (!f) continue;
    try {
      tf.tidy(() => f(x));
    } catch (error) {
      console.error(`${contender} cannot do ${name}: ${String(error)}`);
      continue;
    }
    report({ contender, name, pass: 'forward', n, ...time(n, () => tf.tidy(() => void f(x))) });
    if (name !== 'leaky_relu' && name !== 'sigmoid') continue;
    const gradient = tf.grad(f);
    const backward = () => tf.tidy(() => void gradient(x, dy));
    report({ contender, name, pass: 'backward', n, ...time(n, backward) });
  }
  tf.dispose([x, dy]);
}
