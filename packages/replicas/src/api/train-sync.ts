import { checkOptions } from '../check/options.js';
import type { Problem } from '../plan/problem.js';
import { jsPrimitives } from '../primitives/js/primitives.js';
import { wholeWasm } from '../primitives/wasm/whole.js';
import { createMachine, type Machine } from '../train/machine.js';
import { canFallBack } from '../train/on-demand.js';
import { runWhole, training } from '../train/train.js';
import type { TrainOptions } from './options.js';
import { trainedOf } from './train.js';
import type { Trained } from './trained.js';

/** As `train`, in one go: nothing else happens on this thread until it is done. Throws what `train` throws. */
export function trainSync(options: TrainOptions): Trained {
  const problem = checkOptions(options);
  const machine = machineAtOnce(problem);
  const results = runWhole(training(problem, machine));
  machine.primitives.release?.();
  return trainedOf(problem, machine.primitives.runner, results);
}

function machineAtOnce(problem: Problem): Machine {
  if (problem.runner !== 'js')
    try {
      return createMachine(problem, wholeWasm);
    } catch (error) {
      if (!canFallBack(problem, error)) throw error;
    }
  return createMachine(problem, jsPrimitives);
}
