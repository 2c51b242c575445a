import { assertInteger } from './_assert.js';
import { moments } from './describe.js';

/** Row-major numbers of `shape` [rows, columns], float32 or float64. */
export interface NumberMatrix {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** A scaler as plain data. */
export interface StandardScalerJson {
  readonly kind: 'standard';
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** z = (x − mean) ÷ sd, column by column. */
export interface StandardScaler {
  readonly mean: readonly number[];
  /** Population standard deviation; 1 for a constant column, as scikit-learn's `scale_`. */
  readonly sd: readonly number[];
  /** A new matrix of the same float type. */
  transform<M extends NumberMatrix>(matrix: M): M;
  inverse<M extends NumberMatrix>(matrix: M): M;
  toJSON(): StandardScalerJson;
}

/**
 * Learns mean and population standard deviation of every column, as scikit-learn's StandardScaler. A constant column is
 * centred and divided by 1. Fit it on the training part and apply it to both.
 *
 * @throws RangeError on an empty matrix or a value that is not finite
 */
export function fitStandardScaler(matrix: NumberMatrix): StandardScaler {
  const columns = columnsOf(matrix).map((column) => moments(column));
  // Rounding leaves a constant column a spread of a few ulp of its value; it is no spread.
  const [rows] = matrix.shape;
  return standardScaler({
    kind: 'standard',
    mean: columns.map(({ mean }) => mean),
    sd: columns.map(({ mean, sd }) => (sd <= Math.abs(mean) * rows * Number.EPSILON ? 1 : sd)),
  });
}

/** The scaler of `toJSON()`'s data. */
export function standardScaler({ mean, sd }: StandardScalerJson): StandardScaler {
  return {
    mean,
    sd,
    transform: (matrix) =>
      mapColumns(matrix, mean.length, (x, j) => (x - (mean[j] as number)) / (sd[j] as number)),
    inverse: (matrix) =>
      mapColumns(matrix, mean.length, (z, j) => z * (sd[j] as number) + (mean[j] as number)),
    toJSON: () => ({ kind: 'standard', mean: [...mean], sd: [...sd] }),
  };
}

function columnsOf({ data, shape: [rows, columns] }: NumberMatrix): Float64Array[] {
  assertInteger('matrix.shape[0]', rows, 1, 2 ** 32);
  assertInteger('matrix.shape[1]', columns, 1, 2 ** 32);
  if (data.length !== rows * columns)
    throw new RangeError(`matrix.data must have ${rows} × ${columns} values, got ${data.length}`);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new RangeError(
      `matrix row ${Math.floor(at / columns)}, column ${at % columns} must be finite, got ${data[at]}`,
    );
  return Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * columns + j] as number),
  );
}

function mapColumns<M extends NumberMatrix>(
  matrix: M,
  width: number,
  f: (value: number, column: number) => number,
): M {
  const columns = matrix.shape[1];
  if (columns !== width)
    throw new RangeError(`matrix must have the ${width} columns of the fit, got ${columns}`);
  return { ...matrix, data: matrix.data.map((value, i) => f(value, i % columns)) };
}
