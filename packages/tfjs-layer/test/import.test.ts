// A file of its own, since it must be the first to import the package. There is no backend: any kernel would throw.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';

const { classNameMap } = tf.serialization.SerializationMap.getMap();
const { registryFactory, state } = tf.engine();
const all = () => ({
  classes: { ...classNameMap },
  kernels: ['cpu', 'wasm', 'webgl', 'webgpu'].flatMap((backend) => tf.getKernelsForBackend(backend)),
  gradients: ['LeakyRelu', 'Selu', 'Elu', 'Prelu', 'BatchMatMul', '_FusedMatMul'].map(tf.getGradient),
  backends: Object.keys(registryFactory),
  backend: state.numTensors + state.numDataBuffers,
  globals: Object.getOwnPropertyNames(globalThis).sort(),
});

it('the import registers nothing, makes no tensor and leaves no global', async () => {
  const before = all();
  const { register } = await import('../src/index.js');
  expect(all()).toEqual(before);
  register(); // so that the comparison can fail
  expect(all().classes).not.toEqual(before.classes);
  const { sideEffects } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(sideEffects).toBe(false);
});
