import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { leakyRelu } from '@rectify/core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { layers, useFastKernels, useStockKernels } from '../src/index.js';
import { EDGES, numbers } from './_setup.js';

// A file of its own, since a process loads one build of the wasm backend.
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

describe('on tfjs’s wasm backend without SIMD', () => {
  beforeAll(async () => {
    tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
    await tf.setBackend('wasm');
    tf.dispose(tf.relu([0]));
  });

  it('fast kernels give core’s values, and a dense layer its products', () => {
    const x = Float32Array.from([...EDGES, ...numbers(5000, 1)]);
    const f = leakyRelu({ negativeSlope: 0.05 });
    useFastKernels();
    tf.tidy(() => {
      expect(tf.leakyRelu(tf.tensor1d(x), 0.05).dataSync()).toEqual(f.forward(x));
      const layer = layers.dense({ units: 40, kernelInitializer: 'ones', activation: 'relu' });
      expect(new Set((layer.apply(tf.ones([30, 50])) as tf.Tensor).dataSync())).toEqual(new Set([50]));
      layer.dispose();
    });
    useStockKernels();
  });
});
