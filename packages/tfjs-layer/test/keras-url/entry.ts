// Loads models by URL in a page, for keras-url.test.ts.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { loadKerasModel } from '../../src/index.js';

/** The model's output for an input, or the error's name and message; and how many tensors are left. */
async function predict(url: string, input: number[][]): Promise<{ got: number[] | string; left: number }> {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const got = await load(url, input).catch(({ name, message }: Error) => `${name}: ${message}`);
  return { got, left: tf.memory().numTensors - before };
}

async function load(url: string, input: number[][]): Promise<number[]> {
  const model = await loadKerasModel(url);
  const output = tf.tidy(() => Array.from((model.predict(tf.tensor2d(input)) as tf.Tensor).dataSync()));
  for (const weight of new Set(model.weights)) weight.dispose();
  return output;
}

export const checks = { predict };
export type Checks = typeof checks;
Object.assign(globalThis, { checks });
