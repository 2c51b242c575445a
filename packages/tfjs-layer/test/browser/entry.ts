
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { register } from '../../src/index.js';
import { functionErrors } from './functions.js';

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
  functionErrors,
};
export type Checks = typeof checks;
Object.assign(globalThis, { checks });
