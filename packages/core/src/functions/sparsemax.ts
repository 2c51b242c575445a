import {
  createVectorActivation,
  type VectorActivation,
  type VectorParams,
  vectorParams,
} from '../activation/vector.js';

/**
 * Sparsemax: the nearest point of the probability simplex, which sets small inputs to exactly 0.
 *
 *     f(x)ᵢ = max(xᵢ − τ, 0), with τ such that the sum is 1
 *
 * The gradient is dy minus its mean over the support, and 0 off it. A vector that holds NaN or ±∞ gives NaN, except
 * that −∞ beside finite numbers gives 0.
 *
 * Source: Martins, Astudillo, "From Softmax to Sparsemax", 2016; Keras `sparsemax`.
 */
export function sparsemax(params?: Partial<VectorParams>): VectorActivation {
  return createVectorActivation({
    name: 'sparsemax',
    params: vectorParams('sparsemax', params),
    formula: '\\max(x_i - \\tau(x), 0)',
    f: project,
    backward(x, dy, dx) {
      project(x, dx);
      let sum = 0;
      let size = 0;
      for (let i = 0; i < x.length; i++) {
        if (dx[i] > 0) {
          sum += dy[i];
          size++;
        }
      }
      for (let i = 0; i < x.length; i++)
        dx[i] = Number.isNaN(dx[i]) ? Number.NaN : dx[i] > 0 ? dy[i] - sum / size : 0;
    },
  });
}

function project(x: Float64Array, y: Float64Array): void {
  const sorted = x.slice().sort().reverse(); // NaN comes first
  const max = sorted[0];
  if (!Number.isFinite(max)) {
    y.fill(Number.NaN);
    return;
  }
  // Shifted by the maximum, so that only numbers of the size of 1 are summed.
  let sum = 0;
  let tau = 0;
  for (let k = 0; k < sorted.length; k++) {
    const z = sorted[k] - max;
    sum += z;
    if (1 + (k + 1) * z <= sum) break;
    tau = (sum - 1) / (k + 1);
  }
  for (let i = 0; i < x.length; i++) y[i] = Math.max(x[i] - max - tau, 0);
}
