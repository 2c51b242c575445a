// Collects what comes out, replica by replica, and makes columns of it.
import type { TrainState } from '../api/options.js';
import type { Curve, Lists, TrainedColumns } from '../api/trained.js';
import { type PlannedReplica, type Problem, parametersOf } from '../plan/problem.js';

/** The rows that a curve is of. */
const rowsOfCurve = {
  loss: 'rows',
  score: 'rows',
  validationLoss: 'validationRows',
  validationScore: 'validationRows',
  testLoss: 'testRows',
  testScore: 'testRows',
} as const satisfies Record<Curve, keyof PlannedReplica>;

const curves = Object.keys(rowsOfCurve) as Curve[];

/** Lists of given lengths, to be filled. */
function listsOf(lengths: readonly number[]): Lists {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, k) => {
    starts[k + 1] = starts[k] + length;
  });
  return { values: new Float32Array(starts[lengths.length]), starts };
}

/** List k, to be read or written. */
export const listOf = ({ values, starts }: Lists, k: number): Float32Array =>
  values.subarray(starts[k], starts[k + 1]);

/** The first `lengths[k]` numbers of each list. */
function cut(lists: Lists, lengths: Int32Array): Lists {
  const lengthOf = (k: number): number => Math.min(lengths[k], lists.starts[k + 1] - lists.starts[k]);
  const own = listsOf(Array.from(lengths, (_, k) => lengthOf(k)));
  lengths.forEach((_, k) => {
    listOf(own, k).set(listOf(lists, k).subarray(0, lengthOf(k)));
  });
  return own;
}

/** The fields of `Results`. */
export type ResultsData = Omit<Results, 'data' | 'adopt' | 'columns' | 'state'>;

type Collected = ResultsData[keyof ResultsData];

/** Numbers, lists, or a record of lists. */
function adoptValue(own: Collected, part: Collected, indexes: readonly number[]): void {
  if (own === undefined || part === undefined) return;
  if (ArrayBuffer.isView(own) && ArrayBuffer.isView(part)) {
    indexes.forEach((index, k) => {
      own[index] = part[k];
    });
  } else if ('starts' in own && 'starts' in part) {
    indexes.forEach((index, k) => {
      listOf(own as Lists, index).set(listOf(part as Lists, k));
    });
  } else {
    const curves = part as Record<string, Lists>;
    for (const [name, lists] of Object.entries(own)) adoptValue(lists, curves[name], indexes);
  }
}

/** What is collected of the replicas of a problem; entry k is of its k-th. */
export class Results {
  readonly weights: Lists;
  readonly loss: Float64Array;
  readonly score: Float64Array;
  readonly testLoss: Float64Array;
  readonly testScore: Float64Array;
  readonly testLosses: Lists;
  readonly divergedAt: Int32Array;
  readonly epochs: Int32Array;
  readonly stoppedAt: Int32Array;
  readonly history: Readonly<Record<Curve, Lists>> | undefined;
  /** Epochs that the curves of each have. */
  readonly followed: Int32Array;
  readonly predictions: Lists | undefined;
  readonly gradientNorm: Float64Array | undefined;
  readonly deadUnits: Lists | undefined;
  readonly saturatedUnits: Lists | undefined;
  readonly first: Lists | undefined;
  readonly second: Lists | undefined;
  /** For early stopping: the weights at the end, beside the best ones, and the best loss and its epoch. */
  readonly current: Lists | undefined;
  readonly best: Float64Array;
  readonly bestEpoch: Int32Array;

  constructor(private readonly problem: Problem) {
    const { replicas, arms, outputs, output, epochs, earlyStopping } = problem;
    const count = replicas.length;
    const per = (length: (replica: PlannedReplica) => number): Lists => listsOf(replicas.map(length));
    const sizesOf = ({ arm }: PlannedReplica): readonly number[] => arms[arm].sizes;
    const parameters = (replica: PlannedReplica): number => parametersOf(sizesOf(replica));
    const hidden = (replica: PlannedReplica): number =>
      sizesOf(replica)
        .slice(1, -1)
        .reduce((sum, units) => sum + units, 0);
    this.weights = per(parameters);
    this.loss = new Float64Array(count).fill(Number.NaN);
    this.score = new Float64Array(count).fill(Number.NaN);
    this.testLoss = new Float64Array(count).fill(Number.NaN);
    this.testScore = new Float64Array(count).fill(Number.NaN);
    this.testLosses = per(({ testRows }) => testRows.length);
    this.divergedAt = new Int32Array(count).fill(-1);
    this.epochs = new Int32Array(count);
    this.stoppedAt = new Int32Array(count).fill(-1);
    this.followed = new Int32Array(count);
    const curve = (name: Curve): Lists =>
      per((replica) => (replica[rowsOfCurve[name]].length > 0 ? epochs : 0));
    this.history = outputs.history
      ? (Object.fromEntries(curves.map((name) => [name, curve(name)])) as Record<Curve, Lists>)
      : undefined;
    this.predictions = outputs.predictions
      ? per(({ predictedRows }) => predictedRows.length * output.units)
      : undefined;
    this.gradientNorm = outputs.gradientNorm ? new Float64Array(count) : undefined;
    this.deadUnits = outputs.units ? per(hidden) : undefined;
    this.saturatedUnits = outputs.units ? per(hidden) : undefined;
    this.first = outputs.state ? per(parameters) : undefined;
    this.second = outputs.state ? per(parameters) : undefined;
    this.current = outputs.state && earlyStopping ? per(parameters) : undefined;
    this.best = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.bestEpoch = new Int32Array(count).fill(-1);
  }

  /** What was collected, as plain data that can be sent. */
  data(): ResultsData {
    const { problem: _, ...data } = this as unknown as ResultsData & { problem: Problem };
    return data;
  }

  /** Takes what was collected of a part of the replicas: its k-th is the one at `indexes[k]` here. */
  adopt(part: ResultsData, indexes: readonly number[]): void {
    for (const [name, value] of Object.entries(part))
      adoptValue(this[name as keyof ResultsData], value, indexes);
  }

  columns(): TrainedColumns {
    const { weights, loss, score, testLoss, testScore, testLosses, divergedAt, epochs, stoppedAt } = this;
    const { history, predictions, gradientNorm, deadUnits, saturatedUnits } = this;
    return {
      weights,
      loss,
      score,
      testLoss,
      testScore,
      testLosses,
      divergedAt,
      epochs,
      stoppedAt,
      ...(history && {
        history: Object.fromEntries(
          Object.entries(history).map(([name, lists]) => [name, cut(lists, this.followed)]),
        ) as Record<Curve, Lists>,
      }),
      ...(predictions && { predictions }),
      ...(gradientNorm && { gradientNorm }),
      ...(deadUnits && { deadUnits }),
      ...(saturatedUnits && { saturatedUnits }),
    };
  }

  state(): TrainState | undefined {
    const { weights, first, second, current, best, bestEpoch, stoppedAt, divergedAt } = this;
    if (!first || !second) return undefined;
    const { startEpoch, epochs } = this.problem;
    return {
      version: 1,
      epoch: startEpoch + epochs,
      lengths: Uint32Array.from(
        { length: stoppedAt.length },
        (_, k) => weights.starts[k + 1] - weights.starts[k],
      ),
      weights: (current ?? weights).values.slice(),
      first: first.values,
      second: second.values,
      ...(current && {
        stopping: { best, bestEpoch, stoppedAt: stoppedAt.slice(), weights: weights.values.slice() },
      }),
      divergedAt: divergedAt.slice(),
    };
  }
}
