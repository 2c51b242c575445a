import * as tfl from '@tensorflow/tfjs-layers';

/**
 * The seed of one stream of random numbers among many that hang on one seed: the split, the weights of each layer, the
 * order of the rows in each epoch. Neighbouring seeds and streams give unrelated results (murmur3's 32-bit finaliser).
 */
export function streamSeed(seed: number, stream: number): number {
  let h = (seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The streams of one run. Rows are shuffled anew in each epoch, from `epochs` on. */
export const streams = { hiddenWeights: 0, outputWeights: 1, epochs: 2 } as const;

/** Glorot's uniform weights, as Keras draws them, for a layer of one run; every network of that run starts from the same. */
export const seededWeights = (seed: number, stream: number) =>
  tfl.initializers.glorotUniform({ seed: streamSeed(seed, stream) });

/** Checks a seed that a person gave: an integer from 0 to 2³² − 1. */
export function assertSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError(`seed must be an integer from 0 to 4294967295, not ${seed}`);
}
