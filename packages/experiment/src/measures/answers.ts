/** What a classifier said of held-out rows. One entry a row; classes are numbered from 0. */
export interface ClassAnswers {
  readonly kind: 'classification';
  readonly classes: number;
  readonly truth: ArrayLike<number>;
  /** The class of the highest probability; the first of equal ones. */
  readonly answer: ArrayLike<number>;
  /** That probability. */
  readonly confidence: ArrayLike<number>;
  /** −ln of the probability of the true class, in nats. */
  readonly logLoss: ArrayLike<number>;
}

/** What a regression said of held-out rows, in the unit of the target. */
export interface NumberAnswers {
  readonly kind: 'regression';
  readonly truth: ArrayLike<number>;
  readonly answer: ArrayLike<number>;
}

export type Answers = ClassAnswers | NumberAnswers;

export type Task = Answers['kind'];

/** A probability is kept this far from 0, as Keras and tfjs do, so that one sure mistake costs 16 nats and not ∞. */
export const smallestProbability = 1e-7;

/** Answers out of probabilities [rows, classes], row by row. */
export function answersOf(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
): ClassAnswers {
  const rows = truth.length;
  const answer = new Int32Array(rows);
  const confidence = new Float64Array(rows);
  const logLoss = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * classes;
    let best = 0;
    for (let c = 1; c < classes; c++) if (probabilities[start + c] > probabilities[start + best]) best = c;
    answer[row] = best;
    confidence[row] = probabilities[start + best];
    logLoss[row] = -Math.log(Math.max(probabilities[start + truth[row]], smallestProbability));
  }
  return { kind: 'classification', classes, truth, answer, confidence, logLoss };
}
