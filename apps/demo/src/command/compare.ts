import { auditAsync, summarizeAsync } from '@rectify/dataset';
import type { DesignOptions, Runner } from '@rectify/experiment';
import type { Command } from 'commander';
import { designNames, type Request } from '../comparison/request.js';
import { type PlannedComparison, planComparison, runComparison } from '../comparison/run-comparison.js';
import { checkConnection, type QueueAddress, queueAddress } from '../queue/connection.js';
import { printed } from '../report/print.js';
import { type Report, reportOf } from '../report/report.js';
import { checkReportFolder, writeReport } from '../report/write-report.js';
import { hasUnfinishedRuns } from '../runs/run-log.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import { notTheTutorials, type TutorialResults, tutorialExperiments } from '../tutorial/experiments.js';
import { UnusableTableError } from '../tutorial/parts.js';
import { versions } from '../versions.js';
import { type RequestArguments, requestOf } from './compare-request.js';
import type { Context } from './context.js';
import { addDesignOptions, ofOption, text } from './design-options.js';
import { integer } from './numbers.js';
import { Progress } from './progress.js';
import { withOptions } from './table/advice.js';
import { type NamedTable, openTable } from './table/open-table.js';
import { addTableOptions } from './table/table-options.js';
import { oneByOne, together } from './together.js';
import { unusable } from './unusable.js';
import { UsageError } from './usage-error.js';

interface CompareArguments extends RequestArguments {
  report: string;
  resume?: string;
  json?: true;
  queue?: string;
  threads?: number;
}

export const examples = `
Examples:
  rectify                                          the embedded table, and the tutorial's own experiment on it
  rectify iris.csv --label species                 any table
  rectify houses.csv --target price --arms relu,leaky_relu:0.2,tanh --hidden 16x16
  rectify iris.csv --label species --json > answer.json`;

export function addCompare(program: Command, context: Context): void {
  addDesignOptions(
    addTableOptions(program.command('compare', { isDefault: true }), '[file]')
      .description(
        'which activation for my data? Trains every arm on every seed, on rows held out without leaks',
      )
      .option('--data <file>', 'the same as FILE', text('the path of a file')),
  )
    .option(
      '--config <file>',
      "all of this as JSON: a report's request; options given beside it win",
      text('the path of a file'),
    )
    .option('--report <folder>', 'where the report goes', text('a folder'), 'rectify-report')
    .option(
      '--resume <folder>',
      'go on from the unfinished or finished runs of this report folder',
      text('a folder'),
    )
    .option('--json', 'the report as data, alone on standard output')
    .option(
      '--queue <url>',
      'have workers train, over Redis: redis://host:6379 (see rectify worker)',
      text('a URL'),
    )
    .option('--threads <n>', 'threads of this machine that train (default: all)', integer(1, 1024))
    .addHelpText('after', examples)
    .action((file: string | undefined, args: CompareArguments) => compareCommand(file, args, context));
}

async function compareCommand(
  file: string | undefined,
  args: CompareArguments,
  context: Context,
): Promise<void> {
  const { stdout, stderr, signal } = context;
  const started = new Date();
  const queue = args.queue === undefined ? undefined : queueAddress(args.queue);
  const request = await requestOf(file, args);
  const folder = args.resume ?? args.report;
  const { data, ...rest } = request;
  const opened = await openTable(data ?? undefined, rest, context);
  const planned = plan(opened, request);
  await checkReportFolder(folder);
  if (queue) await checkConnection(queue, signal);
  if (!args.json) stdout.write(`${opened.path ?? 'The embedded table, generated from a seed'}\n`);
  const { table } = opened;
  const facts = await summarizeAsync(table, signal ? { signal } : {});
  const say = (part: Partial<Report>) => {
    if (!args.json) stdout.write(`\n${printed(part, facts)}\n`);
  };
  say({ table: facts });
  const progress = new Progress(stderr);
  try {
    const audit = await auditAsync(table, signal ? { signal } : {});
    const findings = audit.findings.map(withOptions);
    say({ findings });
    const runner = queue && (await queueOf(queue, planned, context));
    const train = context.trainOn?.(args.threads);
    let isFree = true;
    const tutorialsOwn = async (stop: AbortSignal) => {
      isFree = false;
      const results = await tutorialPart(opened, request, progress, { ...context, signal: stop });
      isFree = true;
      if (results) say(results);
      return results;
    };
    const compared = (stop: AbortSignal) =>
      runComparison(planned, {
        ...{ log: { folder, resume: args.resume !== undefined }, runner, train, signal: stop },
        onProgress({ done, total, secondsLeft }) {
          const { arms, seeds } = planned.design;
          if (isFree)
            progress.show(`training ${arms.length} arms × ${seeds} seeds`, done / total, secondsLeft);
        },
      });
    // While the tutorial's network trains on this thread, those of the comparison may on others.
    const [tutorial, ran] = await (runner || train ? together : oneByOne)(signal, tutorialsOwn, compared);
    progress.stop();
    const { comparison, records, done, log } = ran;
    say({ comparison });
    const { header, problem } = planned;
    const report = reportOf({
      ...{
        table: facts,
        tutorial,
        notes: opened.notes,
        audit: { findings, skipped: audit.skipped },
        comparison,
        problem,
        records,
        request,
      },
      hashes: { table: header.table, configuration: header.configuration },
      ...{ engine: header.engine, versions: versions(), started },
      seconds: (Date.now() - started.getTime()) / 1000,
    });
    const paths = await writeReport(folder, report, planned.header, done);
    await log?.remove();
    if (args.json) stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    (args.json ? stderr : stdout).write(`\nWritten: ${paths.join(', ')}\n`);
  } catch (error) {
    if (signal?.aborted) {
      progress.stop();
      const kept = await hasUnfinishedRuns(folder);
      stderr.write(
        kept
          ? `Cancelled. What was done is kept: go on by --resume ${folder}\n`
          : 'Cancelled; no report was written.\n',
      );
    }
    // Of a large table each seed takes a sample, so that a cell that no network can take may come up late.
    if (error instanceof RangeError) throw unusable(opened.path, error);
    throw error;
  } finally {
    progress.stop();
  }
}

/** The design; what is wrong with it is said before any work. */
function plan({ table, path }: NamedTable, request: Request): PlannedComparison {
  if (request.group && request.group.length > 1)
    throw new UsageError(
      `--group must be one column for a comparison, got ${request.group.join(' and ')}: rows are held out by one grouping`,
    );
  const given = Object.fromEntries(
    designNames.flatMap((name) => (request[name] === undefined ? [] : [[name, request[name]]])),
  ) as DesignOptions;
  try {
    return planComparison(table, request.group ? { ...given, group: request.group[0] } : given);
  } catch (error) {
    const said = ofOption(error, [...designNames, 'group']);
    if (said !== undefined) throw new UsageError(said, { cause: error });
    if (error instanceof RangeError || error instanceof TypeError) throw unusable(path, error);
    throw error;
  }
}

/** The tutorial's experiment and its mended network, on its own table. */
async function tutorialPart(
  { table, path }: NamedTable,
  { seed, epochs }: Request,
  progress: Progress,
  { stderr, signal }: Context,
): Promise<TutorialResults | undefined> {
  const why = notTheTutorials(table);
  if (why !== undefined) {
    stderr.write(`${why}\n`);
    return undefined;
  }
  await useReproducibleBackend();
  const results = await tutorialExperiments(table, {
    ...{ seed, epochs, signal },
    onProgress: ({ task, epoch, epochs: all }) => progress.show(`training ${task}`, epoch / all),
  }).catch((error) => {
    if (error instanceof UnusableTableError) throw unusable(path, error);
    throw error;
  });
  progress.stop();
  return results;
}

async function queueOf(
  address: QueueAddress,
  { table }: PlannedComparison,
  { stderr }: Context,
): Promise<Runner> {
  const { queueRunner } = await import('../queue/queue-runner.js');
  return queueRunner(address, table, { onNote: (text) => stderr.write(`queue: ${text}\n`) });
}
