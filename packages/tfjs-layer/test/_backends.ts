import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import './_setup.js';

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

/** The backends of Node. */
export const BACKENDS = ['cpu', 'wasm'] as const;

/** Makes a backend the current one; its first call makes a tensor of the backend's own, so that call is made here. */
export async function use(backend: (typeof BACKENDS)[number]): Promise<void> {
  await tf.setBackend(backend);
  tf.dispose(tf.relu([0]));
}

/** All that may leak: tensors, data, bytes, and what the backend itself holds. */
export const held = () => {
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  return { numTensors, numDataBuffers, numBytes, ofBackend: tf.backend().numDataIds() };
};
