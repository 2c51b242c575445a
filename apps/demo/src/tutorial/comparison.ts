import type { Table } from '@rectify/dataset';
import { deadUnits, layers } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  accuracy,
  confusionMatrix,
  type Interval,
  logLoss,
  meanInterval,
  median,
  mostLikely,
} from './measures.js';
import { batchSize } from './mended.js';
import { type Part, type Parts, standardisedParts } from './parts.js';
import { assertSeed, seededWeights, streams } from './seeds.js';
import { predict, train, type Watch } from './training.js';
import { type Rows, sideBySide, stackReplicas, trainingSet } from './training-set.js';

export interface ComparisonOptions extends Watch {
  /** Run r of the comparison takes seed + r for its split, its initial weights and the order of its rows. */
  readonly seed: number;
  /** How many pairs are trained. Default 10. */
  readonly runs?: number;
  /** Default 100. */
  readonly epochs?: number;
  /** The Leaky ReLU's slope. Default 0.05, the article's. */
  readonly negativeSlope?: number;
}

/** What one trained network of a pair came to. */
export interface Outcome {
  readonly testAccuracy: number;
  /** In nats per row of the test part. */
  readonly testLogLoss: number;
  /** Hidden units that no row of the training part activates. */
  readonly deadUnits: number;
}

export interface PairedRun {
  readonly seed: number;
  readonly relu: Outcome;
  readonly leakyRelu: Outcome;
}

/** The mean over the runs of test log loss after each epoch. */
export interface LossCurves {
  readonly relu: number[];
  readonly leakyRelu: number[];
}

export interface ComparisonResult {
  readonly runs: number;
  readonly seed: number;
  readonly negativeSlope: number;
  readonly medianTestAccuracy: { readonly relu: number; readonly leakyRelu: number };
  /** Leaky ReLU minus ReLU; positive is in Leaky ReLU's favour. */
  readonly accuracyDifference: Interval;
  /** Leaky ReLU minus ReLU, in nats per row; negative is in Leaky ReLU's favour. */
  readonly logLossDifference: Interval;
  readonly deadUnits: { readonly relu: number; readonly leakyRelu: number; readonly of: number };
  readonly verdict: string;
  readonly pairs: readonly PairedRun[];
  readonly testLoss: LossCurves;
}

const hiddenUnits = 3;

/**
 * K networks side by side in one graph: each has its own weights and slope, and one batched product serves all.
 * The loss is the sum of the K losses, so that each network's gradient is the one it would have alone.
 */
export function replicaNetwork(inputs: number, classes: number, slopes: readonly number[]): tfl.LayersModel {
  const replicas = slopes.length;
  const model = tfl.sequential({
    layers: [
      layers.replicaDense({ replicas, units: hiddenUnits, inputShape: [replicas, inputs] }),
      layers.replicaLeakyReLU({ negativeSlopes: [...slopes] }),
      layers.replicaDense({ replicas, units: classes, activation: 'softmax' }),
    ],
  });
  model.compile({
    optimizer: 'adam',
    loss: (labels, outputs) => tf.sum(tfl.metrics.categoricalCrossentropy(labels, outputs), -1),
  });
  return model;
}

/** Gives replica k the initial weights that the mended network has with seed k of the list. */
export function setInitialWeights(model: tfl.LayersModel, seeds: readonly number[]): void {
  tf.tidy(() => {
    const draw = (layer: tfl.layers.Layer, stream: number) => {
      const [kernel, bias] = layer.getWeights();
      const shape = kernel.shape.slice(1);
      layer.setWeights([
        tf.stack(seeds.map((seed) => seededWeights(seed, stream).apply(shape))),
        tf.zerosLike(bias),
      ]);
    };
    draw(model.layers[0], streams.hiddenWeights);
    draw(model.layers[2], streams.outputWeights);
  });
}

/**
 * Trains pairs of networks, one with ReLU and one with Leaky ReLU, that share split, initial weights and order of rows,
 * and measures the differences on the test part.
 */
export async function comparisonExperiment(
  table: Table,
  options: ComparisonOptions,
): Promise<ComparisonResult> {
  const { seed, runs = 10, epochs = 100, negativeSlope = 0.05, ...watch } = options;
  const seeds = Array.from({ length: runs }, (_, run) => seed + run);
  seeds.forEach(assertSeed);
  const parts = seeds.map((runSeed) => standardisedParts(table, 'random', runSeed));
  // Replica 2r is the ReLU of run r and replica 2r + 1 its Leaky ReLU.
  const twice = <T>(items: readonly T[]) => items.flatMap((item) => [item, item]);
  const slopes = seeds.flatMap(() => [0, negativeSlope]);
  const [{ classes, train: first }] = parts;

  const model = replicaNetwork(first.features.shape[1], classes.length, slopes);
  const hidden = tfl.model({ inputs: model.inputs, outputs: model.layers[0].output as tfl.SymbolicTensor });
  try {
    setInitialWeights(model, twice(seeds));
    const features = (side: 'train' | 'test') => stackReplicas(twice(parts.map((p) => p[side].features)));
    const trainFeatures = features('train');
    const testFeatures = features('test');
    const testLoss: LossCurves = { relu: [], leakyRelu: [] };
    const sets = parts.map((p, run) => trainingSet(p.train.features, p.train.labels, seeds[run]));

    await train(model, sideBySide(twice(sets)), {
      ...watch,
      task: `${runs} pairs of ReLU and Leaky ReLU`,
      epochs,
      batchSize,
      afterEpoch() {
        const outcomes = measure(predict(model, testFeatures), parts);
        testLoss.relu.push(mean(outcomes.map(([relu]) => relu.testLogLoss)));
        testLoss.leakyRelu.push(mean(outcomes.map(([, leaky]) => leaky.testLogLoss)));
      },
    });

    const dead = deadByReplica(hidden, trainFeatures);
    const pairs = measure(predict(model, testFeatures), parts).map(([relu, leakyRelu], run) => ({
      seed: seeds[run],
      relu: { ...relu, deadUnits: dead[2 * run] },
      leakyRelu: { ...leakyRelu, deadUnits: dead[2 * run + 1] },
    }));
    return { ...summary(pairs), seed, negativeSlope, pairs, testLoss };
  } finally {
    model.dispose();
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

type Measured = Omit<Outcome, 'deadUnits'>;

/** Probabilities `[rows, replicas, classes]` of the test parts → for each run, what its ReLU and its Leaky ReLU came to. */
function measure(probabilities: Float32Array, parts: readonly Parts[]): [Measured, Measured][] {
  const classes = parts[0].classes.length;
  const replicas = 2 * parts.length;
  const outcome = (replica: number, { truth }: Part): Measured => {
    const own = new Float32Array(truth.length * classes);
    for (let row = 0; row < truth.length; row++) {
      const start = (row * replicas + replica) * classes;
      own.set(probabilities.subarray(start, start + classes), row * classes);
    }
    return {
      testAccuracy: accuracy(confusionMatrix(truth, mostLikely(own, classes), classes)),
      testLogLoss: logLoss(truth, own, classes),
    };
  };
  return parts.map(({ test }, run) => [outcome(2 * run, test), outcome(2 * run + 1, test)]);
}

/** The number of dead hidden units of each replica. */
function deadByReplica(hidden: tfl.LayersModel, features: Rows): number[] {
  const dead = tf.tidy(() => {
    const input = tf.tensor(features.data, [...features.shape]);
    return deadUnits(hidden.predict(input, { batchSize: features.shape[0] }) as tf.Tensor);
  });
  return Array.from({ length: dead.length / hiddenUnits }, (_, replica) =>
    dead.slice(replica * hiddenUnits, (replica + 1) * hiddenUnits).reduce((sum, d) => sum + Number(d), 0),
  );
}

function summary(pairs: readonly PairedRun[]) {
  const differences = (of: (outcome: Outcome) => number) =>
    meanInterval(pairs.map(({ relu, leakyRelu }) => of(leakyRelu) - of(relu)));
  const over = (name: 'relu' | 'leakyRelu') => pairs.map((pair) => pair[name]);
  const dead = (name: 'relu' | 'leakyRelu') => over(name).reduce((sum, o) => sum + o.deadUnits, 0);
  const accuracyDifference = differences((o) => o.testAccuracy);
  const logLossDifference = differences((o) => o.testLogLoss);
  return {
    runs: pairs.length,
    medianTestAccuracy: {
      relu: median(over('relu').map((o) => o.testAccuracy)),
      leakyRelu: median(over('leakyRelu').map((o) => o.testAccuracy)),
    },
    accuracyDifference,
    logLossDifference,
    deadUnits: { relu: dead('relu'), leakyRelu: dead('leakyRelu'), of: pairs.length * hiddenUnits },
    verdict: verdict(accuracyDifference, logLossDifference, pairs.length),
  };
}

/** What the two intervals allow one to say, and no more. */
export function verdict(accuracyDifference: Interval, logLossDifference: Interval, runs: number): string {
  const favours = ({ low, high }: Interval, higherIsBetter: boolean) =>
    low > 0 ? higherIsBetter : high < 0 ? !higherIsBetter : undefined;
  const byAccuracy = favours(accuracyDifference, true);
  const byLoss = favours(logLossDifference, false);
  const name = (leaky: boolean) => (leaky ? 'Leaky ReLU' : 'ReLU');
  const points = `${(100 * Math.abs(accuracyDifference.mean)).toFixed(1)} percentage points`;
  const nats = `${Math.abs(logLossDifference.mean).toFixed(3)} nats`;
  const over = `over ${runs} paired runs`;
  if (byAccuracy === undefined && byLoss === undefined)
    return `ReLU or Leaky ReLU: no difference that these ${runs} paired runs can show, in accuracy or in log loss.`;
  if (byAccuracy === undefined)
    return `${name(byLoss === true)} has the lower log loss (by ${nats} ${over}), but no difference in accuracy that these runs can show.`;
  if (byLoss === undefined)
    return `${name(byAccuracy)} is more accurate (by ${points} ${over}), but no difference in log loss that these runs can show.`;
  if (byAccuracy === byLoss)
    return `${name(byAccuracy)} is better on this table: more accurate by ${points}, and lower in log loss by ${nats}, ${over}.`;
  return `The two measures disagree ${over}: ${name(byAccuracy)} is more accurate by ${points}, ${name(byLoss)} lower in log loss by ${nats}.`;
}
