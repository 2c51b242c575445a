import {
  type CategoryColumn,
  encodeLabels,
  fitImputer,
  fitStandardScaler,
  split,
  type Table,
} from '@rectify/dataset';
import type { Rows } from './training-set.js';

/** How rows are held out: any row, or whole panels, so that no panel is on both sides. */
export type SplitMethod = 'random' | 'panels';

/** One side of a split, ready for a network. */
export interface Part {
  readonly features: Rows;
  /** One-hot labels `[rows, classes]`. */
  readonly labels: Rows;
  /** The class of each row, as an index into `classes`. */
  readonly truth: Int32Array;
}

export interface Parts {
  readonly classes: readonly string[];
  readonly train: Part;
  readonly test: Part;
}

/** A table that no network can be trained and tested on, though every cell of it is sound: it is too small, or too empty. */
export class UnusableTableError extends Error {
  override readonly name = 'UnusableTableError';
}

/**
 * The two sides of a split as tables: 80 % to train on, 20 % to test on, as in the article. Empty cells are filled with
 * the median of the training part.
 *
 * @throws UnusableTableError when a side would be empty, or the training part holds no value of a feature.
 */
export function splitTable(table: Table, method: SplitMethod, seed: number): { train: Table; test: Table } {
  try {
    const { train, test } = split(table, {
      method: method === 'panels' ? 'grouped' : 'random',
      testShare: 0.2,
      seed,
    });
    const training = table.takeRows(train);
    const imputer = fitImputer(training, { strategy: 'median' });
    return { train: imputer.apply(training), test: imputer.apply(table.takeRows(test)) };
  } catch (cause) {
    if (cause instanceof RangeError) throw new UnusableTableError(cause.message, { cause });
    throw cause;
  }
}

/** Splits the table and standardises its features by the mean and deviation of the training part alone. */
export function standardisedParts(table: Table, method: SplitMethod, seed: number): Parts {
  const tables = splitTable(table, method, seed);
  const scaler = fitStandardScaler(tables.train.toMatrix());
  const { levels: classes } = table.column(table.labelName) as CategoryColumn;
  const part = (side: Table): Part => {
    const labels = side.labels();
    const { values, shape } = encodeLabels(labels, 'one-hot', classes);
    return {
      features: scaler.transform(side.toMatrix()),
      labels: { data: values, shape },
      truth: Int32Array.from(labels, (label) => classes.indexOf(label)),
    };
  };
  return { classes, train: part(tables.train), test: part(tables.test) };
}
