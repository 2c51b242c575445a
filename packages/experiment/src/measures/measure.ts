import type { Answers, ClassAnswers, NumberAnswers, Task } from './answers.js';

/**
 * A measure as a function of sums over rows, so that one definition serves a run, a held-out unit and a bootstrap resample alike.
 */
export interface Measure<A extends Answers = Answers> {
  readonly name: MeasureName;
  /** As it stands in a sentence. */
  readonly title: string;
  readonly task: Task;
  readonly higherIsBetter: boolean;
  /** Its value is the mean over rows of one number: `sums` are that number and 1. Else it needs the bootstrap. */
  readonly isMeanOfRows: boolean;
  /** Largest size that the numbers of one row can differ by, where there is one. */
  readonly bound?: number;
  /** How many sums it needs. */
  width(answers: A): number;
  /** Adds what row `row` gives to the sums at `at`. */
  add(sums: Float64Array, at: number, answers: A, row: number): void;
  /** The measure from its sums; NaN where they hold no row. */
  value(sums: Float64Array, at: number, answers: A): number;
}

/** What a run can be measured by: the first five are of classes, the others of numbers. */
export const measureNames = [
  'accuracy',
  'balancedAccuracy',
  'macroF1',
  'logLoss',
  'calibrationError',
  'rmse',
  'mae',
  'r2',
] as const;

/** The name of one of {@link measureNames}. */
export type MeasureName = (typeof measureNames)[number];

function meanOfRows<A extends Answers>(
  name: MeasureName,
  title: string,
  task: A['kind'],
  higherIsBetter: boolean,
  of: (answers: A, row: number) => number,
): Measure<A> {
  return {
    ...{ name, title, task, higherIsBetter, isMeanOfRows: true },
    width: () => 2,
    add(sums, at, answers, row) {
      sums[at] += of(answers, row);
      sums[at + 1] += 1;
    },
    value: (sums, at) => sums[at] / sums[at + 1],
  };
}

/** The share of right answers. */
const accuracy: Measure<ClassAnswers> = {
  ...meanOfRows<ClassAnswers>('accuracy', 'accuracy', 'classification', true, ({ truth, answer }, row) =>
    answer[row] === truth[row] ? 1 : 0,
  ),
  bound: 1,
};

/** Mean of −ln p(true class), in nats per row. */
const logLoss = meanOfRows<ClassAnswers>(
  'logLoss',
  'log loss',
  'classification',
  false,
  (answers, row) => answers.logLoss[row],
);

/** The mean over the classes that occur of the share of their rows that was answered right. */
const balancedAccuracy: Measure<ClassAnswers> = {
  ...{ name: 'balancedAccuracy', title: 'balanced accuracy', task: 'classification' },
  ...{ higherIsBetter: true, isMeanOfRows: false },
  width: ({ classes }) => 2 * classes,
  add(sums, at, { truth, answer, classes }, row) {
    const c = truth[row];
    sums[at + c] += 1;
    if (answer[row] === c) sums[at + classes + c] += 1;
  },
  value(sums, at, { classes }) {
    let total = 0;
    let occurring = 0;
    for (let c = 0; c < classes; c++) {
      if (sums[at + c] === 0) continue;
      occurring++;
      total += sums[at + classes + c] / sums[at + c];
    }
    return total / occurring;
  },
};

/** The mean over the classes that occur, or were answered, of F1 = 2 · right / (true + answered). */
const macroF1: Measure<ClassAnswers> = {
  ...{ name: 'macroF1', title: 'macro F1', task: 'classification' },
  ...{ higherIsBetter: true, isMeanOfRows: false },
  width: ({ classes }) => 2 * classes,
  add(sums, at, { truth, answer, classes }, row) {
    sums[at + truth[row]] += 1;
    sums[at + answer[row]] += 1;
    if (answer[row] === truth[row]) sums[at + classes + truth[row]] += 2;
  },
  value(sums, at, { classes }) {
    let total = 0;
    let occurring = 0;
    for (let c = 0; c < classes; c++) {
      if (sums[at + c] === 0) continue;
      occurring++;
      total += sums[at + classes + c] / sums[at + c];
    }
    return total / occurring;
  },
};

/** By multiplication: engines disagree about the last digit of a power. */
const square = (x: number) => x * x;

const bins = 15;

/**
 * Expected calibration error: Σ_bins |right answers − confidence summed| / rows, over 15 bins of equal width of the confidence (Guo, Pleiss,
 * Sun and Weinberger 2017). It is above 0 for a calibrated model too, the more so the fewer the rows.
 */
const calibrationError: Measure<ClassAnswers> = {
  ...{ name: 'calibrationError', title: 'calibration error', task: 'classification' },
  ...{ higherIsBetter: false, isMeanOfRows: false },
  width: () => bins + 1,
  add(sums, at, { truth, answer, confidence }, row) {
    // Bins are open below and closed above, as in the paper.
    const bin = Math.min(bins, Math.max(1, Math.ceil(confidence[row] * bins))) - 1;
    sums[at + bin] += (answer[row] === truth[row] ? 1 : 0) - confidence[row];
    sums[at + bins] += 1;
  },
  value(sums, at) {
    let total = 0;
    for (let bin = 0; bin < bins; bin++) total += Math.abs(sums[at + bin]);
    return total / sums[at + bins];
  },
};

/** Mean absolute error, in the unit of the target. */
const mae = meanOfRows<NumberAnswers>(
  'mae',
  'mean absolute error',
  'regression',
  false,
  ({ truth, answer }, row) => Math.abs(answer[row] - truth[row]),
);

/** Square root of the mean squared error, in the unit of the target. */
const rmse: Measure<NumberAnswers> = {
  ...{ name: 'rmse', title: 'root mean squared error', task: 'regression' },
  ...{ higherIsBetter: false, isMeanOfRows: false },
  width: () => 2,
  add(sums, at, { truth, answer }, row) {
    sums[at] += square(answer[row] - truth[row]);
    sums[at + 1] += 1;
  },
  value: (sums, at) => Math.sqrt(sums[at] / sums[at + 1]),
};

/** R² = 1 − Σ (answer − truth)² / Σ (truth − its mean over the held-out rows)²; NaN where the truth is constant. */
const r2: Measure<NumberAnswers> = {
  ...{ name: 'r2', title: 'R²', task: 'regression', higherIsBetter: true, isMeanOfRows: false },
  width: () => 4,
  add(sums, at, { truth, answer }, row) {
    // About the first held-out truth, so that a target far from 0 loses no digits.
    const t = truth[row] - truth[0];
    sums[at] += square(answer[row] - truth[row]);
    sums[at + 1] += t;
    sums[at + 2] += t * t;
    sums[at + 3] += 1;
  },
  value(sums, at) {
    const spread = sums[at + 2] - square(sums[at + 1]) / sums[at + 3];
    return spread > 1e-12 * sums[at + 2] ? 1 - sums[at] / spread : Number.NaN;
  },
};

/** The measures of each task, the primary one first. */
export const measures: Readonly<Record<Task, readonly Measure[]>> = {
  classification: [accuracy, balancedAccuracy, macroF1, logLoss, calibrationError] as readonly Measure[],
  regression: [rmse, mae, r2] as readonly Measure[],
};

export const measureNamed = (name: MeasureName): Measure =>
  [...measures.classification, ...measures.regression].find((one) => one.name === name) as Measure;

/** The measure of all rows. */
export function measuredOn(measure: Measure, answers: Answers): number {
  const sums = new Float64Array(measure.width(answers));
  for (let row = 0; row < answers.truth.length; row++) measure.add(sums, 0, answers, row);
  return measure.value(sums, 0, answers);
}

/** The number of each row whose mean the measure is. */
export function rowValues(measure: Measure, answers: Answers): Float64Array {
  const sums = new Float64Array(2);
  return Float64Array.from({ length: answers.truth.length }, (_, row) => {
    sums.fill(0);
    measure.add(sums, 0, answers, row);
    return sums[0];
  });
}
