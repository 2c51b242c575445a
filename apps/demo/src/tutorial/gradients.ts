import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { Rows } from './training-set.js';

/** The gradient of a loss for one layer's weights, in figures. */
export interface WeightGradient {
  /** `hidden layer, weights`; what tfjs calls them counts on with each network that is made. */
  readonly name: string;
  /** How many numbers there are. */
  readonly size: number;
  /** Greatest |∂loss/∂w| of them. */
  readonly largest: number;
}

/** Loss of a truth and outputs, each `[rows, columns]`, for each row. */
export type Loss = (truth: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/** ∂loss/∂w on these rows for every weight of a model, as training would take it. */
export function weightGradients(
  model: tfl.LayersModel,
  loss: Loss,
  features: Rows,
  labels: Rows,
): WeightGradient[] {
  return tf.tidy(() => {
    const x = tf.tensor(features.data, [...features.shape]);
    const truth = tf.tensor(labels.data, [...labels.shape]);
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const { grads } = tf.variableGrads(
      () => tf.mean(loss(truth, model.apply(x, { training: true }) as tf.Tensor)) as tf.Scalar,
      variables,
    );
    const names = weightNames(model);
    return model.trainableWeights.map((_, i) => {
      const gradient = grads[variables[i].name];
      return {
        name: names[i],
        size: variables[i].size,
        largest: gradient ? tf.max(tf.abs(gradient)).dataSync()[0] : 0,
      };
    });
  });
}

/** What the trainable weights of a model are, in their order: those of the hidden layers, then of the outputs. */
function weightNames({ layers }: tfl.LayersModel): string[] {
  const counts = layers.map(({ trainableWeights }) => trainableWeights.length).filter((count) => count > 0);
  return counts.flatMap((count, l) => {
    const layer = l < counts.length - 1 ? 'hidden layer' : 'output';
    return Array.from({ length: count }, (_, i) => `${layer}, ${i === 0 ? 'weights' : 'biases'}`);
  });
}
