import { serialization } from '@tensorflow/tfjs-core';
import { LeakyReLU } from './layers/leaky-relu.js';
import { ReplicaDense } from './layers/replica-dense.js';
import { ReplicaLeakyReLU } from './layers/replica-leaky-relu.js';

/**
 * Makes the layers of this package known to `tf.loadLayersModel`.
 *
 * Their class names start with "Rectify", so that no layer of tfjs is replaced. Calling it again changes nothing.
 */
export function register(): void {
  serialization.registerClass(LeakyReLU);
  serialization.registerClass(ReplicaDense);
  serialization.registerClass(ReplicaLeakyReLU);
}
