import type { Bar } from '../view/chart/histogram.js';

// What there is to see of a network at one moment.

/** One value an epoch, of the whole part, after the epoch; the first of each is that of the initial weights. */
export interface LiveCurves {
  readonly trainLoss: readonly number[];
  readonly testLoss: readonly number[];
  readonly trainScore: readonly number[];
  readonly testScore: readonly number[];
}

export interface LiveUnit {
  /** No pre-activation of the training part is above 0 and the function is flat there: it gets no gradient. */
  readonly dead: boolean;
  readonly bias: number;
  /** One for each unit of the layer before. */
  readonly weights: readonly number[];
  /** How its pre-activations lie over the training part. */
  readonly bars: readonly Bar[];
  /** Pre-activations that are no number. */
  readonly nan: number;
}

/** Shares of all that a layer gives, over the training part; they and what is positive come to 1. */
export interface LayerShares {
  readonly zero: number;
  readonly negative: number;
  readonly nan: number;
}

export interface LiveLayer {
  readonly units: readonly LiveUnit[];
  /** Of its outputs, and of its pre-activations. */
  readonly outputs: LayerShares;
  readonly sums: LayerShares;
  /** Largest change of any of its weights in the last epoch; null before the first, NaN where one is no number. */
  readonly moved: number | null;
}

export interface LiveFrame {
  readonly epoch: number;
  /** The hidden layers and then the outputs. */
  readonly layers: readonly LiveLayer[];
  readonly curves: LiveCurves;
  /** Of the test part: true classes down, answers across; none for a regression. */
  readonly confusion: readonly (readonly number[])[];
  /** What stands in the way of learning, and what to try. */
  readonly troubles: readonly Trouble[];
}

export interface Trouble {
  /** `nan` ends the training. */
  readonly kind: 'nan' | 'still' | 'dead';
  readonly why: string;
  readonly tries: readonly string[];
}

/** Shares of zeros, negative values and NaN. */
export function sharesOf(values: ArrayLike<number>): LayerShares {
  let [zero, negative, nan] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) nan++;
    else if (values[i] === 0) zero++;
    else if (values[i] < 0) negative++;
  }
  const all = values.length || 1;
  return { zero: zero / all, negative: negative / all, nan: nan / all };
}
