// What there is to see of a network at one moment.

/** One value an epoch, of the whole part, after the epoch; the first of each is that of the initial weights. */
export interface LiveCurves {
  readonly trainLoss: readonly number[];
  readonly testLoss: readonly number[];
  readonly trainScore: readonly number[];
  readonly testScore: readonly number[];
}

/** How often a unit's pre-activation falls between one number and the next, over the training part. */
export interface UnitBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface LiveUnit {
  /** No pre-activation of the training part is above 0 and the function is flat there: it gets no gradient. */
  readonly dead: boolean;
  readonly bias: number;
  /** One for each unit of the layer before. */
  readonly weights: readonly number[];
  readonly bars: readonly UnitBar[];
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

const barCount = 20;

/** Bars of equal width, one edge on 0 where 0 lies within: what is negative is told from the rest. */
export function barsOf(values: Float32Array, offset: number, stride: number): UnitBar[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = offset; i < values.length; i += stride) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low > high) return [];
  if (low === high) high = low + (Math.abs(low) || 1) * 1e-3;
  const width = (high - low) / barCount;
  const start = low < 0 && high > 0 ? -Math.ceil(-low / width) * width : low;
  const bars = Array.from({ length: Math.ceil((high - start) / width) + 1 }, () => 0);
  for (let i = offset; i < values.length; i += stride) {
    if (!Number.isFinite(values[i])) continue;
    bars[Math.floor((values[i] - start) / width)]++;
  }
  while (bars.length > 1 && bars.at(-1) === 0) bars.pop();
  // Counted in bars from 0, so that the edge there is 0 itself.
  const first = Math.round(start / width);
  const edge = (i: number) => (start < 0 && low < 0 && high > 0 ? (first + i) * width : start + i * width);
  return bars.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }));
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
