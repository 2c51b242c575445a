import { activation } from '@rectify/core';
import { summarize, type Table } from '@rectify/dataset';
import {
  type DesignOptions,
  type Problem,
  resolveDesign,
  splitsOf,
  type Train,
  tableHash,
} from '@rectify/experiment';
import { type TrainedLayer, type TrainedReplica, train as trainHere, type Watch } from '@rectify/replicas';
import type * as tfl from '@tensorflow/tfjs-layers';
import { UnusableTableError } from '../tutorial/parts.js';
import type { ModelCard } from './card.js';
import { outputsOf, tfjsModel } from './network.js';
import { fitPreparation, inputsOf, type PreparationJson } from './preparation.js';
import { classScores, numberScores } from './scores.js';

/** Of `DesignOptions` what one network takes. */
export type ModelOptions = Pick<
  DesignOptions,
  'seed' | 'split' | 'group' | 'testShare' | 'hidden' | 'epochs' | 'batch' | 'prepare'
> & {
  /** An arm, see `parseArm`. */
  readonly activation: string;
};

export interface TrainedModel {
  readonly model: tfl.LayersModel;
  readonly preparation: PreparationJson;
  readonly card: ModelCard;
}

/**
 * Trains one network on a part of a table, as a comparison trains its arms, and measures it on the rest.
 *
 * @throws RangeError or TypeError naming the option or the column; UnusableTableError where the training diverges
 */
export async function trainModel(
  table: Table,
  { activation: arm, ...options }: ModelOptions,
  { train = trainHere, ...watch }: { train?: Train | undefined } & Watch = {},
): Promise<TrainedModel> {
  const { design, problem } = resolveDesign(table, {
    ...{ ...options, arms: [arm], baseline: arm, seeds: 2 },
    ...{ trainRows: 1_000_000, testRows: 1_000_000 },
  });
  const [{ name, choices, ...setting }] = design.arms;
  if (choices.length > 0)
    throw new RangeError(`activation must be one, got ${choices.length} to choose from (${name})`);
  if (design.split === 'leave-one-group-out')
    throw new RangeError(
      'split must be random, stratified or grouped for one network, got leave-one-group-out',
    );
  const [parts] = splitsOf(problem, design, design.firstSeed);
  const preparation = fitPreparation(problem.table.takeRows(parts.train), problem.features, design.prepare);
  const inputs = inputsOf(problem.table, preparation);
  const scale = targetScale(problem, parts.train);
  assertAnswers(problem, scale);
  const classifies = problem.task === 'classification';
  const same = {
    features: inputs,
    arms: [
      {
        hidden: design.hidden.map((units) => ({ units, activation: activation(setting.activation) })),
        learningRate: setting.learningRate ?? design.learningRate,
        initializer: setting.initializer ?? design.initializer,
      },
    ],
    replicas: [{ seed: design.firstSeed, arm: 0, rows: parts.train, testRows: parts.test }],
    ...{ epochs: design.epochs, optimizer: design.optimizer },
    batchSize: Math.min(design.batch, parts.train.length),
    outputs: { units: true },
  };
  const trained = await train(
    classifies
      ? {
          ...same,
          labels: problem.truth,
          output: { activation: 'softmax', loss: 'cross_entropy', units: problem.classes.length },
        }
      : {
          ...same,
          targets: problem.truth.map((value) => (value - scale.mean) / scale.deviation),
          output: { activation: 'linear', loss: 'squared_error' },
        },
    watch,
  );
  const replica = trained.replica(0);
  if (replica.divergedAt !== null)
    throw new UnusableTableError(
      `the training diverged after epoch ${replica.divergedAt}: take a smaller learning rate, as ${name.replace(/@.*/, '')}@lr=0.0001, or other values of the activation`,
    );
  const model = tfjsModel(inUnits(replica, scale), setting.activation, classifies);
  const outputs = outputsOf(model, inputs);
  const scoresOf = (rows: ArrayLike<number>) =>
    classifies
      ? classScores(problem.truth, outputs, problem.classes.length, rows)
      : numberScores(problem.truth, outputs, rows);
  const card: ModelCard = {
    activation: name,
    ...{ task: problem.task, label: problem.label, classes: problem.classes, features: problem.features },
    ...{ hidden: design.hidden, prepare: design.prepare, inputs: inputs.shape[1] },
    ...{ epochs: design.epochs, batch: design.batch, seed: design.firstSeed, optimizer: 'Adam' },
    learningRate: setting.learningRate ?? design.learningRate,
    ...{ split: design.split, splitReason: design.splitReason, deadUnits: deadUnitsOf(replica) },
    table: { hash: tableHash(table), ...summarize(table) },
    scores: {
      training: scoresOf(parts.train),
      heldOut: scoresOf(parts.test),
      all: scoresOf(problem.truth.map((_, row) => row)),
    },
    always: alwaysOf(problem, parts.train, parts.test),
    warnings: problem.warnings,
  };
  return { model, preparation, card };
}

const deadUnitsOf = ({ deadUnits = [] }: TrainedReplica): number =>
  deadUnits.reduce((sum, layer) => sum + layer.length, 0);

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** A target is trained on standardised. */
function targetScale({ task, truth }: Problem, rows: ArrayLike<number>): Scale {
  if (task === 'classification') return { mean: 0, deviation: 1 };
  const values = Array.from(rows, (row) => truth[row]);
  const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
  const variance = values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}

/** The model answers in the target's unit, and in float32. */
function assertAnswers({ task, truth, label, rows }: Problem, { deviation }: Scale): void {
  if (task === 'classification') return;
  const at = truth.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at < 0 && deviation > 1e-30) return;
  const what = at < 0 ? `values ${deviation} apart` : `the value ${truth[at]} in row ${rows[at] + 1}`;
  throw new RangeError(
    `column ${JSON.stringify(label)} has ${what}, and a model answers in float32, from 1e-30 to 3.4e38; is it a code for missing, or the unit to be changed?`,
  );
}

/** The layers with the target's scale in the last one, so that the model answers in the target's own unit. */
function inUnits({ layers }: TrainedReplica, { mean, deviation }: Scale): TrainedLayer[] {
  return layers.map((layer, i) =>
    i < layers.length - 1
      ? layer
      : {
          ...layer,
          kernel: layer.kernel.map((w) => w * deviation),
          bias: layer.bias.map((b) => b * deviation + mean),
        },
  );
}

/** The score of whoever says the same to everyone: the training part's largest class, or its mean. */
function alwaysOf(
  { task, truth, classes }: Problem,
  train: ArrayLike<number>,
  test: ArrayLike<number>,
): ModelCard['always'] {
  const own = Array.from(train, (row) => truth[row]);
  const held = Array.from(test, (row) => truth[row]);
  if (task === 'regression') {
    const mean = own.reduce((sum, y) => sum + y, 0) / own.length;
    const squares = held.reduce((sum, y) => sum + (y - mean) ** 2, 0);
    return { answer: mean, score: Math.sqrt(squares / held.length) };
  }
  const rows = classes.map((_, c) => own.filter((one) => one === c).length);
  const largest = rows.indexOf(Math.max(...rows));
  return { answer: classes[largest], score: held.filter((one) => one === largest).length / held.length };
}
