import { sampleDiabetes } from '@rectify/dataset';
import { loadTableFile } from '@rectify/dataset/node';
import type { Command } from 'commander';
import ora from 'ora';
import { useReproducibleBackend } from '../tutorial/backend.js';
import { type TutorialStep, tutorialSteps } from '../tutorial/steps.js';
import type { Context } from './context.js';
import { seed } from './numbers.js';

interface TutorialArguments {
  data?: string;
  seed?: number;
}

export function addTutorial(program: Command, context: Context): void {
  program
    .command('tutorial')
    .description('every step of the tutorial, each beside what is true of it')
    .option('--data <file>', 'a CSV with the columns of the diabetes table (default: the embedded table)')
    .option('--seed <n>', "default: one found by a search, so that the tutorial's figures come out", seed)
    .action((options: TutorialArguments) => tutorialCommand(options, context));
}

async function tutorialCommand(
  options: TutorialArguments,
  { stdout, stderr, signal }: Context,
): Promise<void> {
  const table = options.data === undefined ? sampleDiabetes() : await loadTableFile(options.data);
  await useReproducibleBackend();
  const spinner = ora({ stream: stderr.stream as NodeJS.WriteStream, discardStdin: false });
  try {
    await tutorialSteps(table, {
      seed: options.seed,
      signal,
      onProgress({ task, epoch, epochs }) {
        const text = `training ${task}: epoch ${epoch} of ${epochs}`;
        if (epoch === 1) spinner.start(text);
        else spinner.text = text;
      },
      onStep(step) {
        spinner.stop();
        stdout.write(`${printedStep(step)}\n\n`);
      },
    });
  } finally {
    spinner.stop();
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
