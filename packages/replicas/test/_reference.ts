// The truth: one network trained in float64 by the textbook, slow and readable. It knows nothing of tiles, lanes or kernels.
import type { Activation } from '@rectify/core/js';

export interface Reference {
  /** Inputs, and the units of each layer. */
  sizes: readonly number[];
  activations: readonly Activation[];
  loss: 'cross_entropy' | 'binary_cross_entropy' | 'squared_error' | 'absolute_error' | 'huber';
  delta?: number;
  optimizer: 'sgd' | 'momentum' | 'nesterov' | 'adam' | 'adamw';
  /** By step. */
  rate: (step: number) => number;
  weightDecay?: number;
  features: readonly ArrayLike<number>[];
  labels?: ArrayLike<number>;
  targets?: readonly ArrayLike<number>[];
  rowWeights?: ArrayLike<number>;
}

type Network = Pick<Reference, 'sizes' | 'activations'>;

/** z of each layer, and what each layer is given. */
function forward({ sizes, activations }: Network, weights: Float64Array, input: ArrayLike<number>) {
  const inputs: number[][] = [Array.from(input)];
  const zs: number[][] = [];
  let at = 0;
  for (let layer = 1; layer < sizes.length; layer++) {
    const [from, to] = [sizes[layer - 1], sizes[layer]];
    const own = inputs[layer - 1];
    const z = Array.from({ length: to }, (_, unit) =>
      own.reduce((sum, x, i) => sum + x * weights[at + i * to + unit], weights[at + from * to + unit]),
    );
    zs.push(z);
    if (layer < sizes.length - 1) inputs.push(z.map((value) => activations[layer - 1](value)));
    at += (from + 1) * to;
  }
  return { inputs, zs };
}

/** The loss of a row and ∂loss/∂z. */
function lossOf(reference: Reference, z: readonly number[], row: number): { loss: number; slopes: number[] } {
  const { loss, delta = 1, labels, targets } = reference;
  if (loss === 'cross_entropy') {
    const highest = Math.max(...z);
    const powers = z.map((value) => Math.exp(value - highest));
    const sum = powers.reduce((total, value) => total + value, 0);
    const label = labels?.[row] ?? Number.NaN;
    return {
      loss: Math.log(sum) + highest - z[label],
      slopes: powers.map((power, unit) => power / sum - Number(unit === label)),
    };
  }
  const each = z.map((value, unit) => {
    const target = targets?.[row][unit] ?? Number.NaN;
    const e = value - target;
    if (loss === 'binary_cross_entropy')
      return [
        Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))) - target * value,
        1 / (1 + Math.exp(-value)) - target,
      ];
    if (loss === 'squared_error') return [e * e, 2 * e];
    if (loss === 'absolute_error') return [Math.abs(e), Math.sign(e)];
    return Math.abs(e) <= delta
      ? [(e * e) / 2, e]
      : [delta * (Math.abs(e) - delta / 2), delta * Math.sign(e)];
  });
  return {
    loss: each.reduce((sum, [value]) => sum + value / z.length, 0),
    slopes: each.map(([, slope]) => slope / z.length),
  };
}

export const rowLosses = (reference: Reference, weights: Float64Array): number[] =>
  reference.features.map((own, row) => {
    const { zs } = forward(reference, weights, own);
    return lossOf(reference, zs[zs.length - 1], row).loss;
  });

/** The gradient of the mean of weight × loss. */
export function gradientOf(
  reference: Reference,
  weights: Float64Array,
  rows: readonly number[],
): Float64Array {
  const { sizes, activations, features, rowWeights } = reference;
  const gradient = new Float64Array(weights.length);
  for (const row of rows) {
    const { inputs, zs } = forward(reference, weights, features[row]);
    let slopes = lossOf(reference, zs[zs.length - 1], row).slopes.map(
      (slope) => (slope * (rowWeights?.[row] ?? 1)) / rows.length,
    );
    let at = weights.length;
    for (let layer = sizes.length - 1; layer > 0; layer--) {
      const [from, to] = [sizes[layer - 1], sizes[layer]];
      at -= (from + 1) * to;
      const own = inputs[layer - 1];
      for (let unit = 0; unit < to; unit++) {
        for (let i = 0; i < from; i++) gradient[at + i * to + unit] += own[i] * slopes[unit];
        gradient[at + from * to + unit] += slopes[unit];
      }
      if (layer === 1) break;
      slopes = Array.from({ length: from }, (_, i) =>
        slopes.reduce((sum, slope, unit) => sum + slope * weights[at + i * to + unit], 0),
      ).map((slope, i) => slope * activations[layer - 2].derivative(zs[layer - 2][i]));
    }
  }
  return gradient;
}

/** Weights after training on batches of rows, in order. */
export function trained(
  reference: Reference,
  start: ArrayLike<number>,
  batches: readonly (readonly number[])[],
): Float64Array {
  const { optimizer, rate, weightDecay = 0 } = reference;
  const weights = Float64Array.from(start);
  const m = new Float64Array(weights.length);
  const v = new Float64Array(weights.length);
  batches.forEach((rows, step) => {
    const gradient = gradientOf(reference, weights, rows);
    const own = rate(step);
    for (let i = 0; i < weights.length; i++) {
      if (optimizer === 'adamw') weights[i] -= own * weightDecay * weights[i];
      const g = gradient[i] + (optimizer === 'adamw' ? 0 : weightDecay * weights[i]);
      if (optimizer === 'adam' || optimizer === 'adamw') {
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        const [first, second] = [m[i] / (1 - 0.9 ** (step + 1)), v[i] / (1 - 0.999 ** (step + 1))];
        weights[i] -= (own * first) / (Math.sqrt(second) + 1e-7);
      } else {
        m[i] = (optimizer === 'sgd' ? 0 : 0.9) * m[i] + g;
        weights[i] -= own * (optimizer === 'nesterov' ? g + 0.9 * m[i] : m[i]);
      }
    }
  });
  return weights;
}

/** An epoch's batches of rows. */
export function batchesOf(order: readonly number[], size: number): number[][] {
  return Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
    order.slice(i * size, (i + 1) * size),
  );
}
