// The weights that a replica starts with.
import type { PlannedArm, PlannedReplica } from '../plan/problem.js';
import { parametersOf } from '../plan/problem.js';
import { generatorOf, Stream, uniform } from '../random/generator.js';
import { TRUNCATED_DEVIATION, truncatedNormal } from '../random/normal.js';

const variances = {
  glorot: (inputs: number, units: number) => 2 / (inputs + units),
  he: (inputs: number) => 2 / inputs,
  lecun: (inputs: number) => 1 / inputs,
};

/**
 * Kernel and bias of each layer. A layer's numbers follow from the seed and the layer alone, so that arms start with the same ones
 * where their shapes and initialisers are the same.
 */
export function initialWeights(
  { sizes, initializer, gains }: PlannedArm,
  { seed, weights }: Pick<PlannedReplica, 'seed' | 'weights'>,
): Float32Array {
  if (weights) return weights;
  const [family, shape] = initializer.split('_') as [keyof typeof variances, 'uniform' | 'normal'];
  const all = new Float32Array(parametersOf(sizes));
  let at = 0;
  for (let layer = 0; layer < sizes.length - 1; layer++) {
    const [inputs, units] = [sizes[layer], sizes[layer + 1]];
    const deviation = gains[layer] * Math.sqrt(variances[family](inputs, units));
    const next = generatorOf(seed, Stream.Weights, layer);
    // A uniform distribution on ±l has the variance l²/3.
    const limit = deviation * Math.sqrt(3);
    const draw =
      shape === 'uniform'
        ? () => limit * (2 * uniform(next) - 1)
        : () => (deviation / TRUNCATED_DEVIATION) * truncatedNormal(next);
    for (let i = 0; i < inputs * units; i++) all[at + i] = draw();
    at += (inputs + 1) * units;
  }
  return all;
}
