import { useEffect, useRef, useState } from 'preact/hooks';
import { Cancelled, type WorkerHandle } from './client.js';

interface Shown<T> {
  readonly state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Share that is done, 0 to 1, and what is being done. */
  readonly progress: { readonly done: number; readonly text: string } | undefined;
  readonly result: T | undefined;
  readonly error: string | undefined;
}

export interface Job<T> extends Shown<T> {
  start(): void;
  cancel(): void;
}

type Say = (done: number, text: string) => void;

const idle = { state: 'idle', progress: undefined, result: undefined, error: undefined } as const;

/** Cancelled work rejects with an AbortError of the worker, or with Cancelled where the worker was ended. */
const isCancelled = (error: unknown) => error instanceof Cancelled || (error as Error)?.name === 'AbortError';

/** A piece of work: its progress, its result, and its end by the reader. `end` stops what `work` has under way. */
export function useJob<T>(work: (onProgress: Say) => Promise<T>, end: () => void): Job<T> {
  const [job, setJob] = useState<Shown<T>>(idle);
  // Work of before that ends late says nothing any more.
  const latest = useRef(0);
  useEffect(
    () => () => {
      latest.current++;
    },
    [],
  );
  return {
    ...job,
    start() {
      const mine = ++latest.current;
      let settled = false;
      const settle = (end: Shown<T>) => {
        settled = true;
        if (mine === latest.current) setJob(end);
      };
      setJob({ ...idle, state: 'running' });
      // Progress comes by another way than the result, and may come after it.
      const onProgress: Say = (done, text) => {
        if (!settled && mine === latest.current)
          setJob({ ...idle, state: 'running', progress: { done, text } });
      };
      work(onProgress).then(
        (result) => settle({ ...idle, state: 'done', result }),
        (error: Error) =>
          settle(
            isCancelled(error)
              ? { ...idle, state: 'cancelled' }
              : { ...idle, state: 'failed', error: error.message },
          ),
      );
    },
    cancel() {
      latest.current++;
      setJob({ ...idle, state: 'cancelled' });
      end();
    },
  };
}

/** The last result of a kind of work in this visit, and what was asked. */
export interface Kept<T> {
  last?: { readonly asked: string; readonly result: T };
}

/** Work whose last result is there again for a reader who comes back to where it was asked for. */
export function useKeptJob<T>(
  kept: Kept<T>,
  asked: string,
  work: (onProgress: Say) => Promise<T>,
  end: () => void,
): Job<T> {
  const job = useJob(async (onProgress) => {
    const result = await work(onProgress);
    kept.last = { asked, result };
    return result;
  }, end);
  const { last } = kept;
  return job.state === 'idle' && last?.asked === asked ? { ...job, state: 'done', result: last.result } : job;
}

/** Ends what a worker has under way. */
export const endWork = (worker: WorkerHandle | undefined): void =>
  void worker?.call((api) => api.cancel()).catch(() => {});

/** Work of a worker that starts by itself, and anew for each worker. */
export function useAnswer<T>(
  worker: WorkerHandle,
  work: (worker: WorkerHandle, onProgress: Say) => Promise<T>,
): Job<T> {
  const job = useJob(
    (onProgress) => work(worker, onProgress),
    () => endWork(worker),
  );
  const start = useRef(job.start);
  start.current = job.start;
  // It starts for each worker
  useEffect(() => start.current(), [worker]);
  return job;
}
