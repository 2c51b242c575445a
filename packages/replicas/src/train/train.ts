// Trains a problem's blocks one after the other, with a look at the clock in between.
import type { TrainProgress, Watch } from '../api/options.js';
import type { Problem } from '../plan/problem.js';
import { createResults, type Results } from '../results/columns.js';
import { BlockTrainer } from './block.js';
import type { Machine } from './machine.js';

/** Training in small pieces of work, between which it can be watched and stopped; its value is what comes out. */
export function* training(problem: Problem, machine: Machine): Generator<TrainedPart, Results> {
  const results = createResults(problem);
  let tilesDone = 0;
  for (const { block, layout } of machine.blocks) {
    let epoch = problem.startEpoch;
    for (const done of new BlockTrainer(problem, machine, block, layout, results).run()) {
      if (done > 0) epoch++;
      yield { done, epoch, tilesDone };
    }
    tilesDone += block.tiles.length;
    // Epochs that early stopping spared are done as well.
    const replicas = block.tiles.reduce((sum, tile) => sum + tile.replicas.filter((one) => one).length, 0);
    yield { done: 0, epoch, tilesDone, whole: replicas };
  }
  return results;
}

/** What was finished since the last part. */
export interface TrainedPart {
  /** Networks × epochs. */
  readonly done: number;
  readonly epoch: number;
  readonly tilesDone: number;
  /** At the end of a block, how many networks it had. */
  readonly whole?: number;
}

/** Counts what is done. */
export class Progress {
  private readonly begun = performance.now();
  private before = 0;
  private inBlock = 0;
  private epoch = 0;
  private tilesDone = 0;
  private readonly tiles: number;
  private readonly total: number;

  constructor(
    private readonly problem: Pick<Problem, 'epochs' | 'replicas'>,
    tiles: number,
  ) {
    this.tiles = tiles;
    this.total = problem.replicas.length * problem.epochs;
  }

  add({ done, epoch, tilesDone, whole }: TrainedPart): void {
    this.inBlock += done;
    this.epoch = epoch;
    this.tilesDone = tilesDone;
    if (whole === undefined) return;
    this.before += whole * this.problem.epochs;
    this.inBlock = 0;
  }

  now(): TrainProgress {
    return this.at(this.before + this.inBlock, this.tilesDone, this.epoch);
  }

  /** The progress with so many networks × epochs and tiles done. */
  at(done: number, tilesDone: number, epoch: number): TrainProgress {
    const elapsedMs = performance.now() - this.begun;
    return {
      done,
      total: this.total,
      tilesDone,
      tiles: this.tiles,
      epoch,
      elapsedMs,
      leftMs: done > 0 ? (elapsedMs / done) * (this.total - done) : undefined,
    };
  }
}

/** How long the calling thread works before it lets others. */
const SLICE_MS = 12;

/** Runs a training to its end in one go. */
export function runWhole(steps: Generator<TrainedPart, Results>): Results {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Runs a training in slices, so that the thread can do other things in between. */
export async function runInSlices(
  steps: Generator<TrainedPart, Results>,
  progress: Progress,
  { signal, onProgress }: Watch,
): Promise<Results> {
  signal?.throwIfAborted();
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const { done, value } = steps.next();
      if (done) {
        onProgress?.(progress.now());
        return value;
      }
      progress.add(value);
    } while (performance.now() < until);
    onProgress?.(progress.now());
    await nextTask();
    signal?.throwIfAborted();
  }
}

/** After what else waits for the thread. A message takes no longer than that, a timer up to 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
