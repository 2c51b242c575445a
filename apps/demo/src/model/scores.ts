/** How right a model is on some rows; what it cannot be measured by is left out. */
export interface ClassScores {
  readonly rows: number;
  readonly accuracy: number;
  /** Mean recall of the classes that have rows. */
  readonly balancedAccuracy: number;
  /** In nats a row; a probability counts as at least 1e-7. */
  readonly logLoss: number;
}

export interface NumberScores {
  readonly rows: number;
  readonly rmse: number;
  readonly mae: number;
  /** 1 − Σ(y − ŷ)²/Σ(y − ȳ)²; null where all y are equal. */
  readonly r2: number | null;
}

export type Scores = ClassScores | NumberScores;

/** The class of the highest probability in each row; the first of equals. */
export function answersOf(probabilities: ArrayLike<number>, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, row) => {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (probabilities[row * classes + c] > probabilities[row * classes + best]) best = c;
    return best;
  });
}

/**
 * @param truth class of each row of the outputs
 * @param rows which of them count
 */
export function classScores(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
  rows: ArrayLike<number>,
): ClassScores {
  const answers = answersOf(probabilities, classes);
  const right = new Array<number>(classes).fill(0);
  const all = new Array<number>(classes).fill(0);
  let loss = 0;
  for (const row of Array.from(rows)) {
    const own = truth[row];
    all[own]++;
    if (answers[row] === own) right[own]++;
    loss -= Math.log(Math.max(probabilities[row * classes + own], 1e-7));
  }
  const recalls = all.flatMap((count, c) => (count > 0 ? [right[c] / count] : []));
  return {
    rows: rows.length,
    accuracy: sum(right) / rows.length,
    balancedAccuracy: sum(recalls) / recalls.length,
    logLoss: loss / rows.length,
  };
}

export function numberScores(
  truth: ArrayLike<number>,
  predictions: ArrayLike<number>,
  rows: ArrayLike<number>,
): NumberScores {
  const own = Array.from(rows, (row) => truth[row]);
  const errors = Array.from(rows, (row) => predictions[row] - truth[row]);
  const mean = sum(own) / own.length;
  const spread = sum(own.map((y) => (y - mean) ** 2));
  const squares = sum(errors.map((error) => error * error));
  return {
    rows: rows.length,
    rmse: Math.sqrt(squares / own.length),
    mae: sum(errors.map(Math.abs)) / own.length,
    r2: spread === 0 ? null : 1 - squares / spread,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
