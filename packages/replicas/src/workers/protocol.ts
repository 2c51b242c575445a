// What goes between the calling thread and its workers.
import type { Problem } from '../plan/problem.js';
import type { Results } from '../results/columns.js';
import type { TrainedPart } from '../train/train.js';

/** A part of a problem, as it is sent to a worker. */
export interface Task {
  readonly problem: Problem;
}

export type Progressed = Pick<TrainedPart, 'done' | 'epoch'> & { readonly tilesDone: number };

/** What a worker sends while it works, and what it ends with. */
export type Message =
  | { readonly kind: 'progress'; readonly progress: Progressed }
  | { readonly kind: 'done'; readonly results: Results; readonly runner: 'wasm' | 'js' }
  | { readonly kind: 'failed'; readonly error: unknown };

export type Finished = Omit<Extract<Message, { kind: 'done' }>, 'kind'>;

/** Threads that work on one task each at a time, and stay until they are closed. */
export interface Pool {
  readonly threads: number;
  /** Rejects with the signal's reason when that is aborted: the thread is ended and another takes its place. */
  run(task: Task, onProgress: (progress: Progressed) => void, signal: AbortSignal): Promise<Finished>;
  close(): Promise<void>;
}
