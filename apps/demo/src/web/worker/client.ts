// The page's side of a worker.
import { proxy, type Remote, wrap } from 'comlink';
import type { WorkerApi } from './worker.js';

/** The worker did not load, or broke down. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

/** The work was ended by the reader. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  constructor() {
    super('cancelled');
  }
}

/** A function of the page that the worker may call. */
export const callback = <A extends unknown[]>(f: (...args: A) => void) => proxy(f);

export interface WorkerHandle {
  /** Calls the worker. @throws WorkerError where it does not load or breaks down, Cancelled where it is ended meanwhile */
  call<T>(work: (api: Remote<WorkerApi>) => Promise<T>): Promise<T>;
  /** Ends it at once, whatever it is doing. */
  end(): void;
}

/** Starts a worker; whether it loads shows at the first call. */
export function startWorker(): WorkerHandle {
  let fail: (error: Error) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {}); // said by each call
  let worker: Worker | undefined;
  try {
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rectify' });
    worker.onerror = (event) => {
      event.preventDefault();
      fail(new WorkerError(`the worker could not be loaded${event.message ? `: ${event.message}` : ''}`));
    };
  } catch (cause) {
    fail(new WorkerError(`the worker could not be started: ${(cause as Error).message}`, { cause }));
  }
  const api = worker && wrap<WorkerApi>(worker);
  return {
    call: (work) => (api ? Promise.race([work(api), failure]) : failure),
    end() {
      worker?.terminate();
      fail(new Cancelled());
    },
  };
}
