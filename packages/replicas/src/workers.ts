// Training on threads of Node (and of Deno and Bun, which have them too).
import { availableParallelism } from 'node:os';
import { createNodePool } from './workers/node-pool.js';
import { workersOn } from './workers/train-in-workers.js';

export type { TrainInWorkersOptions, Workers } from './workers/train-in-workers.js';

const { createWorkers: create, trainInWorkers: train } = workersOn(createNodePool, availableParallelism);

/** Threads that are kept warm from call to call, until they are closed; as many as there are processors by default. */
export const createWorkers = create;

/**
 * As `train` of `@rectify/replicas`, on threads that are started for it and ended after it: the calling thread stays free. The results
 * have the same bits, on however many threads. Throws what `train` throws.
 */
export const trainInWorkers = train;
