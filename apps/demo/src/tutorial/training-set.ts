import { shuffled } from '@rectify/dataset';
import { streamSeed, streams } from './seeds.js';

/** Rows of numbers, row-major: `[rows, columns]`, or `[rows, replicas, columns]`. */
export interface Rows {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** What a network is trained on: features and labels, given out in a new order for each epoch. */
export interface TrainingSet {
  readonly rows: number;
  epoch(index: number): { features: Rows; labels: Rows };
}

const width = (rows: Rows) => rows.data.length / rows.shape[0];

/** One network's training set, its rows in an order that the seed and the epoch decide. */
export function trainingSet(features: Rows, labels: Rows, seed: number): TrainingSet {
  const rows = features.shape[0];
  return {
    rows,
    epoch(index) {
      const order = shuffled(rows, streamSeed(seed, streams.epochs + index));
      return { features: reorder(features, order), labels: reorder(labels, order) };
    },
  };
}

function reorder(source: Rows, order: ArrayLike<number>): Rows {
  const columns = width(source);
  const data = new Float32Array(source.data.length);
  for (let i = 0; i < order.length; i++)
    data.set(source.data.subarray(order[i] * columns, (order[i] + 1) * columns), i * columns);
  return { data, shape: source.shape };
}
