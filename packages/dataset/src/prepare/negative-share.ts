import { finish, type RunOptions, run, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { pcaSteps, scoreSteps } from './pca.js';
import { standardScalerSteps } from './scale.js';

/** Share of values below 0 of one feature, or of one principal component. */
export interface NegativeShare {
  readonly column: string;
  /** As the table has it. */
  readonly raw: number;
  /** After standardising: the share below the mean. */
  readonly standardised: number;
}

/** Shares of negative values, of features and of principal components. */
export interface NegativeShares {
  readonly features: readonly NegativeShare[];
  /** Of each principal component of the standardised features, the one of largest variance first. */
  readonly components: readonly number[];
}

/**
 * How many inputs are negative, before and after standardising and PCA. The tutorial takes the share of negative inputs as its reason
 * for or against Leaky ReLU. Rows with a missing feature are left out.
 *
 * @throws RangeError on a table without number features, or with fewer than 2 complete rows
 */
export const negativeShares = (table: Table): NegativeShares => finish(negativeShareSteps(table));

/** As `negativeShares`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
export const negativeSharesAsync = (table: Table, options: RunOptions = {}): Promise<NegativeShares> =>
  run(negativeShareSteps(table), options);

export function* negativeShareSteps(table: Table): Steps<NegativeShares> {
  const names = table.numberFeatureNames;
  if (names.length === 0) throw new RangeError('the table has no feature that is a number');
  const columns = names.map((name) => table.numbers(name));
  const complete: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (columns.every((values) => !Number.isNaN(values[row]))) complete.push(row);
    if ((row & 0xffff) === 0) yield;
  }
  const width = names.length;
  const data = new Float64Array(complete.length * width);
  for (const [j, values] of columns.entries()) {
    for (let i = 0; i < complete.length; i++) data[i * width + j] = values[complete[i]];
    yield;
  }
  const matrix = { data, shape: [complete.length, width] as const };
  const { mean, sd } = yield* standardScalerSteps(matrix);
  const scaled = { data: new Float64Array(data.length), shape: matrix.shape };
  for (let j = 0; j < width; j++) {
    for (let i = j; i < data.length; i += width) scaled.data[i] = (data[i] - mean[j]) / sd[j];
    yield;
  }
  const pca = yield* pcaSteps(scaled);
  const scores = yield* scoreSteps(pca, scaled);
  const share = (m: typeof scores, j: number) => {
    const [rows, columns] = m.shape;
    let negative = 0;
    for (let i = 0; i < rows; i++) if (m.data[i * columns + j] < 0) negative++;
    return negative / rows;
  };
  const features: NegativeShare[] = [];
  for (const [j, column] of names.entries()) {
    features.push({ column, raw: share(matrix, j), standardised: share(scaled, j) });
    yield;
  }
  const components: number[] = [];
  for (let j = 0; j < scores.shape[1]; j++) {
    components.push(share(scores, j));
    yield;
  }
  return { features, components };
}
