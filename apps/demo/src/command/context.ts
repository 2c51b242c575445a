import type { Train } from '@rectify/experiment';
import type { Output } from './output.js';

export type TrainOn = (threads: number | undefined) => Train;

/** What every subcommand is given: where it prints, and how it hears that it is to stop. */
export interface Context {
  /** Results alone. */
  readonly stdout: Output;
  /** Progress, notes and errors. */
  readonly stderr: Output;
  readonly signal: AbortSignal | undefined;
  /** Trains networks on so many other threads; by default one for each processor. Where there is none, the calling thread trains. */
  readonly trainOn: TrainOn | undefined;
}
