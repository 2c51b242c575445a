import { sampleDiabetes, type Table } from '@rectify/dataset';
import { loadTableFile } from '@rectify/dataset/node';
import type { Command } from 'commander';
import ora from 'ora';
import { compare, defaults } from '../compare.js';
import { printed } from '../report/print.js';
import { checkReportFolder, writeReport } from '../report/write-report.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import { UnusableTableError } from '../tutorial/parts.js';
import { versions } from '../versions.js';
import type { Context } from './context.js';
import { integer, seed } from './numbers.js';

interface CompareArguments {
  data?: string;
  seed?: number;
  runs: number;
  report: string;
}

export function addCompare(program: Command, context: Context): void {
  program
    .command('compare', { isDefault: true })
    .description(
      "check the table, run the tutorial's experiment and its mended network, compare ReLU with Leaky ReLU",
    )
    .option('--data <file>', 'a CSV with the columns of the diabetes table (default: the embedded table)')
    .option(
      '--seed <n>',
      `the seed of every experiment (default: ${defaults.seed}, and a search for the tutorial's)`,
      seed,
    )
    .option('--runs <n>', 'how many pairs of networks to train, 10 to 200', integer(10, 200), defaults.runs)
    .option('--report <folder>', 'where report.json and report.html go', 'rectify-report')
    .action((options: CompareArguments) => compareCommand(options, context));
}

async function compareCommand(options: CompareArguments, { stdout, stderr, signal }: Context): Promise<void> {
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
