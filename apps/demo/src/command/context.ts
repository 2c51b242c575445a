import type { Train } from '@rectify/experiment';
import type { Output } from './output.js';

/** What every subcommand is given: where it prints, and how it hears that it is to stop. */
export interface Context {
  /** Results alone. */
  readonly stdout: Output;
  /** Progress, notes and errors. */
  readonly stderr: Output;
  readonly signal: AbortSignal | undefined;
  /** Trains networks; on other threads where the command runs by itself. */
  readonly train: Train | undefined;
}
