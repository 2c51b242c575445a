import { sampleDiabetes, type Table, TableError } from '@rectify/dataset';
import { loadTableFile } from '@rectify/dataset/node';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import ora from 'ora';
import { Output, OutputError } from './command/output.js';
import { compare, defaults } from './compare.js';
import { useReproducibleBackend } from './experiment/backend.js';
import { UnusableTableError } from './experiment/parts.js';
import { assertSeed } from './experiment/seeds.js';
import { printed } from './report/print.js';
import { checkReportFolder, ReportFolderError, writeReport } from './report/write-report.js';
import { versions } from './versions.js';

/** Where a command writes, and how it is told to stop. */
export interface Surroundings {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal?: AbortSignal;
}

export const exitCodes = { done: 0, badData: 1, badUsage: 2, disk: 3 } as const;

/** The signals that end the command early, and the exit code of each: 128 and the signal's number. */
export const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Why a command was aborted: a signal of the system's. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: keyof typeof signalCodes) {
    super(`ended by ${signal}`);
  }
}

interface CompareArguments {
  data?: string;
  seed?: number;
  runs: number;
  report: string;
}

function integer(from: number, to: number) {
  return (text: string) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to)
      throw new InvalidArgumentError(`It must be an integer from ${from} to ${to}.`);
    return value;
  };
}

function seedArgument(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  try {
    assertSeed(value);
  } catch {
    throw new InvalidArgumentError('It must be an integer from 0 to 4294967295.');
  }
  return value;
}

function program(stdout: Output, stderr: Output, signal: AbortSignal | undefined): Command {
  const command = new Command('rectify')
    .description('ReLU or Leaky ReLU for my data? An answer by measurement.')
    .version(versions()['@rectify/demo'])
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });
  command
    .command('compare', { isDefault: true })
    .description(
      "check the table, run the article's experiment and its mended network, compare ReLU with Leaky ReLU",
    )
    .option('--data <file>', 'a CSV with the columns of the diabetes table (default: the embedded table)')
    .option(
      '--seed <n>',
      `the seed of every experiment (default: ${defaults.seed}, and a search for the article's)`,
      seedArgument,
    )
    .option('--runs <n>', 'how many pairs of networks to train, 10 to 200', integer(10, 200), defaults.runs)
    .option('--report <folder>', 'where report.json and report.html go', 'rectify-report')
    .action((options: CompareArguments) => compareCommand(options, stdout, stderr, signal));
  return command;
}

/** What may go wrong without a fault of ours, and its exit code; anything else is a fault, and shows its stack. */
const expected = [
  [TableError, exitCodes.badData],
  [UnusableTableError, exitCodes.badData],
  [ReportFolderError, exitCodes.badUsage],
  [OutputError, exitCodes.disk],
] as const;

/** Runs the `rectify` command; resolves to its exit code when all that was printed is out. */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { signal } = surroundings;
  const stdout = new Output(surroundings.stdout, 'standard output');
  const stderr = new Output(surroundings.stderr, 'standard error');
  const code = await codeOf(
    () => program(stdout, stderr, signal).parseAsync([...args], { from: 'user' }),
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
      stderr.write('Cancelled; no report was written.\n');
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

async function compareCommand(
  options: CompareArguments,
  stdout: Output,
  stderr: Output,
  signal: AbortSignal | undefined,
): Promise<void> {
  const started = new Date();
  const table: Table = options.data === undefined ? sampleDiabetes() : await loadTableFile(options.data);
  await checkReportFolder(options.report);
  await useReproducibleBackend();

  const name = options.data ?? 'The embedded table, generated from a seed';
  stdout.write(`${name}\n`);
  const spinner = ora({ stream: stderr.stream as NodeJS.WriteStream, discardStdin: false });
  try {
    const results = await compare(table, {
      seed: options.seed,
      runs: options.runs,
      signal,
      onProgress({ task, epoch, epochs }) {
        const text = `training ${task}: epoch ${epoch} of ${epochs}`;
        // Where no one watches (a pipe, CI), ora prints one line for each start and none for a change of text.
        if (epoch === 1) spinner.start(text);
        else spinner.text = text;
      },
      onResult(part) {
        spinner.stop();
        stdout.write(`\n${printed(part)}\n`);
      },
    });
    const paths = await writeReport(options.report, {
      ...results,
      options: {
        data: options.data ?? null,
        seed: options.seed ?? null,
        runs: options.runs,
        epochs: defaults.epochs,
      },
      versions: versions(),
      times: { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 },
    });
    stdout.write(`\nWritten: ${paths.join(' and ')}\n`);
  } catch (error) {
    if (error instanceof UnusableTableError)
      throw new UnusableTableError(`${name}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    spinner.stop();
  }
}
