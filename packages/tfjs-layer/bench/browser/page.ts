import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { steps } from './steps.js';

Object.assign(globalThis, { checks: { start: (backend: string) => tf.setBackend(backend), steps } });
