import { readFile } from 'node:fs/promises';
import { auditAsync, summarizeAsync } from '@rectify/dataset';
import { type DesignOptions, prepareNames, type Runner, splitNames } from '@rectify/experiment';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { curvesOf } from '../comparison/curves.js';
import { recallOf } from '../comparison/recall.js';
import { commandOf, parseRequest, type Request } from '../comparison/request.js';
import { type PlannedComparison, planComparison, runComparison } from '../comparison/run-comparison.js';
import { checkConnection, type QueueAddress, queueAddress } from '../queue/connection.js';
import { printed } from '../report/print.js';
import type { Report } from '../report/report.js';
import { checkReportFolder, writeReport } from '../report/write-report.js';
import { hasUnfinishedRuns } from '../runs/run-log.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import { notTheTutorials, type TutorialResults, tutorialExperiments } from '../tutorial/experiments.js';
import { UnusableTableError } from '../tutorial/parts.js';
import { versions } from '../versions.js';
import type { Context } from './context.js';
import { integer } from './numbers.js';
import { reason } from './output.js';
import { Progress } from './progress.js';
import { type NamedTable, openTable } from './table/open-table.js';
import { addTableOptions, type TableArguments } from './table/table-options.js';
import { UsageError } from './usage-error.js';

interface CompareArguments extends TableArguments {
  arms?: string;
  baseline?: string;
  seeds?: number;
  seed?: number;
  split?: (typeof splitNames)[number];
  hidden?: string;
  epochs?: number;
  batch?: number;
  prepare?: (typeof prepareNames)[number];
  config?: string;
  report: string;
  resume?: string;
  json?: true;
  queue?: string;
}

const examples = `
Examples:
  rectify                                          the embedded table, and the tutorial's own experiment on it
  rectify iris.csv --label species                 any table
  rectify houses.csv --target price --arms relu,leaky_relu:0.2,tanh --hidden 16x16
  rectify iris.csv --label species --json > answer.json`;

export function addCompare(program: Command, context: Context): void {
  const text = (what: string) => (value: string) => {
    if (value === '') throw new InvalidArgumentError(`It must be ${what}.`);
    return value;
  };
  const command = addTableOptions(program.command('compare', { isDefault: true }), '[file]')
    .description(
      'which activation for my data? Trains every arm on every seed, on rows held out without leaks',
    )
    .option('--data <file>', 'the same as FILE', text('the path of a file'))
    .option(
      '--arms <list>',
      'activations with their parameters, as relu,leaky_relu:0.05,gelu@lr=0.01',
      text('a list of activations'),
    )
    .option(
      '--baseline <arm>',
      'the arm that each other one is compared with (default: relu)',
      text('an activation'),
    )
    .option('--seeds <n>', 'how many seeds, 2 to 10000 (default: 32)', integer(2, 10_000))
    .option('--seed <n>', 'the first seed (default: 1)', integer(0, 4_294_957_295))
    .addOption(
      new Option('--split <name>', 'how rows are held out (default: what the table asks for)').choices(
        splitNames,
      ),
    )
    .option(
      '--hidden <units>',
      'hidden units of each layer, as 3 or 16x16 (default: 3)',
      text('units, as 3 or 16x16'),
    )
    .option('--epochs <n>', 'default: 100', integer(1, 100_000))
    .option('--batch <n>', 'rows of a step (default: 10)', integer(1, 1_000_000))
    .addOption(
      new Option('--prepare <name>', 'what becomes of the features (default: standardised)').choices(
        prepareNames,
      ),
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
    .addHelpText('after', examples)
    .action((file: string | undefined, args: CompareArguments) =>
      compareCommand(file, args, command, context),
    );
}

async function compareCommand(
  file: string | undefined,
  args: CompareArguments,
  command: Command,
  context: Context,
): Promise<void> {
  const { stdout, stderr, signal } = context;
  const started = new Date();
  const queue = args.queue === undefined ? undefined : queueAddress(args.queue);
  const request = await requestOf(file, args, command);
  const folder = args.resume ?? args.report;
  const { data, ...rest } = request;
  const opened = await openTable(data ?? undefined, { ...rest, header: request.header ?? true }, context);
  const planned = plan(opened, request);
  await checkReportFolder(folder);
  if (queue) await checkConnection(queue, signal);
  const say = (part: Partial<Report>) => {
    if (!args.json) stdout.write(`\n${printed(part)}\n`);
  };
  if (!args.json) stdout.write(`${opened.path ?? 'The embedded table, generated from a seed'}\n`);
  const { table } = opened;
  const facts = await summarizeAsync(table, signal ? { signal } : {});
  say({ table: facts });
  const progress = new Progress(stderr);
  try {
    const audit = await auditAsync(table, signal ? { signal } : {});
    say({ findings: audit.findings });
    const tutorial = await tutorialPart(opened, request, progress, context);
    if (tutorial) say(tutorial);
    const runner = queue && (await queueOf(queue, planned, context));
    const ran = await runComparison(planned, {
      ...{ log: { folder, resume: args.resume !== undefined }, runner, train: context.train, signal },
      onProgress: ({ done, total, secondsLeft }) =>
        progress.show(
          `training ${planned.design.arms.length} arms × ${planned.design.seeds} seeds`,
          done / total,
          secondsLeft,
        ),
    });
    progress.stop();
    const { comparison, records, done, log } = ran;
    say({ comparison });
    const report: Report = {
      table: facts,
      ...tutorial,
      ...{ notes: opened.notes, findings: audit.findings, skipped: audit.skipped, comparison },
      curves: curvesOf(planned.design, records),
      recall: recallOf(planned.problem, planned.design, records),
      ...{ request, command: commandOf(request) },
      hashes: { table: planned.header.table, configuration: planned.header.configuration },
      ...{ engine: planned.header.engine, versions: versions() },
      times: { started: started.toISOString(), seconds: (Date.now() - started.getTime()) / 1000 },
    };
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
    throw error;
  } finally {
    progress.stop();
  }
}

const requestNames = [
  ...[
    'label',
    'target',
    'features',
    'ignore',
    'group',
    'id',
    'delimiter',
    'decimal',
    'encoding',
    'missing',
    'schema',
  ],
  ...['arms', 'baseline', 'seeds', 'seed', 'split', 'hidden', 'epochs', 'batch', 'prepare'],
] as const;

/** What is asked for: the file of `--config`, and over it what stands on the command line. */
async function requestOf(
  file: string | undefined,
  args: CompareArguments,
  command: Command,
): Promise<Request> {
  if (file !== undefined && args.data !== undefined && file !== args.data)
    throw new UsageError(`the table is given twice: ${file} and --data ${args.data}`);
  const base = args.config === undefined ? {} : await configFile(args.config);
  const given = Object.fromEntries(
    requestNames.flatMap((name) => (args[name] === undefined ? [] : [[name, args[name]]])),
  );
  const header = command.getOptionValueSource('header') === 'cli' ? { header: args.header } : {};
  const data = file ?? args.data;
  return { ...base, ...(data === undefined ? {} : { data }), ...given, ...header };
}

async function configFile(path: string): Promise<Request> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : reason(error);
    throw new UsageError(`--config ${path}: ${why}`, { cause: error });
  });
  return parseRequest(text, path);
}

/** The design; what is wrong with it is said before any work. */
function plan({ table, path }: NamedTable, request: Request): PlannedComparison {
  const { arms, baseline, seeds, seed, split, hidden, epochs, batch, prepare, group } = request;
  const options = { arms, baseline, seeds, seed, split, hidden, epochs, batch, prepare, group: group?.[0] };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  try {
    return planComparison(table, Object.fromEntries(given) as DesignOptions);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) {
      const [first] = error.message.split(/[ .]/);
      const ofOption = [...Object.keys(options), 'arm'].includes(first);
      if (ofOption) throw new UsageError(error.message.replace(/^(\w+)( must )/, '--$1$2'), { cause: error });
      throw new UnusableTableError(`${path ?? 'the embedded table'}: ${error.message}`, { cause: error });
    }
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
    if (error instanceof UnusableTableError)
      throw new UnusableTableError(`${path}: ${error.message}`, { cause: error });
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
