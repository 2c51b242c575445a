import { finish, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { pcaSteps } from './pca.js';
import { fitStandardScaler } from './scale.js';

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
 * How many inputs are negative, before and after standardising and PCA. The article takes the share of negative inputs as its reason
 * for or against Leaky ReLU. Rows with a missing feature are left out.
 *
 * @throws RangeError on a table without number features, or with fewer than 2 complete rows
 */
export const negativeShares = (table: Table): NegativeShares => finish(negativeShareSteps(table));

export function* negativeShareSteps(table: Table): Steps<NegativeShares> {
  const names = table.numberFeatureNames;
  if (names.length === 0) throw new RangeError('the table has no feature that is a number');
  const columns = names.map((name) => table.numbers(name));
  const complete = Array.from({ length: table.rowCount }, (_, i) => i).filter((i) =>
    columns.every((values) => !Number.isNaN(values[i])),
  );
  const width = names.length;
  const data = new Float64Array(complete.length * width);
  complete.forEach((row, i) => {
    for (let j = 0; j < width; j++) data[i * width + j] = columns[j]?.[row];
  });
  const matrix = { data, shape: [complete.length, width] as const };
  const scaled = fitStandardScaler(matrix).transform(matrix);
  yield;
  const pca = yield* pcaSteps(scaled);
  const scores = pca.transform(scaled);
  yield;
  const share = (m: typeof scores, j: number) => {
    const [rows, columns] = m.shape;
    let negative = 0;
    for (let i = 0; i < rows; i++) if (m.data[i * columns + j] < 0) negative++;
    return negative / rows;
  };
  return {
    features: names.map((column, j) => ({ column, raw: share(matrix, j), standardised: share(scaled, j) })),
    components: Array.from({ length: scores.shape[1] }, (_, j) => share(scores, j)),
  };
}
