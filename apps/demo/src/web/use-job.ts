import { useState } from 'preact/hooks';
import type { Progress } from '../tutorial/training.js';
import { callback, worker } from './worker-client.js';

export interface Job<T> {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly progress: Progress | undefined;
  readonly result: T | undefined;
  readonly error: string | undefined;
  start(): void;
  cancel(): void;
  /** Forgets the result, when the table under it has changed. */
  reset(): void;
}

/** A piece of the worker's work, with its progress; cancelled work leaves the page as it was before. */
export function useJob<T>(work: (onProgress: (progress: Progress) => void) => Promise<T>): Job<T> {
  const idle = { state: 'idle' as const, progress: undefined, result: undefined, error: undefined };
  const [job, setJob] = useState<Pick<Job<T>, 'state' | 'progress' | 'result' | 'error'>>(idle);
  return {
    ...job,
    start() {
      const before = job;
      setJob({ ...idle, state: 'running' });
      work(
        callback((progress: Progress) => setJob((j) => (j.state === 'running' ? { ...j, progress } : j))),
      ).then(
        (result) => setJob({ ...idle, state: 'done', result }),
        (error: Error) =>
          setJob(error.name === 'AbortError' ? before : { ...idle, state: 'failed', error: error.message }),
      );
    },
    cancel: () => void worker.cancel(),
    reset: () => setJob(idle),
  };
}
