// A state that is gone on from: it must be of the same networks.
import type { TrainState } from '../api/options.js';
import { type PlannedReplica, type Problem, parametersOf } from '../plan/problem.js';
import { checkInteger, checkList, checkObject, show } from './arguments.js';

const keys = [
  'version',
  'epoch',
  'lengths',
  'weights',
  'first',
  'second',
  'divergedAt',
  'stopping',
] as const satisfies readonly (keyof TrainState)[];

/** The epochs that a state has behind it. */
export function checkEpoch(state: unknown): number {
  checkObject('state', state, keys);
  const { version, epoch } = state;
  if (version !== 1) throw new RangeError(`state.version must be 1, got ${show(version)}`);
  checkInteger('state.epoch', epoch, 1);
  return epoch;
}

/** The replicas, each with its part of the state. */
export function resume(
  state: TrainState,
  { replicas, arms, earlyStopping }: Pick<Problem, 'replicas' | 'arms' | 'earlyStopping'>,
): PlannedReplica[] {
  const { lengths, stopping } = state;
  checkList('state.lengths', lengths);
  if (lengths.length !== replicas.length)
    throw new RangeError(
      `state must be of as many replicas, ${replicas.length}, got one of ${lengths.length}`,
    );
  if ((stopping === undefined) !== (earlyStopping === undefined))
    throw new RangeError('state must come from a call with the same earlyStopping');
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const columns = { ...state, ...(stopping && { 'stopping.weights': stopping.weights }) };
  for (const key of ['weights', 'first', 'second', ...(stopping ? ['stopping.weights'] : [])] as const) {
    const column = columns[key as 'weights'];
    if (!(column instanceof Float32Array) || column.length !== total)
      throw new RangeError(`state.${key} must be a Float32Array of ${total} numbers, got ${show(column)}`);
  }
  let at = 0;
  return replicas.map((replica, k): PlannedReplica => {
    const length = parametersOf(arms[replica.arm].sizes);
    if (lengths[k] !== length)
      throw new RangeError(
        `state must be of the same networks: replica ${k} has ${length} weights, in the state ${lengths[k]}`,
      );
    const part = (column: Float32Array): Float32Array => column.subarray(at, at + length);
    const resumed = {
      weights: part(state.weights),
      first: part(state.first),
      second: part(state.second),
      divergedAt: state.divergedAt[k],
      ...(stopping && {
        stopping: {
          best: stopping.best[k],
          bestEpoch: stopping.bestEpoch[k],
          stoppedAt: stopping.stoppedAt[k],
          weights: part(stopping.weights),
        },
      }),
    };
    at += length;
    return { ...replica, resumed };
  });
}
