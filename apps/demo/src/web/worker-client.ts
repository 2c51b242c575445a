import { proxy, type Remote, wrap } from 'comlink';
import type { WorkerApi } from './worker.js';

/** The worker that holds the table and trains, so that the page stays responsive. */
export const worker: Remote<WorkerApi> = wrap<WorkerApi>(
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
);

/** A function of the page that the worker may call. */
export const callback = <A extends unknown[]>(f: (...args: A) => void) => proxy(f);
