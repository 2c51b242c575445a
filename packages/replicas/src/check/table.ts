// The table: features, labels or targets, weights of rows, and lists of rows.
import type { Indexes } from '../api/options.js';
import { checkInteger, checkList, checkObject, show } from './arguments.js';

export interface CheckedMatrix {
  data: Float32Array;
  rows: number;
  columns: number;
}

const isMatrix = (value: unknown): value is { data: unknown; shape: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'data' in value;

/** A matrix of finite float32, copied: at least one row and column. */
export function checkMatrix(argument: string, value: unknown): CheckedMatrix {
  const { rows, columns, at, names } = isMatrix(value) ? ofShape(argument, value) : ofLists(argument, value);
  const data = new Float32Array(rows * columns);
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) {
      const value = at(row, column);
      data[i] = value as number;
      // Names are made only where one is needed: a table may have millions of numbers.
      if (typeof value !== 'number' || !Number.isFinite(data[i])) checkCell(names(row, column), value);
    }
  return { data, rows, columns };
}

interface Cells {
  rows: number;
  columns: number;
  at: (row: number, column: number) => unknown;
  names: (row: number, column: number) => string;
}

function ofShape(argument: string, value: { data: unknown; shape: unknown }): Cells {
  checkObject(argument, value, ['data', 'shape']);
  const { data, shape } = value;
  checkList(`${argument}.data`, data);
  checkList(`${argument}.shape`, shape);
  if (shape.length !== 2)
    throw new RangeError(`${argument}.shape must be [rows, columns], got ${shape.length} numbers`);
  const [rows, columns] = [shape[0], shape[1]];
  checkInteger(`${argument}.shape[0]`, rows, 1);
  checkInteger(`${argument}.shape[1]`, columns, 1);
  if (data.length !== rows * columns)
    throw new RangeError(`${argument}.data must have ${rows} × ${columns} numbers, got ${data.length}`);
  return {
    rows,
    columns,
    at: (row, column) => data[row * columns + column],
    names: (row, column) => `${argument} row ${row}, column ${column}`,
  };
}

function ofLists(argument: string, value: unknown): Cells {
  if (ArrayBuffer.isView(value))
    throw new TypeError(
      `${argument} must be rows or { data, shape: [rows, columns] }, got one list of numbers`,
    );
  checkList(argument, value);
  if (value.length === 0) throw new RangeError(`${argument} must have at least one row, got none`);
  const lists = value as ArrayLike<ArrayLike<unknown>>;
  for (let row = 0; row < lists.length; row++) {
    checkList(`${argument}[${row}]`, lists[row]);
    if (lists[row].length !== lists[0].length)
      throw new RangeError(
        `${argument}[${row}] must have ${lists[0].length} numbers as the first row has, got ${lists[row].length}`,
      );
  }
  if (lists[0].length === 0) throw new RangeError(`${argument} must have at least one column, got none`);
  return {
    rows: lists.length,
    columns: lists[0].length,
    at: (row, column) => lists[row][column],
    names: (row, column) => `${argument}[${row}][${column}]`,
  };
}

/** A number that float32 can hold. */
function checkCell(argument: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${argument} must be a number, got ${show(value)}`);
  if (!Number.isFinite(value)) throw new RangeError(`${argument} must be finite, got ${show(value)}`);
  if (!Number.isFinite(Math.fround(value)))
    throw new RangeError(`${argument} must be within float32's range, got ${show(value)}`);
  return value;
}

/** A class for each row. */
export function checkLabels(value: unknown, rows: number, classes: number): Int32Array {
  checkList('labels', value);
  checkCount('labels', value, rows);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    checkInteger(`labels[${row}]`, value[row], 0, classes - 1);
    labels[row] = value[row] as number;
  }
  return labels;
}

/** As many numbers for each row as there are outputs; `unit` asks for 0 to 1. */
export function checkTargets(value: unknown, rows: number, units: number, unit: boolean): Float32Array {
  const nested = isMatrix(value) || (Array.isArray(value) && typeof value[0] === 'object');
  const matrix = nested ? checkMatrix('targets', value) : column(value);
  checkCount('targets', { length: matrix.rows }, rows);
  if (matrix.columns !== units)
    throw new RangeError(
      `targets must have ${units} numbers a row, one for each output, got ${matrix.columns}`,
    );
  if (unit) {
    const at = matrix.data.findIndex((y) => y < 0 || y > 1);
    if (at >= 0)
      throw new RangeError(
        `targets of a sigmoid must be from 0 to 1, got ${matrix.data[at]} in row ${Math.floor(at / units)}`,
      );
  }
  return matrix.data;
}

function column(value: unknown): CheckedMatrix {
  checkList('targets', value);
  const data = Float32Array.from({ length: value.length }, (_, row) =>
    checkCell(`targets[${row}]`, value[row]),
  );
  return { data, rows: value.length, columns: 1 };
}

/** A weight for each row, not negative. */
export function checkRowWeights(value: unknown, rows: number): Float32Array {
  checkList('rowWeights', value);
  checkCount('rowWeights', value, rows);
  return Float32Array.from({ length: rows }, (_, row) => {
    const weight = checkCell(`rowWeights[${row}]`, value[row]);
    if (weight < 0) throw new RangeError(`rowWeights[${row}] must not be negative, got ${weight}`);
    return weight;
  });
}

function checkCount(argument: string, { length }: { length: number }, rows: number): void {
  if (length !== rows)
    throw new RangeError(
      `${argument} must have one entry for each of the ${rows} rows of features, got ${length}`,
    );
}

/** Checks lists of rows, each list only once: replicas share them. */
export class RowLists {
  private readonly known = new Map<Indexes, Uint32Array>();

  constructor(private readonly rows: number) {}

  check(argument: string, value: unknown): Uint32Array {
    checkList(argument, value);
    const list = value as Indexes;
    const known = this.known.get(list);
    if (known) return known;
    const checked = new Uint32Array(list.length);
    for (let i = 0; i < list.length; i++) {
      checkInteger(`${argument}[${i}]`, list[i], 0, this.rows - 1);
      checked[i] = list[i];
    }
    this.known.set(list, checked);
    return checked;
  }
}
