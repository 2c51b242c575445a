import { TableError } from '@rectify/dataset';
import { CommanderError } from 'commander';
import { RequestError } from '../comparison/request.js';
import { ModelError } from '../model/model-file.js';
import { QueueAddressError } from '../queue/connection.js';
import { QueueError } from '../queue/queue-error.js';
import { ReportFolderError } from '../report/write-report.js';
import { RunsError } from '../runs/run-log.js';
import { ServeError } from '../serve/serve.js';
import { UnusableTableError } from '../tutorial/parts.js';
import type { TrainOn } from './context.js';
import { exitCodes, Interrupted, signalCodes } from './exit-codes.js';
import { Output, OutputError } from './output.js';
import { program } from './program.js';
import { UsageError } from './usage-error.js';

/** Where a command writes, and how it is told to stop. */
export interface Surroundings {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal?: AbortSignal;
  /** Default: on the calling thread. */
  readonly trainOn?: TrainOn;
}

/** What may go wrong without a fault of ours, and its exit code; anything else is a fault, and shows its stack. */
const expected = [
  [TableError, exitCodes.badData],
  [UnusableTableError, exitCodes.badData],
  [ModelError, exitCodes.badData],
  [ReportFolderError, exitCodes.badUsage],
  [RequestError, exitCodes.badUsage],
  [RunsError, exitCodes.badUsage],
  [ServeError, exitCodes.badUsage],
  [QueueAddressError, exitCodes.badUsage],
  [QueueError, exitCodes.disk],
  [UsageError, exitCodes.badUsage],
  [OutputError, exitCodes.disk],
] as const;

/** Runs the `rectify` command; resolves to its exit code when all that was printed is out. */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { signal } = surroundings;
  const stdout = new Output(surroundings.stdout, 'standard output');
  const stderr = new Output(surroundings.stderr, 'standard error');
  const code = await codeOf(
    () =>
      program({ stdout, stderr, signal, trainOn: surroundings.trainOn }).parseAsync([...args], {
        from: 'user',
      }),
    stderr,
    signal,
  );
  // What was printed is whole, or the exit code says that it is not.
  const printed = await codeOf(() => stdout.flushed(), stderr);
  const told = await codeOf(() => stderr.flushed(), stderr);
  return code || printed || told;
}

/** The exit code that the work comes to; what is to be said of a failure goes to standard error. */
async function codeOf(work: () => Promise<unknown>, stderr: Output, signal?: AbortSignal): Promise<number> {
  try {
    await work();
    return exitCodes.done;
  } catch (error) {
    // Commander has written its own message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badUsage;
    if (signal?.aborted && error === signal.reason) {
      return error instanceof Interrupted ? signalCodes[error.signal] : signalCodes.SIGINT;
    }
    for (const [kind, code] of expected)
      if (error instanceof kind) {
        stderr.write(`${error.message}\n`);
        return code;
      }
    throw error;
  }
}
