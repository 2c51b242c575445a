import type { Answers } from '../measures/answers.js';

/** All that one seed of one arm said of its held-out rows. */
export interface Run {
  readonly arm: string;
  readonly seed: number;
  /** The unit of each held-out row, numbered from 0 over all runs. */
  readonly units: Int32Array;
  /** What it answered; every measure of the task follows. */
  readonly answers?: Answers;
  /** Numbers of each row, where answers were not kept. */
  readonly losses?: ReadonlyMap<string, ArrayLike<number>>;
  /** One number for the whole run, where not even those were kept. */
  readonly scores?: ReadonlyMap<string, number>;
  /** Held-out rows for each row trained on, where only scores are known. */
  readonly testPerTrain?: number;
  /** It holds numbers that are none, so that nothing can be computed of it. */
  readonly diverged: boolean;
}
