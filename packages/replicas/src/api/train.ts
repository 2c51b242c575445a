import { checkObject } from '../check/arguments.js';
import { checkOptions } from '../check/options.js';
import type { Problem } from '../plan/problem.js';
import { columnsOf, type Results, stateOf } from '../results/columns.js';
import type { Machine } from '../train/machine.js';
import { machineOnDemand } from '../train/on-demand.js';
import { Progress, runInSlices, training } from '../train/train.js';
import type { RunnerName, TrainOptions, Watch } from './options.js';
import { Trained } from './trained.js';

/**
 * Trains all networks, on the calling thread, in slices of a few milliseconds: the page or server stays alive. `trainSync` takes a
 * little less time, `trainInWorkers` of `@rectify/replicas/workers` uses other threads.
 *
 * Every network starts from its seed's weights and reads its rows in its seed's order; what becomes of it is the same to the last bit
 * whoever trains beside it, on WebAssembly or JS, in any engine. Throws TypeError or RangeError, naming the option, for what cannot be
 * trained, before any work; RangeError where memory is short; the signal's reason when it is stopped.
 */
export async function train(options: TrainOptions, watch: Watch = {}): Promise<Trained> {
  checkObject('watch', watch as unknown, ['signal', 'onProgress']);
  const problem = checkOptions(options);
  watch.signal?.throwIfAborted();
  const machine = await machineOnDemand(problem);
  const progress = new Progress(problem, tilesOf(machine));
  const results = await runInSlices(training(problem, machine), progress, watch);
  machine.primitives.release?.();
  return trainedOf(problem, machine.primitives.runner, results);
}

const tilesOf = ({ blocks }: Machine): number =>
  blocks.reduce((sum, { block }) => sum + block.tiles.length, 0);

/** What a caller gets. */
export function trainedOf(problem: Problem, runner: RunnerName, results: Results): Trained {
  const arms = problem.arms.map(({ name, sizes }) => ({ name, sizes }));
  return new Trained(columnsOf(problem, results), arms, runner, stateOf(problem, results));
}
