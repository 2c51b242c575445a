import { prepareNames, splitNames } from '@rectify/experiment';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { limits } from '../comparison/limits.js';
import type { Request } from '../comparison/request.js';
import { integer } from './numbers.js';

/** A reader of texts that must not be empty. */
export const text = (what: string) => (value: string) => {
  if (value === '') throw new InvalidArgumentError(`It must be ${what}.`);
  return value;
};

/** What the options of training come to, as Commander gives them. */
export type TrainingArguments = Pick<Request, 'seed' | 'split' | 'epochs' | 'batch' | 'prepare'> & {
  hidden?: string;
};

/** Adds the options that a comparison and a single network have in common. */
export const addTrainingOptions = (command: Command, seedOf: string): Command =>
  command
    .option('--seed <n>', `${seedOf} (default: 1)`, integer(...limits.seed))
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
    .option('--epochs <n>', 'default: 100', integer(...limits.epochs))
    .option('--batch <n>', 'rows of a step (default: 10)', integer(...limits.batch))
    .addOption(
      new Option('--prepare <name>', 'what becomes of the features (default: standardised)').choices(
        prepareNames,
      ),
    );

/** Adds the options that say what is compared. */
export const addDesignOptions = (command: Command): Command =>
  addTrainingOptions(
    command
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
      .option('--seeds <n>', 'how many seeds, 2 to 10000 (default: 32)', integer(...limits.seeds)),
    'the first seed',
  );

/** What a library said of an option, as the command calls it; undefined where it is of the table and not of an option. */
export function ofOption(error: unknown, names: readonly string[]): string | undefined {
  if (!(error instanceof RangeError || error instanceof TypeError)) return undefined;
  const [first] = error.message.split(/[ .]/);
  if (![...names, 'arm', 'arms'].includes(first)) return undefined;
  return error.message.replace(/^(\w+)( must )/, '--$1$2');
}
