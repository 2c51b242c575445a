// tfjs's wasm backend in an isolated page, where it takes its threaded build, whose memory is out of reach.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { activations, layers, useFastKernels, useStockKernels } from '../../src/index.js';

export interface SeenThreads {
  isolated: boolean;
  threads: boolean;
  leaky: number[];
  dense: number[];
  denseGradient: number[];
  warnings: string[];
}

async function lookAtThreads(): Promise<SeenThreads> {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (...args: unknown[]) => warnings.push(args.join(' '));
  setWasmPaths('/wasm/');
  await tf.setBackend('wasm');
  useFastKernels();
  const size = 5000;
  const seen = tf.tidy(() => {
    const leaky = [1, 2, 3].map(() => tf.leakyRelu(tf.fill([size], -2), 0.25).dataSync()[size - 1]);
    const layer = layers.dense({
      units: 2,
      kernelInitializer: 'ones',
      activation: activations.leakyRelu({ negativeSlope: 0.5 }),
    });
    const x = tf.tensor2d([1, 2, -1, -2], [2, 2]);
    const dense = [...(layer.apply(x) as tf.Tensor).dataSync()];
    const denseGradient = [
      ...tf
        .grad((x) => layer.apply(x) as tf.Tensor)(x)
        .dataSync(),
    ];
    layer.dispose();
    return { leaky, dense, denseGradient };
  });
  useStockKernels();
  console.warn = warn;
  const { wasm } = tf.backend() as unknown as { wasm: object };
  return { isolated: crossOriginIsolated, threads: 'PThread' in wasm, ...seen, warnings };
}

Object.assign(globalThis, { checks: { lookAtThreads } });
