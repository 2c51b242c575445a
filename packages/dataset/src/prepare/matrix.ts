import { assertInteger } from '../arguments/assert.js';

/** Row-major numbers of `shape` [rows, columns], float32 or float64. */
export interface NumberMatrix {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** Columns of a matrix to learn from: at least one row and column, and every value finite. */
export function columnsOf({ data, shape: [rows, columns] }: NumberMatrix): Float64Array[] {
  assertInteger('matrix.shape[0]', rows, 1, 2 ** 32);
  assertInteger('matrix.shape[1]', columns, 1, 2 ** 32);
  assertSize(data, rows, columns);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new RangeError(
      `matrix row ${Math.floor(at / columns)}, column ${at % columns} must be finite, got ${data[at]}`,
    );
  return Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]),
  );
}

/** A matrix to apply something fitted to: it must be as wide as the one of the fit. */
export function assertWidth({ data, shape: [rows, columns] }: NumberMatrix, width: number): void {
  if (columns !== width)
    throw new RangeError(`matrix must have the ${width} columns of the fit, got ${columns}`);
  assertSize(data, rows, columns);
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
