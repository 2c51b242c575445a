import type { Output } from './output.js';

/** What every subcommand is given: where it prints, and how it hears that it is to stop. */
export interface Context {
  /** Results alone. */
  readonly stdout: Output;
  /** Progress, notes and errors. */
  readonly stderr: Output;
  readonly signal: AbortSignal | undefined;
}
