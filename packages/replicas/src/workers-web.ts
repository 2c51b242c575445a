// Training on Web Workers: what `@rectify/replicas/workers` is in a page.

import { workersOn } from './workers/train-in-workers.js';
import { createWebPool } from './workers/web-pool.js';

export type { TrainInWorkersOptions, Workers } from './workers/train-in-workers.js';

const { createWorkers: create, trainInWorkers: train } = workersOn(
  createWebPool,
  () => navigator.hardwareConcurrency || 2,
);

/** Workers that are kept warm from call to call, until they are closed; as many as there are processors by default. */
export const createWorkers = create;

/**
 * As `train` of `@rectify/replicas`, on workers that are started for it and ended after it: the page stays alive. The results have the
 * same bits, on however many workers. Throws what `train` throws.
 */
export const trainInWorkers = train;
