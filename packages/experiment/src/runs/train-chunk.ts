import { activation } from '@rectify/core/js';
import {
  type Replica,
  type Arm as ReplicaArm,
  type Trained,
  type TrainedReplica,
  type TrainOptions,
  train as trainHere,
  type Watch,
} from '@rectify/replicas';
import { assertOptions } from '../arguments/assert.js';
import type { Arm, ArmSetting } from '../arms/arm.js';
import { linearRegression, logisticRegression } from '../baselines/linear.js';
import { fitMajority, type Majority } from '../baselines/majority.js';
import { appliedRule, fitOneRule } from '../baselines/one-rule.js';
import type { Design } from '../design/design.js';
import { type Prepared, prepared } from '../design/prepare.js';
import type { Problem } from '../design/problem.js';
import { type HeldOut, splitsOf, streams, validationPart } from '../design/split.js';
import { scaledTruth, type TargetScale, targetScale } from '../design/target.js';
import { answersOf } from '../measures/answers.js';
import { streamSeed } from '../random/streams.js';
import type { Chunk, ChunkResult } from './chunk.js';
import { type ArmRecord, type RunRecord, rounded, roundedLoss, type SaidOfRows } from './record.js';

/** Trains networks: `train` of `@rectify/replicas`, or `trainInWorkers`. */
export type Train = (options: TrainOptions, watch?: Watch) => Promise<Trained>;

/**
 * Runs one chunk: splits, prepares, chooses where there is something to choose, trains all arms side by side, and asks the baselines.
 * The same records wherever it runs.
 *
 * @param problem from `resolveDesign` of the chunk's table and design
 */
export async function trainChunk(
  problem: Problem,
  { key, design, seeds }: Chunk,
  options: { train?: Train } & Watch = {},
): Promise<ChunkResult> {
  assertOptions('options of trainChunk', options, ['train', 'signal', 'onProgress']);
  const { train = trainHere, signal, onProgress } = options;
  const started = performance.now();
  const watch: Watch = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const parts = seeds.flatMap((seed) => splitsOf(problem, design, seed).map((held) => ({ seed, ...held })));
  const chosen = await chosenSettings(problem, design, parts, (options) =>
    train(options, { ...(signal && { signal }) }),
  );
  const settings = design.arms.flatMap(({ choices, ...arm }) => (choices.length > 0 ? choices : [arm]));
  const first = firstSettings(design.arms);
  const job = new TrainingJob(problem, design, settings);
  for (const [i, part] of parts.entries()) {
    const matrix = prepared(problem, design.prepare, part.train, part.test);
    job.add(
      part,
      matrix,
      design.arms.map((_, a) => first[a] + chosen[i][a]),
    );
  }
  const trained = await train(job.options({ history: true, units: true }), watch);
  const records = parts.map((part, i) => {
    signal?.throwIfAborted();
    const replicas = design.arms.map((_, a) => trained.replica(i * design.arms.length + a));
    return recordOf(problem, design, part, job.matrices[i], replicas, chosen[i]);
  });
  return { key, records, seconds: (performance.now() - started) / 1000 };
}

type Part = HeldOut & { readonly seed: number };

/** Where each arm's settings begin in the list of all. */
function firstSettings(arms: readonly Arm[]): number[] {
  let next = 0;
  return arms.map(({ choices }) => {
    const first = next;
    next += Math.max(1, choices.length);
    return first;
  });
}

/** One call of `train`: networks on the prepared features of several parts, stacked into one matrix. */
class TrainingJob {
  readonly matrices: Prepared[] = [];
  readonly #replicas: Replica[] = [];
  readonly #truth: number[] = [];
  readonly #scales: TargetScale[] = [];
  readonly #problem: Problem;
  readonly #design: Design;
  readonly #settings: readonly ArmSetting[];

  constructor(problem: Problem, design: Design, settings: readonly ArmSetting[]) {
    this.#problem = problem;
    this.#design = design;
    this.#settings = settings;
  }

  /** A network for each of these settings on one part. They share initial weights and order of rows. */
  add(part: Part, matrix: Prepared, settings: readonly number[]): void {
    const from = this.#truth.length;
    const rows = Array.from({ length: part.train.length }, (_, i) => from + i);
    const testRows = Array.from({ length: part.test.length }, (_, i) => from + part.train.length + i);
    const { scale, truth } = scaledTruth(this.#problem, part.train, part.test);
    for (const value of truth) this.#truth.push(value);
    this.#scales.push(scale);
    this.matrices.push(matrix);
    // Folds of one seed start from the same weights, too.
    const seed = streamSeed(part.seed, streams.weights);
    const orderSeed = streamSeed(part.seed, streams.order);
    for (const arm of settings) this.#replicas.push({ seed, orderSeed, arm, rows, testRows });
  }

  options({ history = false, units = false }): TrainOptions {
    const { task, classes } = this.#problem;
    const { epochs, batch, optimizer } = this.#design;
    const columns = this.matrices[0].shape[1];
    const data = new Float32Array(this.#truth.length * columns);
    let at = 0;
    for (const matrix of this.matrices) {
      data.set(matrix.data, at);
      at += matrix.data.length;
    }
    const smallest = Math.min(...this.#replicas.map(({ rows }) => rows?.length as number));
    const same = {
      features: { data, shape: [this.#truth.length, columns] as const },
      ...{ arms: this.#settings.map((one) => this.#arm(one)), replicas: this.#replicas, epochs },
      ...{ optimizer, batchSize: Math.min(batch, smallest) },
      outputs: { predictions: 'test' as const, history, units },
    };
    if (task === 'regression')
      return { ...same, targets: this.#truth, output: { activation: 'linear', loss: 'squared_error' } };
    const output = { activation: 'softmax', loss: 'cross_entropy', units: classes.length } as const;
    return { ...same, labels: this.#truth, output };
  }

  #arm({ activation: json, learningRate, initializer }: ArmSetting): ReplicaArm {
    const of = activation(json);
    return {
      hidden: this.#design.hidden.map((units) => ({ units, activation: of })),
      learningRate: learningRate ?? this.#design.learningRate,
      initializer: initializer ?? this.#design.initializer,
    };
  }
}

/**
 * For each part and arm the place of the chosen setting: the one with the lowest loss on a validation part that is taken from the training
 * part, whole units of it. The test part has no say.
 */
async function chosenSettings(
  problem: Problem,
  design: Design,
  parts: readonly Part[],
  train: (options: TrainOptions) => Promise<Trained>,
): Promise<number[][]> {
  const settings = design.arms.flatMap(({ choices }) => choices);
  if (settings.length === 0) return parts.map(() => design.arms.map(() => 0));
  const job = new TrainingJob(problem, design, settings);
  for (const part of parts) {
    const inner = validationPart(problem.unitOf, part.train, part.seed);
    const matrix = prepared(problem, design.prepare, inner.train, inner.test);
    job.add(
      { ...inner, seed: part.seed },
      matrix,
      settings.map((_, i) => i),
    );
  }
  const trained = await train(job.options({}));
  return parts.map((_, i) => {
    let at = i * settings.length;
    return design.arms.map(({ choices }) => {
      const losses = choices.map((_, c) => trained.replica(at + c).testLoss);
      at += choices.length;
      const finite = losses.map((loss) => (Number.isFinite(loss) ? loss : Infinity));
      return Math.max(0, finite.indexOf(Math.min(...finite)));
    });
  });
}

function recordOf(
  problem: Problem,
  design: Design,
  part: Part,
  matrix: Prepared,
  replicas: readonly TrainedReplica[],
  chosen: readonly number[],
): RunRecord {
  const { task, classes, truth } = problem;
  const trainTruth = Float64Array.from(part.train, (row) => truth[row]);
  const majority = fitMajority(trainTruth, task, classes.length);
  const scale = targetScale(problem, part.train);
  const saying = (answers: (row: number) => Majority) =>
    saidOf(problem, part, Array.from(part.test, answers));
  const rule = fitOneRule(problem, part.train);
  const standardised =
    design.prepare === 'standardised' ? matrix : prepared(problem, 'standardised', part.train, part.test);
  return {
    seed: part.seed,
    fold: part.fold,
    rows: Array.from(part.test, (row) => problem.rows[row]),
    trainRows: part.train.length,
    unseenRows: task === 'regression' ? 0 : unseenRows(trainTruth, part.test, truth),
    arms: design.arms.map(({ name, choices }, a) => ({
      ...armRecord(problem, part, replicas[a], majority, scale, name),
      ...(choices.length > 0 && { chosen: chosen[a] }),
    })),
    baselines: {
      majority: saying(() => majority),
      oneRule: saying((row) => appliedRule(rule, problem, row)),
      logistic:
        task === 'regression'
          ? { answer: Array.from(linearRegression(standardised, trainTruth, scale), rounded) }
          : saidOfProbabilities(problem, part, logisticRegression(standardised, trainTruth, classes.length)),
    },
  };
}

function unseenRows(trainTruth: Float64Array, test: Uint32Array, truth: Float64Array): number {
  const seen = new Set(trainTruth);
  return test.reduce((sum, row) => sum + (seen.has(truth[row]) ? 0 : 1), 0);
}

/** Answers that are the same for many rows: a majority's shares are its probabilities. */
function saidOf({ task, truth }: Problem, part: Part, answers: readonly Majority[]): SaidOfRows {
  const answer = answers.map((one) => rounded(one.answer));
  if (task === 'regression') return { answer };
  const share = (i: number, c: number) => answers[i].shares[c];
  return {
    answer,
    confidence: answers.map((one, i) => rounded(share(i, one.answer))),
    logLoss: answers.map((_, i) => rounded(-Math.log(Math.max(share(i, truth[part.test[i]]), 1e-7)))),
  };
}

function saidOfProbabilities(
  { truth, classes }: Problem,
  part: Part,
  probabilities: ArrayLike<number>,
): SaidOfRows {
  const own = Float64Array.from(part.test, (row) => truth[row]);
  const { answer, confidence, logLoss } = answersOf(own, probabilities, classes.length);
  return {
    answer: Array.from(answer),
    confidence: Array.from(confidence, rounded),
    logLoss: Array.from(logLoss, rounded),
  };
}

function armRecord(
  problem: Problem,
  part: Part,
  replica: TrainedReplica,
  majority: Majority,
  { mean, deviation }: TargetScale,
  arm: string,
): ArmRecord {
  const predictions = replica.predictions as Float32Array;
  const failed = replica.divergedAt !== null || !predictions.every(Number.isFinite);
  const said = (): SaidOfRows => {
    if (failed)
      return saidOf(
        problem,
        part,
        Array.from(part.test, () => majority),
      );
    if (problem.task === 'classification') return saidOfProbabilities(problem, part, predictions);
    return { answer: Array.from(predictions, (value) => rounded(mean + deviation * value)) };
  };
  const total = (lists: readonly (readonly number[])[] | undefined) =>
    lists?.reduce((sum, list) => sum + list.length, 0) ?? 0;
  return {
    arm,
    ...said(),
    diverged: failed ? (replica.divergedAt ?? replica.epochs) : null,
    deadUnits: total(replica.deadUnits),
    saturatedUnits: total(replica.saturatedUnits),
    hiddenUnits: replica.layers.slice(0, -1).reduce((sum, { shape }) => sum + shape[1], 0),
    trainLoss: Array.from(replica.history?.loss ?? [], roundedLoss),
    testLoss: Array.from(replica.history?.testLoss ?? [], roundedLoss),
  };
}
