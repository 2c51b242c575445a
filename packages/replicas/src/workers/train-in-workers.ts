// The calling thread's side: checks, cuts, hands out, and puts together.
import type { TrainOptions, TrainProgress, Watch } from '../api/options.js';
import { trainedOf } from '../api/train.js';
import type { Trained } from '../api/trained.js';
import { checkInteger, checkObject } from '../check/arguments.js';
import { checkOptions } from '../check/options.js';
import { blocksOf } from '../plan/blocks.js';
import type { Problem } from '../plan/problem.js';
import { adopt, createResults } from '../results/columns.js';
import { Progress } from '../train/train.js';
import type { Pool, Progressed } from './protocol.js';
import { partsOf } from './split.js';

/** Threads that train, kept warm from call to call. */
export interface Workers {
  readonly threads: number;
  /** As `train` of `@rectify/replicas`, on these threads. */
  train(options: TrainOptions, watch?: Watch): Promise<Trained>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** How a call with threads of its own is watched, stopped, and spread. */
export interface TrainInWorkersOptions extends Watch {
  /** How many threads; as many as there are processors by default. */
  readonly threads?: number;
}

/** What `@rectify/replicas/workers` exports on each kind of threads. */
export interface WorkersModule {
  createWorkers(options?: { readonly threads?: number }): Workers;
  trainInWorkers(options: TrainOptions, watch?: TrainInWorkersOptions): Promise<Trained>;
}

/** The module's functions, on some kind of threads. */
export function workersOn(createPool: (threads: number) => Pool, processors: () => number): WorkersModule {
  const poolOf = (threads = processors()): Pool => {
    checkInteger('threads', threads, 1, 1024);
    return createPool(threads);
  };
  return {
    createWorkers(options = {}) {
      const { threads } = options;
      checkObject('options', options, ['threads']);
      const pool = poolOf(threads);
      return {
        threads: pool.threads,
        async train(own, watch = {}) {
          checkObject('watch', watch as unknown, ['signal', 'onProgress']);
          return trainOn(pool, checkOptions(own), watch);
        },
        close: () => pool.close(),
      };
    },
    async trainInWorkers(options, watch = {}) {
      const { signal, threads } = watch;
      checkObject('watch', watch, ['signal', 'onProgress', 'threads']);
      const problem = checkOptions(options); // before any thread is started
      signal?.throwIfAborted();
      const pool = poolOf(threads);
      try {
        return await trainOn(pool, problem, watch);
      } finally {
        await pool.close();
      }
    },
  };
}

async function trainOn(pool: Pool, problem: Problem, { signal, onProgress }: Watch): Promise<Trained> {
  signal?.throwIfAborted();
  const parts = partsOf(problem, pool.threads);
  const results = createResults(problem);
  const told = parts.map((): Progressed => ({ done: 0, epoch: 0, tilesDone: 0 }));
  const tiles = parts.map((part) =>
    blocksOf(part.problem).reduce((sum, block) => sum + block.tiles.length, 0),
  );
  const progress = new Progress(
    problem,
    tiles.reduce((sum, own) => sum + own, 0),
  );
  // The first failure ends the other parts too.
  const stop = new AbortController();
  const stopped = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', stopped, { once: true });
  let runner: Trained['runner'] = 'js';
  try {
    await Promise.all(
      parts.map(async (part, i) => {
        const tell = (own: Progressed): void => {
          told[i] = own;
          onProgress?.(summed(progress, told, own.epoch));
        };
        const finished = await pool.run({ problem: part.problem }, tell, stop.signal);
        adopt(results, finished.results, part.indexes);
        tell({
          done: part.indexes.length * problem.epochs,
          epoch: problem.startEpoch + problem.epochs,
          tilesDone: tiles[i],
        });
        runner = finished.runner;
      }),
    );
  } catch (error) {
    stop.abort(error);
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stopped);
  }
  return trainedOf(problem, runner, results);
}

const summed = (progress: Progress, told: readonly Progressed[], epoch: number): TrainProgress => {
  const sum = (key: 'done' | 'tilesDone'): number => told.reduce((total, own) => total + own[key], 0);
  return progress.at(sum('done'), sum('tilesDone'), epoch);
};
