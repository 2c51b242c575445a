import type { TrainOn } from './context.js';
import { Interrupted, signalCodes } from './exit-codes.js';
import { runCommand } from './run.js';

/** Runs the command as this process: its arguments, streams, signals and exit code. */
export async function main(trainOn?: TrainOn): Promise<void> {
  const interrupt = new AbortController();
  // Once: the second signal of a kind ends the process at once, as it does where nobody listens.
  for (const signal of Object.keys(signalCodes) as (keyof typeof signalCodes)[])
    process.once(signal, () => interrupt.abort(new Interrupted(signal)));
  process.exitCode = await runCommand(process.argv.slice(2), {
    stdout: process.stdout,
    stderr: process.stderr,
    signal: interrupt.signal,
    ...(trainOn && { trainOn }),
  });
}
