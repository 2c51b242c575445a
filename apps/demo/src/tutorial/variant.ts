// The tutorial's experiment with any of its four mistakes mended.
import { encodeLabels, type Table } from '@rectify/dataset';
import { layers } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { articleNetwork } from './article.js';
import { type Loss, type WeightGradient, weightGradients } from './gradients.js';
import type { Count } from './measures.js';
import { splitTable, standardisedParts } from './parts.js';
import { seededWeights, streams } from './seeds.js';
import { predict, train, type Watch } from './training.js';
import { type Rows, trainingSet } from './training-set.js';

/** Which mistakes are mended. */
export interface Mends {
  /** A loss that fits its output: squared error for one column, softmax with cross-entropy for three. */
  readonly loss: boolean;
  /** One column for each class, in place of one for all. */
  readonly outputs: boolean;
  /** Features standardised on the training part. */
  readonly scaling: boolean;
  /** Whole panels held out, so that no test row has a twin in training. */
  readonly split: boolean;
}

export interface VariantOptions extends Watch {
  readonly mends: Mends;
  readonly seed: number;
  /** Default 100. */
  readonly epochs?: number;
}

export interface VariantResult {
  readonly mends: Mends;
  readonly before: { readonly train: Count; readonly test: Count };
  readonly after: { readonly train: Count; readonly test: Count };
  /** Null where a weight is no number any more. */
  readonly largestWeightChange: number | null;
  /** Of the first batch, before any step. */
  readonly gradients: readonly WeightGradient[];
  /** How many rows of the test part get each answer after training, in the order of the classes. */
  readonly answers: readonly { readonly name: string; readonly rows: number; readonly truly: number }[];
  /** Test rows of which training holds an exact twin. */
  readonly twins: Count;
}

/** Nothing mended. */
export const asWritten: Mends = { loss: false, outputs: false, scaling: false, split: false };

const batchSize = 10;
/** The tutorial's numbers for the three types. */
const codes: Record<string, number> = { Normal: 0, Type1: 1, Type2: -1 };
const classes = Object.keys(codes);

interface Part {
  readonly features: Rows;
  readonly labels: Rows;
  /** Index of each row's class. */
  readonly truth: Int32Array;
}

/** Trains the network with these mends and measures it before and after. */
export async function variantExperiment(table: Table, options: VariantOptions): Promise<VariantResult> {
  const { mends, seed, epochs = 100, ...watch } = options;
  const { parts, sides } = partsOf(table, mends, seed);
  const { model, loss } = networkOf(mends, parts.train.features.shape[1], seed);
  try {
    const count = ({ features, truth }: Part): Count => {
      const answers = answersOf(predict(model, features), mends);
      return { correct: answers.filter((answer, row) => answer === truth[row]).length, total: truth.length };
    };
    const counts = () => ({ train: count(parts.train), test: count(parts.test) });
    const before = counts();
    const initial = weightsOf(model);
    const gradients = weightGradients(model, loss, head(parts.train.features), head(parts.train.labels));
    await train(model, trainingSet(parts.train.features, parts.train.labels, seed), {
      ...{ ...watch, task: 'the tutorial’s network', epochs, batchSize },
    });
    const answers = answersOf(predict(model, parts.test.features), mends);
    return {
      ...{ mends, before, after: counts(), gradients },
      largestWeightChange: largestChange(initial, weightsOf(model)),
      answers: classes.map((name, c) => ({
        name,
        rows: answers.filter((answer) => answer === c).length,
        truly: parts.test.truth.filter((one) => one === c).length,
      })),
      twins: twinsOf(sides),
    };
  } finally {
    model.dispose();
  }
}

/** The two sides of the split, as these mends encode and scale them. */
function partsOf(table: Table, mends: Mends, seed: number) {
  const method = mends.split ? 'panels' : 'random';
  const sides = splitTable(table, method, seed);
  const scaled = standardisedParts(table, method, seed);
  const partOf = (side: 'train' | 'test'): Part => {
    const labels = sides[side].labels();
    const encoded = mends.outputs
      ? encodeLabels(labels, 'one-hot', classes)
      : { values: encodeLabels(labels, 'article').values, shape: [labels.length, 1] };
    return {
      features: mends.scaling ? scaled[side].features : sides[side].toMatrix(),
      labels: { data: encoded.values, shape: encoded.shape },
      truth: Int32Array.from(labels, (label) => classes.indexOf(label)),
    };
  };
  const parts = { train: partOf('train'), test: partOf('test') };
  return { parts, sides };
}

/** The gradient that the first batch gives, weight by weight, before any step. */
export function firstGradients(table: Table, mends: Mends, seed: number): WeightGradient[] {
  const { parts } = partsOf(table, mends, seed);
  const { model, loss } = networkOf(mends, parts.train.features.shape[1], seed);
  try {
    return weightGradients(model, loss, head(parts.train.features), head(parts.train.labels));
  } finally {
    model.dispose();
  }
}

/** The article's network with these mends. Mended in loss and outputs it is what the article meant: one softmax output for each class. */
function networkOf(
  { loss, outputs }: Mends,
  inputs: number,
  seed: number,
): { model: tfl.LayersModel; loss: Loss } {
  const crossEntropy: Loss = tfl.metrics.categoricalCrossentropy;
  if (!loss && !outputs) return { model: articleNetwork(inputs, seed), loss: crossEntropy };
  const isMeant = loss && outputs;
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({
        units: 3,
        inputShape: [inputs],
        kernelInitializer: seededWeights(seed, streams.hiddenWeights),
      }),
      layers.leakyReLU({ negativeSlope: 0.05 }),
      tfl.layers.dense({
        units: outputs ? 3 : 1,
        ...(isMeant && { activation: 'softmax' }),
        kernelInitializer: seededWeights(seed, streams.outputWeights),
      }),
      ...(isMeant ? [] : [layers.leakyReLU({ negativeSlope: 0.05 })]),
    ],
  });
  const of: Loss = outputs ? crossEntropy : (truth, y) => tf.mean(tf.squaredDifference(truth, y), -1);
  model.compile({ optimizer: 'adam', loss: of });
  return { model, loss: of };
}

/** The class that is read off the outputs of each row: of one column, as Keras's `accuracy` reads it or, mended, the nearest code. */
function answersOf(outputs: Float32Array, { loss, outputs: three }: Mends): Int32Array {
  if (!three) return Int32Array.from(outputs, (y) => (loss && y < -0.5 ? 2 : y > 0.5 ? 1 : 0));
  const answers = new Int32Array(outputs.length / 3);
  for (let row = 0; row < answers.length; row++)
    for (let c = 1; c < 3; c++) if (outputs[3 * row + c] > outputs[3 * row + answers[row]]) answers[row] = c;
  return answers;
}

const head = ({ data, shape }: Rows): Rows => {
  const rows = Math.min(batchSize, shape[0]);
  return { data: data.subarray(0, rows * shape[1]), shape: [rows, shape[1]] };
};

const weightsOf = (model: tfl.LayersModel) =>
  tf.tidy(() => model.getWeights().map((weight) => weight.dataSync().slice()));

function largestChange(before: ArrayLike<number>[], after: ArrayLike<number>[]): number | null {
  const changes = before.flatMap((weights, t) => Array.from(weights, (w, i) => Math.abs(after[t][i] - w)));
  const largest = changes.reduce((a, b) => Math.max(a, b), 0);
  return Number.isFinite(largest) ? largest : null;
}

function twinsOf({ train, test }: { train: Table; test: Table }): Count {
  const keyOf = (table: Table) => {
    const columns = table.featureNames.map((name) => table.numbers(name));
    return (row: number) => columns.map((values) => values[row]).join();
  };
  const [trainKey, testKey] = [keyOf(train), keyOf(test)];
  const known = new Set(Array.from({ length: train.rowCount }, (_, row) => trainKey(row)));
  const twins = Array.from({ length: test.rowCount }, (_, row) => testKey(row)).filter((key) =>
    known.has(key),
  );
  return { correct: twins.length, total: test.rowCount };
}
