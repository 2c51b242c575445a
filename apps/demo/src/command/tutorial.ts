import { sampleDiabetes } from '@rectify/dataset';
import { loadTableFile } from '@rectify/dataset/node';
import type { Command } from 'commander';
import { tutorialFileNames, tutorialFiles } from '../report/tutorial-page.js';
import { writeFilesTogether } from '../report/write-files.js';
import { checkFolder } from '../report/write-report.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import { notTheTutorials } from '../tutorial/experiments.js';
import { UnusableTableError } from '../tutorial/parts.js';
import type { TutorialStep } from '../tutorial/step.js';
import { tutorialSteps } from '../tutorial/steps.js';
import type { Context } from './context.js';
import { text } from './design-options.js';
import { seed } from './numbers.js';
import { OutputError, reason } from './output.js';
import { Progress } from './progress.js';

interface TutorialArguments {
  data?: string;
  seed?: number;
  report?: string;
  json?: true;
}

const examples = `
Examples:
  rectify tutorial                        every step and claim, in the terminal
  rectify tutorial --report tutorial      as a page too, its graphs and its network as SVG beside it`;

export function addTutorial(program: Command, context: Context): void {
  program
    .command('tutorial')
    .description('every step of the tutorial and each of its claims, beside what is true of it')
    .option('--data <file>', 'a CSV with the columns of the diabetes table (default: the embedded table)')
    .option('--seed <n>', "default: one found by a search, so that the tutorial's figures come out", seed)
    .option('--report <folder>', 'write the page, its pictures as SVG, and its figures', text('a folder'))
    .option('--json', 'the steps and figures as data, alone on standard output')
    .addHelpText('after', examples)
    .action((options: TutorialArguments) => tutorialCommand(options, context));
}

async function tutorialCommand(
  { data, seed, report, json }: TutorialArguments,
  { stdout, stderr, signal, trainOn }: Context,
): Promise<void> {
  const table = data === undefined ? sampleDiabetes() : await loadTableFile(data);
  const why = notTheTutorials(table);
  if (why !== undefined) throw new UnusableTableError(`${data}: ${why}`);
  if (report !== undefined) await checkFolder('--report', report, tutorialFileNames);
  await useReproducibleBackend();
  const progress = new Progress(stderr);
  try {
    const answer = await tutorialSteps(table, {
      ...{ seed, signal },
      onProgress: ({ task, epoch, epochs }) => progress.show(`training ${task}`, epoch / epochs),
      claims: {
        train: trainOn?.(undefined),
        onProgress: (task, share) => progress.show(`comparing ${task}`, share),
      },
      onStep(step) {
        progress.stop();
        if (!json) stdout.write(`${printedStep(step)}\n\n`);
      },
    });
    progress.stop();
    if (json) stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    if (report === undefined) return;
    const paths = await written(report, tutorialFiles(answer, table.featureNames));
    (json ? stderr : stdout).write(`Written: ${paths.join(', ')}\n`);
  } finally {
    progress.stop();
  }
}

async function written(folder: string, files: Record<string, string>): Promise<string[]> {
  try {
    return await writeFilesTogether(folder, files);
  } catch (cause) {
    throw new OutputError(`--report ${folder}: ${reason(cause as NodeJS.ErrnoException)}`, { cause });
  }
}

const indented = (text: string, margin: string) => text.replaceAll(/^(?=.)/gm, margin);

const printedStep = ({ title, shown, truth }: TutorialStep): string =>
  [
    title,
    '='.repeat(title.length),
    '',
    indented(shown, '  '),
    '',
    'What is true of it',
    indented(truth, '  '),
  ].join('\n');
