import { assertOptions } from '../arguments/options.js';

/** How far work has come. */
export interface StepProgress {
  /** What is being done. */
  readonly stage: string;
  /** Share of all stages that is done, 0 to 1. */
  readonly done: number;
}

/**
 * Work in short steps: a generator that yields wherever it may be paused, so that whoever runs it can look at a signal and let the page
 * draw. A yielded object is the progress; nothing is yielded where there is nothing new to say.
 */
export type Steps<T> = Generator<StepProgress | undefined, T, void>;

/** How long work is stopped and watched. */
export interface RunOptions {
  /** Rejects with the signal's reason, at the next step. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StepProgress) => void;
}

/** All steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Milliseconds of work between two breaths: a page that draws after each still feels alive. */
const breathAfter = 25;

/** The steps with a breath between them, so that an abort is heard and a page draws. */
export async function run<T>(steps: Steps<T>, options: RunOptions = {}): Promise<T> {
  assertOptions('options', options, ['signal', 'onProgress']);
  const { signal, onProgress } = options;
  let begun = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) return value;
    if (value !== undefined) onProgress?.(value);
    if (performance.now() - begun < breathAfter) continue;
    await new Promise<void>((resolve) => (globalThis.setImmediate ?? setTimeout)(() => resolve()));
    begun = performance.now();
  }
}
