import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { SIZES, steps } from '../../bench/browser/steps.js';
import { register } from '../../src/index.js';
import { functionErrors } from './functions.js';
import { fastKernels, secondDerivatives, shapes } from './kernels.js';
import { layerErrors } from './layers.js';
import { slopesAfterSaving } from './saving.js';

register();
const checks = {
  /** Makes the backend the one in use; false where it does not come up. */
  start: async (backend: string): Promise<boolean> => {
    try {
      return await tf.setBackend(backend);
    } catch {
      return false;
    }
  },
  tensors: () => tf.memory().numTensors,
  fastKernels,
  functionErrors,
  kernelsPerStep: () => steps(0, SIZES.slice(0, 1)),
  layerErrors,
  secondDerivatives,
  shapes,
  slopesAfterSaving,
};
export type Checks = typeof checks;
Object.assign(globalThis, { checks });
