import { leakyRelu } from '@rectify/core';
import type { Table } from '@rectify/dataset';
import { type TrainOptions, type TrainState, trainSync } from '@rectify/replicas';
import { accuracy, type Confusion, confusionMatrix, logLoss, mostLikely, recall } from './measures.js';
import { type Part, type SplitMethod, standardisedParts } from './parts.js';
import { assertSeed } from './seeds.js';
import type { Watch } from './training.js';

/** How the mended network is trained, and on which rows. */
export interface MendedOptions extends Watch {
  readonly seed: number;
  readonly split: SplitMethod;
  /** Default 100. */
  readonly epochs?: number;
  /** Default 0.05, the article's. */
  readonly negativeSlope?: number;
  /** Called after each epoch with the curves as far as they have come. */
  readonly onCurves?: (curves: Curves) => void;
}

/** One value an epoch, measured on the whole part after the epoch. */
export interface Curves {
  readonly trainLoss: number[];
  readonly testLoss: number[];
  readonly trainAccuracy: number[];
  readonly testAccuracy: number[];
}

/** What the mended network comes to on the rows held out. */
export interface MendedResult {
  readonly seed: number;
  readonly split: SplitMethod;
  readonly trainRows: number;
  readonly testRows: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** In nats per row. */
  readonly testLogLoss: number;
  readonly classes: readonly string[];
  /** Of the test part, by class; null for a class without a test row. */
  readonly recall: Record<string, number | null>;
  /** Of the test part: rows are true classes, columns are answers, in the order of `classes`. */
  readonly confusion: Confusion;
  readonly curves: Curves;
}

/**
 * Trains the network that the article meant, and measures it: standardised features, three hidden Leaky ReLU units, one softmax output for
 * each class, cross-entropy, Adam, batches of 10. On the engine of the comparison, which takes a hundredth of tfjs's time.
 */
export async function mendedExperiment(table: Table, options: MendedOptions): Promise<MendedResult> {
  const { seed, split, epochs = 100, negativeSlope = 0.05, onCurves, onProgress, signal } = options;
  assertSeed(seed);
  const { classes, train: trainPart, test } = standardisedParts(table, split, seed);
  const parts = [trainPart, test];
  const network = networkOf(parts, classes.length, seed, negativeSlope);
  const task =
    split === 'random' ? 'the mended network, random split' : 'the mended network, panels held out';
  const curves: Curves = { trainLoss: [], testLoss: [], trainAccuracy: [], testAccuracy: [] };
  let state: TrainState | undefined;
  let measured: ReturnType<typeof measure>[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    signal?.throwIfAborted();
    const trained = trainSync(state ? { ...network, state } : network);
    state = trained.state;
    const { predictions = new Float32Array() } = trained.replica(0);
    const cut = trainPart.truth.length * classes.length;
    measured = [
      measure(trainPart, predictions.subarray(0, cut), classes.length),
      measure(test, predictions.subarray(cut), classes.length),
    ];
    const [onTrain, onTest] = measured;
    curves.trainLoss.push(onTrain.loss);
    curves.testLoss.push(onTest.loss);
    curves.trainAccuracy.push(onTrain.accuracy);
    curves.testAccuracy.push(onTest.accuracy);
    onCurves?.(curves);
    onProgress?.({ task, epoch, epochs });
    // A page stays alive, and a signal is heard.
    await new Promise((resolve) => setTimeout(resolve));
  }
  signal?.throwIfAborted();
  const [onTrain, onTest] = measured;
  const recalls = recall(onTest.confusion);
  return {
    ...{ seed, split, trainRows: trainPart.truth.length, testRows: test.truth.length },
    ...{ trainAccuracy: onTrain.accuracy, testAccuracy: onTest.accuracy, testLogLoss: onTest.loss, classes },
    recall: Object.fromEntries(classes.map((name, c) => [name, recalls[c]])),
    ...{ confusion: onTest.confusion, curves },
  };
}

/** One epoch of the network on the training rows; what it says of all rows comes out, those of the training part first. */
function networkOf(
  parts: readonly Part[],
  classes: number,
  seed: number,
  negativeSlope: number,
): TrainOptions {
  const [rows, columns] = [parts[0].truth.length + parts[1].truth.length, parts[0].features.shape[1]];
  const data = new Float32Array(rows * columns);
  data.set(parts[0].features.data);
  data.set(parts[1].features.data, parts[0].features.data.length);
  const all = Array.from({ length: rows }, (_, row) => row);
  return {
    features: { data, shape: [rows, columns] },
    labels: parts.flatMap(({ truth }) => [...truth]),
    ...{ rows: all.slice(0, parts[0].truth.length), seeds: [seed], epochs: 1 },
    batchSize: Math.min(10, parts[0].truth.length),
    hidden: [{ units: 3, activation: leakyRelu({ negativeSlope }) }],
    ...{ optimizer: 'adam', learningRate: 0.001, initializer: 'glorot_uniform' },
    output: { activation: 'softmax', loss: 'cross_entropy', units: classes },
    outputs: { predictions: all, state: true },
  };
}

function measure({ truth }: Part, probabilities: Float32Array, classes: number) {
  const confusion = confusionMatrix(truth, mostLikely(probabilities, classes), classes);
  return { confusion, accuracy: accuracy(confusion), loss: logLoss(truth, probabilities, classes) };
}
