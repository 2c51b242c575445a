/** Right answers among all: an accuracy that keeps its counts. */
export interface Count {
  readonly correct: number;
  readonly total: number;
}

/** Counts of answers by true class (rows) and given answer (columns), in the order of `classes`. */
export type Confusion = number[][];

/** Probabilities `[rows, classes]`, row-major → the class with the highest one in each row; the first wins a tie. */
export function mostLikely(probabilities: Float32Array, classes: number): Int32Array {
  const answers = new Int32Array(probabilities.length / classes);
  for (let row = 0; row < answers.length; row++) {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (probabilities[row * classes + c] > probabilities[row * classes + best]) best = c;
    answers[row] = best;
  }
  return answers;
}

export function confusionMatrix(
  truth: ArrayLike<number>,
  answers: ArrayLike<number>,
  classes: number,
): Confusion {
  const counts: Confusion = Array.from({ length: classes }, () => new Array(classes).fill(0));
  for (let row = 0; row < truth.length; row++) counts[truth[row]][answers[row]]++;
  return counts;
}

/** The share of right answers. NaN when there is no row. */
export function accuracy(confusion: Confusion): number {
  const right = confusion.reduce((sum, row, c) => sum + row[c], 0);
  const all = confusion.flat().reduce((sum, n) => sum + n, 0);
  return right / all;
}

/** For each class, the share of its rows that were answered right; null for a class without rows. */
export function recall(confusion: Confusion): (number | null)[] {
  return confusion.map((row, c) => {
    const rows = row.reduce((sum, n) => sum + n, 0);
    return rows === 0 ? null : row[c] / rows;
  });
}

/** A probability is kept this far from 0, as Keras and tfjs do, so that one sure mistake costs 16 and not ∞. */
const EPSILON = 1e-7;

/** Twelve digits: engines disagree about the last digit of a logarithm, and page and command give the same report. */
const agreed = (value: number): number => Number(value.toPrecision(12));

/** Mean of −ln p(true class), in nats per row (Keras: categorical_crossentropy). */
export function logLoss(truth: ArrayLike<number>, probabilities: Float32Array, classes: number): number {
  let sum = 0;
  for (let row = 0; row < truth.length; row++)
    sum -= Math.log(Math.max(probabilities[row * classes + truth[row]], EPSILON));
  return agreed(sum / truth.length);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
