import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TrainingSet } from './training-set.js';

/** How far a long piece of work has come. */
export interface Progress {
  /** What is being done, for a person to read. */
  readonly task: string;
  readonly epoch: number;
  readonly epochs: number;
}

/** What every experiment takes: someone to tell, and a way to stop it between two epochs. */
export interface Watch {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** When aborted, the experiment rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface TrainingOptions extends Watch {
  readonly task: string;
  readonly epochs: number;
  readonly batchSize: number;
  /** Called after each epoch, to measure. */
  readonly afterEpoch?: (epoch: number) => void;
}

/**
 * Trains a compiled model for some epochs. tfjs's own `fit` shuffles by Math.random, so a seed could not repeat it; here
 * the training set decides the order. The event loop turns after each epoch: a page stays alive and a signal is heard.
 * @internal
 */
export async function train(model: LayersModel, set: TrainingSet, options: TrainingOptions): Promise<void> {
  const { task, epochs, batchSize, signal, onProgress, afterEpoch } = options;
  for (let epoch = 0; epoch < epochs; epoch++) {
    signal?.throwIfAborted();
    const { features, labels } = set.epoch(epoch);
    const whole = [features, labels].map((rows) => tf.tensor(rows.data, [...rows.shape]));
    try {
      for (let start = 0; start < set.rows; start += batchSize) {
        const size = Math.min(batchSize, set.rows - start);
        const batch = whole.map((rows) => tf.slice(rows, start, size));
        try {
          await model.trainOnBatch(batch[0], batch[1]);
        } finally {
          tf.dispose(batch);
        }
      }
    } finally {
      tf.dispose(whole);
    }
    afterEpoch?.(epoch + 1);
    onProgress?.({ task, epoch: epoch + 1, epochs });
    await new Promise((resolve) => setTimeout(resolve));
  }
  signal?.throwIfAborted();
}

/**
 * The model's outputs for some rows, without leaving a tensor behind.
 * @internal
 */
export function predict(
  model: LayersModel,
  rows: { data: Float32Array; shape: readonly number[] },
): Float32Array {
  return tf.tidy(() => {
    const input = tf.tensor(rows.data, [...rows.shape]);
    return (model.predict(input, { batchSize: rows.shape[0] }) as tf.Tensor).dataSync<'float32'>();
  });
}
