import { type CategoryColumn, encodeLabels, fitStandardScaler, split, type Table } from '@rectify/dataset';
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

/** The two sides of a split as tables: 80 % to train on, 20 % to test on, as in the article. */
export function splitTable(table: Table, method: SplitMethod, seed: number): { train: Table; test: Table } {
  const { train, test } = split(table, {
    method: method === 'panels' ? 'grouped' : 'random',
    testShare: 0.2,
    seed,
  });
  return { train: table.takeRows(train), test: table.takeRows(test) };
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
