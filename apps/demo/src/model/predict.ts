import { type Column, type Table, TableError, type TableSchema } from '@rectify/dataset';
import { openTableFile } from '@rectify/dataset/node';
import type * as tfl from '@tensorflow/tfjs-layers';
import { UnusableTableError } from '../tutorial/parts.js';
import type { SavedModel } from './model-file.js';
import { outputsOf } from './network.js';
import { finiteInputsOf } from './preparation.js';
import { answersOf, classScores, numberScores, type Scores } from './scores.js';

export interface Predictions {
  /** A class, or a number, for each row. */
  readonly answers: readonly (string | number)[];
  /** Probabilities [rows, classes]; none for a regression. */
  readonly probabilities: Float32Array | undefined;
  /** Of the rows that say what is true; undefined where none does. */
  readonly scores: Scores | undefined;
}

/**
 * Opens a file as the table that a model was trained on: its columns must be there; only its features must.
 *
 * @throws UnusableTableError (as a rejection) for another table
 */
export async function openForModel(
  path: string,
  { schema, card }: SavedModel,
  signal: AbortSignal | undefined,
): Promise<Table> {
  const columns = schema.columns.map((column) =>
    card.features.includes(column.name) ? column : { ...column, optional: true },
  );
  const relaxed: TableSchema = { ...schema, columns };
  try {
    const opened = await openTableFile(path, { schema: relaxed, ...(signal && { signal }) });
    return opened.table;
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new UnusableTableError(
      `${error.message}; the model needs a table with ${card.features.join(', ')}`,
      { cause: error },
    );
  }
}

export function predictTable(
  model: tfl.LayersModel,
  { preparation, card }: SavedModel,
  table: Table,
): Predictions {
  const outputs = outputsOf(model, finiteInputsOf(table, preparation));
  const { classes, label } = card;
  const has = table.columnNames.includes(label);
  if (card.task === 'regression') {
    const truth = has ? table.numbers(label) : new Float64Array();
    const known = rowsWhere(truth.length, (row) => !Number.isNaN(truth[row]));
    return {
      answers: Array.from(outputs),
      probabilities: undefined,
      scores: known.length > 0 ? numberScores(truth, outputs, known) : undefined,
    };
  }
  const truth = has ? classNumbers(table.column(label), classes) : [];
  const known = rowsWhere(truth.length, (row) => truth[row] >= 0);
  return {
    answers: Array.from(answersOf(outputs, classes.length), (c) => classes[c]),
    probabilities: outputs,
    scores: known.length > 0 ? classScores(truth, outputs, classes.length, known) : undefined,
  };
}

/** The model's number of each cell's class; −1 for a missing cell, and for a class that the model does not know. */
function classNumbers(column: Column, classes: readonly string[]): number[] {
  if (column.kind === 'number') return [];
  const numberOf = column.levels.map((level) => classes.indexOf(level));
  return Array.from(column.codes, (code) => (code < 0 ? -1 : numberOf[code]));
}

const rowsWhere = (rows: number, isSo: (row: number) => boolean): number[] =>
  Array.from({ length: rows }, (_, row) => row).filter(isSo);
