import type { Command } from 'commander';
import { scoresText } from '../model/card.js';
import { loadModel } from '../model/model-file.js';
import { openForModel, type Predictions, predictTable } from '../model/predict.js';
import { csvLine } from '../runs/csv.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import type { Context } from './context.js';
import { unusable } from './unusable.js';

interface PredictArguments {
  json?: true;
}

export function addPredict(program: Command, context: Context): void {
  program
    .command('predict')
    .argument('<model>', 'the folder of a model that rectify train saved')
    .argument('<file>', 'a CSV with the columns that it was trained on')
    .description(
      'the answer of a saved model for each row, as CSV, and how right it is where the truth is known',
    )
    .option('--json', 'the same as data, alone on standard output')
    .action((model: string, file: string, args: PredictArguments) =>
      predictCommand(model, file, args, context),
    );
}

async function predictCommand(
  path: string,
  file: string,
  args: PredictArguments,
  { stdout, stderr, signal }: Context,
): Promise<void> {
  await useReproducibleBackend();
  const { model, saved } = await loadModel(path);
  const table = await openForModel(file, saved, signal);
  const predictions = predicted(() => predictTable(model, saved, table), file);
  model.dispose();
  const { classes, label } = saved.card;
  stdout.write(
    args.json
      ? `${JSON.stringify({ model: path, file, label, classes, ...asData(predictions, classes.length) }, null, 2)}\n`
      : csvText(predictions, label, classes),
  );
  if (predictions.scores) stderr.write(`${scoresText(predictions.scores)}\n`);
}

/** A cell that the model cannot take is a fault of the file. */
function predicted(predict: () => Predictions, file: string): Predictions {
  try {
    return predict();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unusable(file, error);
  }
}

function asData({ answers, probabilities, scores }: Predictions, classes: number) {
  const of = (row: number) => Array.from(probabilities?.subarray(row * classes, (row + 1) * classes) ?? []);
  return {
    scores: scores ?? null,
    predictions: answers.map((answer, row) => ({
      answer,
      ...(probabilities && { probabilities: of(row) }),
    })),
  };
}

/** A line for each row, in the file's order: the answer, and the probability of each class. */
function csvText({ answers, probabilities }: Predictions, label: string, classes: readonly string[]): string {
  const header = [label, ...(probabilities ? classes.map((name) => `probability of ${name}`) : [])];
  const lines = answers.map((answer, row) =>
    csvLine([answer, ...classes.map((_, c) => probabilities?.[row * classes.length + c] ?? null)]),
  );
  return [csvLine(header), ...lines].join('');
}
