// What is collected of each replica while it is trained: the columns that come out, and what else a state needs. Plain data, that can be sent.
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

/** Of the replicas of a problem; entry k is of its k-th. Curves are as long as the training may be; see `columnsOf`. */
export interface Results extends Omit<TrainedColumns, 'arm' | 'seed'> {
  /** Epochs that the curves of each have. */
  readonly followed: Int32Array;
  /** Moments, for a state. */
  readonly first?: Lists;
  readonly second?: Lists;
  /** For a state after early stopping: the weights at the end, beside the best ones. */
  readonly current?: Lists;
  /** The best validation loss, and its epoch. */
  readonly best: Float64Array;
  readonly bestEpoch: Int32Array;
}

/** Results with room for all that is asked for, and nothing in it. */
export function createResults(problem: Problem): Results {
  const { replicas, arms, outputs, output, epochs, earlyStopping } = problem;
  const count = replicas.length;
  const per = (length: (replica: PlannedReplica) => number): Lists => listsOf(replicas.map(length));
  const sizesOf = ({ arm }: PlannedReplica): readonly number[] => arms[arm].sizes;
  const parameters = (replica: PlannedReplica): number => parametersOf(sizesOf(replica));
  const hidden = (replica: PlannedReplica): number =>
    sizesOf(replica)
      .slice(1, -1)
      .reduce((sum, units) => sum + units, 0);
  const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const never = (): Int32Array => new Int32Array(count).fill(-1);
  const curve = (name: Curve): Lists =>
    per((replica) => (replica[rowsOfCurve[name]].length > 0 ? epochs : 0));
  return {
    weights: per(parameters),
    ...{ loss: unknown(), score: unknown(), testLoss: unknown(), testScore: unknown() },
    testLosses: per(({ testRows }) => testRows.length),
    ...{ divergedAt: never(), epochs: new Int32Array(count), stoppedAt: never() },
    ...(outputs.history && { history: recordOf(curves, curve) }),
    ...(outputs.predictions && {
      predictions: per(({ predictedRows }) => predictedRows.length * output.units),
    }),
    ...(outputs.gradientNorm && { gradientNorm: new Float64Array(count) }),
    ...(outputs.units && { deadUnits: per(hidden), saturatedUnits: per(hidden) }),
    followed: new Int32Array(count),
    ...(outputs.state && { first: per(parameters), second: per(parameters) }),
    ...(outputs.state && earlyStopping && { current: per(parameters) }),
    ...{ best: new Float64Array(count).fill(Number.POSITIVE_INFINITY), bestEpoch: never() },
  };
}

const recordOf = <K extends string, T>(keys: readonly K[], of: (key: K) => T): Record<K, T> =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, T>;

type Collected = Results[keyof Results];

/** Takes what was collected of a part of the replicas: its k-th is the one at `indexes[k]` of the whole. */
export function adopt(results: Results, part: Results, indexes: readonly number[]): void {
  for (const [name, value] of Object.entries(part))
    adoptValue(results[name as keyof Results], value, indexes);
}

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
    const lists = part as Record<string, Lists>;
    for (const [name, value] of Object.entries(own)) adoptValue(value, lists[name], indexes);
  }
}

/** The columns that come out: curves end where their replica was stopped, and what only a state needs is left out. */
export function columnsOf({ replicas }: Problem, results: Results): TrainedColumns {
  const { followed, first, second, current, best, bestEpoch, ...columns } = results;
  const { history } = columns;
  return {
    arm: Uint32Array.from(replicas, ({ arm }) => arm),
    seed: Uint32Array.from(replicas, ({ seed }) => seed),
    ...columns,
    ...(history && { history: recordOf(curves, (name) => cut(history[name], followed)) }),
  };
}

/** What to go on from, where it was asked for. */
export function stateOf({ startEpoch, epochs }: Problem, results: Results): TrainState | undefined {
  const { weights, first, second, current, best, bestEpoch, stoppedAt, divergedAt } = results;
  if (!first || !second) return undefined;
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
