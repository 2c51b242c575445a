import type { Table } from '@rectify/dataset';
import { layers } from '@rectify/tfjs-layer';
import * as tfl from '@tensorflow/tfjs-layers';
import { accuracy, type Confusion, confusionMatrix, logLoss, mostLikely, recall } from './measures.js';
import { type Part, type SplitMethod, standardisedParts } from './parts.js';
import { assertSeed, seededWeights, streams } from './seeds.js';
import { predict, train, type Watch } from './training.js';
import { trainingSet } from './training-set.js';

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

export const batchSize = 10;

/** The network that the article meant: hidden Leaky ReLU units and one softmax output for each class. */
export function mendedNetwork(
  inputs: number,
  classes: number,
  seed: number,
  negativeSlope: number,
): tfl.LayersModel {
  const model = tfl.sequential({
    layers: [
      tfl.layers.dense({
        units: 3,
        inputShape: [inputs],
        kernelInitializer: seededWeights(seed, streams.hiddenWeights),
      }),
      layers.leakyReLU({ negativeSlope }),
      tfl.layers.dense({
        units: classes,
        activation: 'softmax',
        kernelInitializer: seededWeights(seed, streams.outputWeights),
      }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
  return model;
}

/** Trains the mended network: standardised features, one-hot labels, Adam, batches of 10; and measures it. */
export async function mendedExperiment(table: Table, options: MendedOptions): Promise<MendedResult> {
  const { seed, split, epochs = 100, negativeSlope = 0.05, onCurves, ...watch } = options;
  assertSeed(seed);
  const { classes, train: trainPart, test } = standardisedParts(table, split, seed);
  const model = mendedNetwork(trainPart.features.shape[1], classes.length, seed, negativeSlope);
  try {
    const measure = ({ features, truth }: Part) => {
      const probabilities = predict(model, features);
      const confusion = confusionMatrix(truth, mostLikely(probabilities, classes.length), classes.length);
      return {
        confusion,
        accuracy: accuracy(confusion),
        loss: logLoss(truth, probabilities, classes.length),
      };
    };
    const curves: Curves = { trainLoss: [], testLoss: [], trainAccuracy: [], testAccuracy: [] };
    await train(model, trainingSet(trainPart.features, trainPart.labels, seed), {
      ...watch,
      task: split === 'random' ? 'the mended network, random split' : 'the mended network, panels held out',
      epochs,
      batchSize,
      afterEpoch() {
        const onTrain = measure(trainPart);
        const onTest = measure(test);
        curves.trainLoss.push(onTrain.loss);
        curves.testLoss.push(onTest.loss);
        curves.trainAccuracy.push(onTrain.accuracy);
        curves.testAccuracy.push(onTest.accuracy);
        onCurves?.(curves);
      },
    });
    const onTest = measure(test);
    const recalls = recall(onTest.confusion);
    return {
      seed,
      split,
      trainRows: trainPart.truth.length,
      testRows: test.truth.length,
      trainAccuracy: measure(trainPart).accuracy,
      testAccuracy: onTest.accuracy,
      testLogLoss: onTest.loss,
      classes,
      recall: Object.fromEntries(classes.map((name, c) => [name, recalls[c]])),
      confusion: onTest.confusion,
      curves,
    };
  } finally {
    model.dispose();
  }
}
