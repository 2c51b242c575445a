import type { Command } from 'commander';
import { cardText } from '../model/card.js';
import { modelFiles, saveModel } from '../model/model-file.js';
import { trainModel } from '../model/train-model.js';
import { checkFolder } from '../report/write-report.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import type { Context } from './context.js';
import { addTrainingOptions, ofOption, type TrainingArguments, text } from './design-options.js';
import { Progress } from './progress.js';
import { openTable } from './table/open-table.js';
import { addTableOptions, type TableArguments } from './table/table-options.js';
import { unusable } from './unusable.js';
import { UsageError } from './usage-error.js';

interface TrainArguments extends TableArguments, TrainingArguments {
  activation: string;
  model: string;
  json?: true;
}

const examples = `
Examples:
  rectify train iris.csv --label species --activation leaky_relu:0.05 --hidden 16 --model iris-model
  rectify predict iris-model more.csv`;

export function addTrain(program: Command, context: Context): void {
  addTrainingOptions(
    addTableOptions(program.command('train'), '<file>')
      .description('train one network, save it as a tfjs model, and print its card')
      .option(
        '--activation <arm>',
        'with its parameters, as leaky_relu:0.05@lr=0.01',
        text('an activation'),
        'relu',
      ),
    'of the split, the weights and the order of rows',
  )
    .option('--model <folder>', 'where the model goes', text('a folder'), 'rectify-model')
    .option('--json', 'the card as data, alone on standard output')
    .addHelpText('after', examples)
    .action((file: string, args: TrainArguments) => trainCommand(file, args, context));
}

async function trainCommand(file: string, args: TrainArguments, context: Context): Promise<void> {
  const { stdout, stderr, signal, trainOn } = context;
  const { activation, seed, split, hidden, epochs, batch, prepare } = args;
  const { table, schema } = await openTable(file, args, context);
  await checkFolder('--model', args.model, modelFiles);
  await useReproducibleBackend();
  const progress = new Progress(stderr);
  const given = Object.entries({ seed, split, hidden, epochs, batch, prepare, group: args.group?.[0] });
  try {
    const trained = await trainModel(
      table,
      { activation, ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) },
      {
        train: trainOn?.(undefined),
        ...(signal && { signal }),
        onProgress: ({ done, total }) => progress.show(`training ${activation}`, done / total),
      },
    );
    progress.stop();
    const paths = await saveModel(args.model, trained, schema);
    trained.model.dispose();
    stdout.write(args.json ? `${JSON.stringify(trained.card, null, 2)}\n` : cardText(trained.card));
    (args.json ? stderr : stdout).write(`\nWritten: ${paths.join(', ')}\n`);
  } catch (error) {
    if (signal?.aborted) stderr.write('Cancelled; no model was written.\n');
    const said = ofOption(error, ['activation', ...given.map(([name]) => name)]);
    if (said !== undefined) throw new UsageError(said, { cause: error });
    if (error instanceof RangeError) throw unusable(file, error);
    throw error;
  } finally {
    progress.stop();
  }
}
