/** What all kinds of outcome tell: whose they are, and which rows they are about. */
interface OutcomeOf {
  /** Name of the condition that was trained: an activation with its parameters, or anything else that is compared. */
  readonly arm: string;
  /** Pairs the runs of the arms: those of one seed share split, initial weights and order of rows as far as they can. */
  readonly seed: number;
  /**
   * For each held-out row what it is: its number in the table, or a name or number that rows share which repeat or belong together (a
   * patient, a panel, a duplicate). Left out: every run was tested on the same rows, in the same order, and each row stands for itself.
   */
  readonly units?: ArrayLike<number | string>;
}

/** Probabilities of a classifier: all classification measures follow. */
export interface ProbabilityOutcome extends OutcomeOf {
  /** The class of each held-out row, numbered from 0. */
  readonly truth: ArrayLike<number>;
  /** [rows, classes], row by row: `await tensor.data()` as it is, or `outputs.ravel()`. */
  readonly probabilities: ArrayLike<number>;
}

/** Predictions of a regression, in the unit of the target. */
export interface PredictionOutcome extends OutcomeOf {
  readonly truth: ArrayLike<number>;
  readonly predictions: ArrayLike<number>;
}

/** Numbers of each held-out row whose mean is a measure, such as `{ logLoss: […], accuracy: [1, 0, 1, …] }`. */
export interface LossOutcome extends OutcomeOf {
  readonly losses: Readonly<Record<string, ArrayLike<number>>>;
}

/** One number for the whole run: the intervals are Nadeau and Bengio's, and wide. */
export interface ScoreOutcome extends OutcomeOf {
  readonly scores: Readonly<Record<string, number>>;
  /** Rows that were held out, and rows that were trained on. */
  readonly testRows: number;
  readonly trainRows: number;
}

/**
 * What one trained network came to on the rows that were held out from it. Several of one arm and seed are the folds of one run, as
 * leave-one-group-out gives them.
 */
export type Outcome = ProbabilityOutcome | PredictionOutcome | LossOutcome | ScoreOutcome;
