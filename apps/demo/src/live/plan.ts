// What one network is trained on: a table, split and made into numbers as a comparison does it.
import { type ActivationJson, activation } from '@rectify/core/js';
import { encoderFromJson, type Table } from '@rectify/dataset';
import { resolveDesign, type SplitName, splitsOf } from '@rectify/experiment';
import { fitPreparation, inputsOf, type PreparationJson } from '../model/preparation.js';
import { type LiveOptions, oneArm } from './options.js';
import { type Shared, sharedUnits } from './shared-units.js';

/** One side of the split. */
export interface LivePart {
  readonly rows: number;
  /** `[rows, inputs]`, row-major. */
  readonly inputs: Float32Array;
  /** `[rows, outputs]`: one-hot, or the standardised target. */
  readonly wanted: Float32Array;
  /** The number of each row's class, or its target in its own unit. */
  readonly truth: Float64Array;
}

export interface LivePlan {
  readonly options: LiveOptions;
  readonly activation: ActivationJson;
  readonly rate: number;
  readonly task: 'classification' | 'regression';
  readonly label: string;
  readonly classes: readonly string[];
  /** Names of what the network sees. */
  readonly inputs: readonly string[];
  readonly train: LivePart;
  readonly test: LivePart;
  /** The training part's mean and deviation of a target. */
  readonly scale: { readonly mean: number; readonly deviation: number };
  readonly split: SplitName;
  readonly splitReason: string;
  /** What of the test part training knows already; none where nothing. */
  readonly shared: Shared | undefined;
  readonly warnings: readonly string[];
  readonly preparation: PreparationJson;
}

/** @throws RangeError or TypeError that names the option or the column */
export function planLive(table: Table, options: LiveOptions): LivePlan {
  const arm = oneArm(options.activation);
  const { design, problem } = resolveDesign(table, {
    ...{ arms: [options.activation], baseline: options.activation, seeds: 2, seed: options.seed },
    ...{ hidden: options.hidden.length === 0 ? [] : options.hidden, prepare: options.prepare },
    learningRate: options.rate,
    ...(options.split && { split: options.split }),
  });
  if (design.split === 'leave-one-group-out')
    throw new RangeError(
      'split must be random, stratified or grouped for one network, got leave-one-group-out',
    );
  const [{ train, test }] = splitsOf(problem, design, design.firstSeed);
  const preparation = fitPreparation(problem.table.takeRows(train), problem.features, design.prepare);
  const { data, shape } = inputsOf(problem.table, preparation);
  const isClass = problem.task === 'classification';
  const scale = isClass ? { mean: 0, deviation: 1 } : momentsOf(Array.from(train, (r) => problem.truth[r]));
  const classes = problem.classes.length;
  const part = (rows: Uint32Array): LivePart => {
    const inputs = new Float32Array(rows.length * shape[1]);
    rows.forEach((row, i) => {
      inputs.set(data.subarray(row * shape[1], (row + 1) * shape[1]), i * shape[1]);
    });
    const truth = Float64Array.from(rows, (row) => problem.truth[row]);
    const wanted = new Float32Array(rows.length * (isClass ? classes : 1));
    truth.forEach((value, i) => {
      if (isClass) wanted[i * classes + value] = 1;
      else wanted[i] = (value - scale.mean) / scale.deviation;
    });
    return { rows: rows.length, inputs, wanted, truth };
  };
  return {
    ...{ options, activation: arm.activation, rate: arm.learningRate ?? options.rate },
    ...{ task: problem.task, label: problem.label, classes: problem.classes },
    inputs: inputNames(preparation, shape[1]),
    ...{ train: part(train), test: part(test), scale },
    ...{ split: design.split, splitReason: design.splitReason },
    shared: sharedUnits(problem, train, test),
    ...{ warnings: problem.warnings, preparation },
  };
}

/** The function of the hidden units. */
export const activationOf = ({ activation: json }: LivePlan) => activation(json);

/** Units of each layer, the inputs and the outputs too. */
export const sizesOf = ({ inputs, options, classes }: LivePlan): number[] => [
  inputs.length,
  ...options.hidden,
  Math.max(1, classes.length),
];

function inputNames({ numbers, encoder, pca }: PreparationJson, count: number): string[] {
  if (pca) return Array.from({ length: count }, (_, i) => `component ${i + 1}`);
  return [...numbers, ...encoderFromJson(encoder).columnNames()];
}

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, y) => sum + y, 0) / values.length;
  const variance = values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
