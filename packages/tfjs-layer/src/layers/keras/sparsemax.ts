import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { StockActivation } from '../../tfjs/classes.js';

/**
 * What Keras (up to 3.15) computes as `sparsemax` along the last axis: max(xᵢ − τ, 0), where of the numbers in falling order z₁ ≥ z₂ ≥ … the k
 * with 1 + n·zₙ > z₁ + … + zₙ = sₙ count, and τ = (s₁ + … + s_k − 1) / k. The paper (Martins, Astudillo, 2016) has s_k in the place of that
 * sum, so that the outputs sum to 1: Keras's do only where one number counts. A model that was trained by Keras needs Keras's.
 */
export function sparsemax(x: Tensor): Tensor {
  return tfc.tidy(() => {
    const size = x.shape.at(-1) as number;
    const { values } = tfc.topk(x, size);
    const counts = tfc.range(1, size + 1);
    const sums = tfc.cumsum(values, x.rank - 1);
    const counted = tfc.cast(tfc.greater(values, tfc.div(tfc.sub(sums, 1), counts)), 'float32');
    const all = tfc.sum(tfc.mul(sums, counted), -1, true);
    const tau = tfc.div(tfc.sub(all, 1), tfc.sum(counted, -1, true));
    return tfc.maximum(tfc.sub(x, tau), 0);
  });
}

/** Keras's activation of that name. */
export class Sparsemax extends StockActivation {
  static readonly className = 'rectifySparsemax';

  override apply(x: Tensor): Tensor {
    return sparsemax(x);
  }

  override getConfig(): tfc.serialization.ConfigDict {
    return {};
  }
}
