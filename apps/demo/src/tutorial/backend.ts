import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';

/**
 * Puts tfjs on its plain JavaScript backend, the one whose sums are the same in Node and in every browser, so that one
 * seed gives one result. Production mode keeps tfjs from advising tfjs-node, which would not.
 */
export async function useReproducibleBackend(): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  await tf.ready();
}
