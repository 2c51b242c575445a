import {
  fitEncoder,
  fitPca,
  fitRobustScaler,
  fitStandardScaler,
  type NumberMatrix,
  type Table,
} from '@rectify/dataset';
import type { PrepareName } from './design.js';
import { assertFloat32 } from './float32.js';
import type { Problem } from './problem.js';

/** Features of the rows that a network sees: training rows first, then those held out. */
export interface Prepared {
  readonly data: Float32Array;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * Turns the cells of a training and a test part into numbers. All that is learned is learned on the training part: the median that fills
 * a missing number, centre and scale, components, and which levels of a category there are (one column of 0 and 1 for each; a level that
 * the training part lacks, or a missing one, is all 0).
 */
export function prepared(
  problem: Problem,
  prepare: PrepareName,
  train: Uint32Array,
  test: Uint32Array,
): Prepared {
  const { table, features } = problem;
  if (prepare === 'pca' && train.length < 2)
    throw new RangeError(`prepare pca needs at least 2 training rows, the split leaves ${train.length}`);
  const rows = Uint32Array.from([...train, ...test]);
  const numbers = features.filter((name) => table.column(name).kind === 'number');
  const filled = numbers.map((name) => filledColumn(table.numbers(name), rows, train.length));
  const hot = oneHot(table, features, train, rows);
  const scaled = scale(matrixOf(filled, rows.length), prepare, train.length);
  // A row's components are no further from 0 than the row is.
  const furthest = prepare === 'pca' ? Math.sqrt(features.length) : 1;
  for (let i = 0, k = 0; i < rows.length; i++)
    for (const name of numbers) assertFloat32(problem, name, rows[i], furthest * scaled.data[k++]);
  const all = matrixOf([...columnsOf(scaled), ...columnsOf(hot)], rows.length);
  const { data, shape } = prepare === 'pca' ? components(all, train.length) : all;
  return { data: Float32Array.from(data), shape };
}

/** The column's cells of these rows, missing ones filled with the median of the training rows; 0 where it has none. */
function filledColumn(values: Float64Array, rows: Uint32Array, trainRows: number): Float64Array {
  const column = Float64Array.from(rows, (row) => values[row]);
  if (!column.some(Number.isNaN)) return column;
  const known = column
    .subarray(0, trainRows)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const middle = known.length >> 1;
  const median = known.length % 2 === 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
  return column.map((value) => (Number.isNaN(value) ? median || 0 : value));
}

/** A column for each level that the table has, so that every seed has as many; those of levels that no training row has stay 0. */
function oneHot(
  table: Table,
  features: readonly string[],
  train: Uint32Array,
  rows: Uint32Array,
): NumberMatrix {
  const columns = features.filter((name) => {
    const column = table.column(name);
    return column.kind === 'category' && column.levels.length > 0;
  });
  if (columns.length === 0) return matrixOf([], rows.length);
  const categories = table.select(columns);
  return fitEncoder(categories.takeRows(train), { columns, levels: 'table', missing: 'none' }).transform(
    categories.takeRows(rows),
  );
}

function scale(matrix: NumberMatrix, prepare: PrepareName, trainRows: number): NumberMatrix {
  if (prepare === 'raw' || matrix.shape[1] === 0) return matrix;
  const fit = prepare === 'robust' ? fitRobustScaler : fitStandardScaler;
  return fit(head(matrix, trainRows)).transform(matrix);
}

/** All principal components; where the training part has fewer rows than columns, the rest are 0. */
function components(matrix: NumberMatrix, trainRows: number): NumberMatrix {
  const [rows, columns] = matrix.shape;
  const turned = fitPca(head(matrix, trainRows)).transform(matrix);
  return matrixOf(
    [
      ...columnsOf(turned),
      ...Array.from({ length: columns - turned.shape[1] }, () => new Float64Array(rows)),
    ],
    rows,
  );
}

const head = ({ data, shape: [, columns] }: NumberMatrix, rows: number): NumberMatrix => ({
  data: data.subarray(0, rows * columns),
  shape: [rows, columns],
});

function matrixOf(columns: readonly ArrayLike<number>[], rows: number): NumberMatrix {
  const data = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = column[i];
  });
  return { data, shape: [rows, columns.length] };
}

const columnsOf = ({ data, shape: [rows, columns] }: NumberMatrix): Float64Array[] =>
  Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]),
  );
