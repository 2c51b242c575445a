import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Which units are dead: those with no positive pre-activation in any sample.
 *
 * @param preActivations A tensor `[samples, …units]` with at least one sample; it is read synchronously and not disposed.
 * @returns One entry per unit, in row-major order: 1 for a dead unit, 0 for one that is active at least once. NaN is not positive.
 * @throws RangeError when there is no sample, or no axis of units.
 */
export function deadUnits(preActivations: Tensor): Uint8Array {
  const [samples = 0] = preActivations.shape;
  if (preActivations.rank < 2 || samples === 0)
    throw new RangeError(
      `preActivations must have the shape [samples, …units] with at least 1 sample, got [${preActivations.shape}]`,
    );
  const values = preActivations.dataSync();
  const dead = new Uint8Array(preActivations.size / samples).fill(1);
  for (let i = 0; i < values.length; i++) if (values[i] > 0) dead[i % dead.length] = 0;
  return dead;
}
