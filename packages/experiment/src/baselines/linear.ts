import type { Prepared } from '../design/prepare.js';
import { minimise } from './minimise.js';

/**
 * Multinomial logistic regression with scikit-learn's penalty: minimises Σ −ln p(truth) + ‖W‖²/2, biases free of it
 * (`LogisticRegression(C=1)`), by L-BFGS.
 *
 * @param features training rows first, as many as `truth` has
 * @param truth class of each training row
 * @returns probabilities [rows, classes] of the rows after those
 */
export function logisticRegression(
  { data, shape: [rows, columns] }: Prepared,
  truth: ArrayLike<number>,
  classes: number,
): Float64Array {
  const train = truth.length;
  const width = columns + 1; // the bias stands last
  const p = new Float64Array(classes);
  const score = (weights: Float64Array, row: number) => {
    for (let c = 0; c < classes; c++) p[c] = linear(weights, c * width, data, row * columns, columns);
  };
  const weights = minimise((w, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < train; row++) {
      score(w, row);
      const own = p[truth[row]];
      loss += softmaxInPlace(p) - own;
      p[truth[row]] -= 1;
      for (let c = 0; c < classes; c++)
        addLinear(gradient, c * width, data, row * columns, columns, p[c] / train);
    }
    for (let k = 0; k < w.length; k++) {
      if (k % width === columns) continue;
      loss += (w[k] * w[k]) / 2;
      gradient[k] += w[k] / train;
    }
    return loss / train;
  }, classes * width);
  const answers = new Float64Array((rows - train) * classes);
  for (let row = train; row < rows; row++) {
    score(weights, row);
    softmaxInPlace(p);
    answers.set(p, (row - train) * classes);
  }
  return answers;
}

/**
 * Least squares by L-BFGS, on a standardised target.
 *
 * @param features training rows first, as many as `truth` has
 * @returns predictions of the rows after those
 */
export function linearRegression(
  { data, shape: [rows, columns] }: Prepared,
  truth: ArrayLike<number>,
  { mean, deviation }: { mean: number; deviation: number },
): Float64Array {
  const train = truth.length;
  const weights = minimise((w, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < train; row++) {
      const error = linear(w, 0, data, row * columns, columns) - (truth[row] - mean) / deviation;
      loss += (error * error) / 2;
      addLinear(gradient, 0, data, row * columns, columns, error / train);
    }
    return loss / train;
  }, columns + 1);
  return Float64Array.from(
    { length: rows - train },
    (_, i) => mean + deviation * linear(weights, 0, data, (train + i) * columns, columns),
  );
}

/** bias + Σ weight · x */
function linear(w: Float64Array, at: number, x: Float32Array, from: number, columns: number): number {
  let sum = w[at + columns];
  for (let j = 0; j < columns; j++) sum += w[at + j] * x[from + j];
  return sum;
}

function addLinear(
  gradient: Float64Array,
  at: number,
  x: Float32Array,
  from: number,
  columns: number,
  error: number,
): void {
  for (let j = 0; j < columns; j++) gradient[at + j] += error * x[from + j];
  gradient[at + columns] += error;
}

/** Scores to probabilities; returns ln Σ exp(score). */
function softmaxInPlace(p: Float64Array): number {
  let largest = p[0];
  for (const z of p) if (z > largest) largest = z;
  let sum = 0;
  for (let c = 0; c < p.length; c++) {
    p[c] = Math.exp(p[c] - largest);
    sum += p[c];
  }
  for (let c = 0; c < p.length; c++) p[c] /= sum;
  return largest + Math.log(sum);
}
