import { layers as stock } from '@tensorflow/tfjs-layers';
import * as ours from '../../layers/index.js';
import { activationOf } from '../activation.js';
import { count, dropped, flag, number, numeric, same } from '../fields.js';
import { activity, type Kind, kind, plainWeights, weights } from '../kind.js';

/** Dense layers, embeddings and activations. */
export const core: Record<string, Kind> = {
  Dense: kind(stock.dense, {
    units: count,
    activation: activationOf,
    use_bias: flag,
    ...plainWeights,
    ...weights('kernel', 'bias'),
    ...activity,
  }),
  Embedding: kind(stock.embedding, {
    input_dim: count,
    output_dim: count,
    mask_zero: flag,
    input_length: dropped,
    ...plainWeights,
    ...weights('embeddings'),
    ...activity,
  }),
  Masking: kind(stock.masking, { mask_value: numeric }),
  Activation: kind(stock.activation, { activation: activationOf }),
  // Keras 2 calls it alpha, and may write it as an array of one number.
  LeakyReLU: kind(ours.leakyReLU, { negative_slope: number, alpha: number }),
  ThresholdedReLU: kind(stock.thresholdedReLU, { theta: number }),
  ReLU: kind(ours.reLU, { max_value: same, negative_slope: same, threshold: same }),
  PReLU: kind(ours.prelu, { ...weights('alpha'), shared_axes: same }),
  ELU: kind(ours.elu, { alpha: number }),
  // Along the last axis no mask of Keras fits; tfjs would hand the layer the last mask of the model.
  Softmax: kind(
    ({ axis = -1, ...args }: Parameters<typeof ours.softmax>[0] & object) =>
      axis === -1 ? stock.activation({ ...args, activation: 'softmax' }) : ours.softmax({ ...args, axis }),
    { axis: same },
  ),
};
