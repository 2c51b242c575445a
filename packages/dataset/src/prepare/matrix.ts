import { assertInteger, shown } from '../arguments/assert.js';
import { finish, type Steps } from '../steps/steps.js';

/** Row-major numbers of `shape` [rows, columns], float32 or float64. */
export interface NumberMatrix {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** Columns of a matrix to learn from: at least one row and column, and every value finite. */
export const columnsOf = (matrix: NumberMatrix): Float64Array[] => finish(columnsSteps(matrix));

export function* columnsSteps(matrix: NumberMatrix): Steps<Float64Array[]> {
  assertMatrix(matrix);
  const {
    data,
    shape: [rows, columns],
  } = matrix;
  assertInteger('matrix.shape[0]', rows, 1, 2 ** 32);
  assertInteger('matrix.shape[1]', columns, 1, 2 ** 32);
  assertSize(data, rows, columns);
  for (let at = 0; at < data.length; at++) {
    if (!Number.isFinite(data[at]))
      throw new RangeError(
        `matrix row ${Math.floor(at / columns)}, column ${at % columns} must be finite, got ${data[at]}`,
      );
    if ((at & 0xfffff) === 0) yield;
  }
  const lists: Float64Array[] = [];
  for (let j = 0; j < columns; j++) {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = data[i * columns + j];
    lists.push(column);
    yield;
  }
  return lists;
}

/** A matrix to apply something fitted to: it must be as wide as the one of the fit. */
export function assertWidth(matrix: NumberMatrix, width: number): void {
  assertMatrix(matrix);
  const {
    data,
    shape: [rows, columns],
  } = matrix;
  if (columns !== width)
    throw new RangeError(`matrix must have the ${width} columns of the fit, got ${columns}`);
  assertSize(data, rows, columns);
}

/** The matrix as float32, for a model: what was scaled in float64 is cast last, so that no differences are lost before. */
export function toFloat32(matrix: NumberMatrix): { data: Float32Array; shape: NumberMatrix['shape'] } {
  assertMatrix(matrix);
  return { data: Float32Array.from(matrix.data), shape: matrix.shape };
}

function assertMatrix(matrix: unknown): void {
  const { data, shape } = (matrix ?? {}) as Partial<NumberMatrix>;
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  if (isFloat && Array.isArray(shape) && shape.length === 2) return;
  throw new TypeError(
    `matrix must be { data: Float32Array or Float64Array, shape: [rows, columns] }, as table.toMatrix() gives it, got ${shown(matrix)}`,
  );
}

function assertSize(data: ArrayLike<number>, rows: number, columns: number): void {
  if (data.length !== rows * columns)
    throw new RangeError(`matrix.data must have ${rows} × ${columns} values, got ${data.length}`);
}

/** Plain data of a fit is made of lists of finite numbers of one length. */
export function assertNumberLists(json: object, names: readonly string[]): void {
  const lists = names.map((name) => [name, (json as Record<string, unknown>)[name]] as const);
  for (const [name, list] of lists) {
    if (!Array.isArray(list) || list.length === 0 || !list.every((value) => Number.isFinite(value))) {
      throw new TypeError(`${name} must be a list of finite numbers`);
    }
  }
  const lengths = new Set(lists.map(([, list]) => (list as number[]).length));
  if (lengths.size > 1) throw new RangeError(`${names.join(' and ')} must have the same length`);
}
