// A worker's side: trains its part of a problem in one go, and now and then says how far it is.
import { machineOnDemand } from '../train/on-demand.js';
import { training } from '../train/train.js';
import type { Finished, Progressed, Task } from './protocol.js';

const EVERY_MS = 50;

export async function runTask({ problem }: Task, post: (progress: Progressed) => void): Promise<Finished> {
  const machine = await machineOnDemand(problem);
  const steps = training(problem, machine);
  let last = performance.now();
  let [done, before] = [0, 0];
  for (;;) {
    const next = steps.next();
    if (next.done) {
      machine.primitives.release?.();
      return { results: next.value, runner: machine.primitives.runner };
    }
    const { done: own, epoch, tilesDone, whole = 0 } = next.value;
    // Epochs that early stopping spared are done as well.
    before += whole * problem.epochs;
    done = Math.max(before, done + own);
    if (performance.now() - last < EVERY_MS) continue;
    last = performance.now();
    post({ done, epoch, tilesDone });
  }
}
