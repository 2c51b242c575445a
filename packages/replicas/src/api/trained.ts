// What comes out: columns of numbers over all replicas, and one replica at a time for a person.
import type { RunnerName, TrainState } from './options.js';

/** Lists of different lengths, one after the other: list k lies from `starts[k]` to `starts[k + 1]`. */
export interface Lists {
  readonly values: Float32Array;
  readonly starts: Uint32Array;
}

/** What is followed from epoch to epoch; empty where there are no such rows. */
export type Curve = 'loss' | 'score' | 'validationLoss' | 'validationScore' | 'testLoss' | 'testScore';

/** Everything of all replicas, as plain data that can be sent and stored. Entry k is of replica k. */
export interface TrainedColumns {
  /** Index of its arm, and its seed. */
  readonly arm: Uint32Array;
  readonly seed: Uint32Array;
  /** Kernel and bias of each layer, one after the other. */
  readonly weights: Lists;
  /** Mean training loss, and score, at the end: accuracy, or R² of a regression. */
  readonly loss: Float64Array;
  readonly score: Float64Array;
  /** The same of the test rows; NaN where there are none. */
  readonly testLoss: Float64Array;
  readonly testScore: Float64Array;
  /** The loss of each test row, in the order in which they were given. */
  readonly testLosses: Lists;
  /** The epoch, from 1, after which a weight was first not finite; −1 where all were. */
  readonly divergedAt: Int32Array;
  /** Epochs that made these weights: with early stopping those of the best. */
  readonly epochs: Int32Array;
  /** The epoch after which early stopping ended a replica; −1 where it did not. */
  readonly stoppedAt: Int32Array;
  /** After each epoch. */
  readonly history?: Readonly<Record<Curve, Lists>>;
  /** Rows × outputs. */
  readonly predictions?: Lists;
  readonly gradientNorm?: Float64Array;
  /** For each hidden unit, layer by layer: 1 where it is. */
  readonly deadUnits?: Lists;
  readonly saturatedUnits?: Lists;
}

/** One layer's weights as a tfjs or Keras Dense layer takes them. */
export interface TrainedLayer {
  /** Of shape [inputs, units], row by row. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly shape: readonly [inputs: number, units: number];
}

/** One trained network, and all that was asked of it. */
export interface TrainedReplica {
  readonly index: number;
  /** Index and name of its arm. */
  readonly arm: number;
  readonly armName: string;
  readonly seed: number;
  readonly layers: readonly TrainedLayer[];
  readonly loss: number;
  readonly score: number;
  readonly testLoss: number;
  readonly testScore: number;
  readonly testLosses: Float32Array;
  /** The epoch, from 1, after which a weight was first not finite, or null. */
  readonly divergedAt: number | null;
  readonly epochs: number;
  readonly stoppedAt: number | null;
  readonly history?: Readonly<Record<Curve, Float32Array>>;
  readonly predictions?: Float32Array;
  readonly gradientNorm?: number;
  /** Of each hidden layer, the indexes of units whose pre-activation is above 0 for no training row. */
  readonly deadUnits?: readonly (readonly number[])[];
  /** Of each hidden layer, the indexes of units with |f′| ≤ 0.01 for every training row; dead ReLU units are among them. */
  readonly saturatedUnits?: readonly (readonly number[])[];
}

/** What the replicas of an arm have in common; it was known before training. */
export interface TrainedArm {
  readonly name: string;
  /** Inputs, and the units of each layer. */
  readonly sizes: readonly number[];
}

const list = ({ values, starts }: Lists, k: number): Float32Array =>
  values.subarray(starts[k], starts[k + 1]);

const orNull = (epoch: number): number | null => (epoch < 0 ? null : epoch);

/** The trained networks. */
export class Trained implements Iterable<TrainedReplica> {
  constructor(
    readonly columns: TrainedColumns,
    readonly arms: readonly TrainedArm[],
    /** What ran; the bits do not depend on it. */
    readonly runner: RunnerName,
    /** To go on from, where it was asked for. */
    readonly state?: TrainState,
  ) {}

  get length(): number {
    return this.columns.arm.length;
  }

  /** Replica `index`; its arrays are views of the columns. Throws RangeError where there is none. */
  replica(index: number): TrainedReplica {
    const { columns, length } = this;
    if (!Number.isInteger(index) || index < 0 || index >= length)
      throw new RangeError(`index must be an integer from 0 to ${length - 1}, got ${String(index)}`);
    const { history, predictions, gradientNorm, deadUnits, saturatedUnits } = columns;
    const arm = columns.arm[index];
    const { name, sizes } = this.arms[arm];
    return {
      index,
      arm,
      armName: name,
      seed: columns.seed[index],
      layers: layersOf(list(columns.weights, index), sizes),
      loss: columns.loss[index],
      score: columns.score[index],
      testLoss: columns.testLoss[index],
      testScore: columns.testScore[index],
      testLosses: list(columns.testLosses, index),
      divergedAt: orNull(columns.divergedAt[index]),
      epochs: columns.epochs[index],
      stoppedAt: orNull(columns.stoppedAt[index]),
      ...(history && {
        history: Object.fromEntries(
          Object.entries(history).map(([curve, lists]) => [curve, list(lists, index)]),
        ) as Record<Curve, Float32Array>,
      }),
      ...(predictions && { predictions: list(predictions, index) }),
      ...(gradientNorm && { gradientNorm: gradientNorm[index] }),
      ...(deadUnits && { deadUnits: unitsOf(list(deadUnits, index), sizes) }),
      ...(saturatedUnits && { saturatedUnits: unitsOf(list(saturatedUnits, index), sizes) }),
    };
  }

  *[Symbol.iterator](): Iterator<TrainedReplica> {
    for (let index = 0; index < this.length; index++) yield this.replica(index);
  }
}

/** The weights of each layer, out of one list. */
function layersOf(weights: Float32Array, sizes: readonly number[]): TrainedLayer[] {
  let at = 0;
  const take = (length: number): Float32Array => {
    at += length;
    return weights.subarray(at - length, at);
  };
  return sizes.slice(1).map((units, layer) => {
    const inputs = sizes[layer];
    return { kernel: take(inputs * units), bias: take(units), shape: [inputs, units] as const };
  });
}

/** Indexes of the units that are marked, layer by layer. */
function unitsOf(marks: Float32Array, sizes: readonly number[]): number[][] {
  let at = 0;
  return sizes.slice(1, -1).map((units) => {
    const own = marks.subarray(at, at + units);
    at += units;
    return [...own.keys()].filter((unit) => own[unit] === 1);
  });
}
