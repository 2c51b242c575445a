import { assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import type { CategoryColumn, Column } from './column.js';
import { mergedInFloat32 } from './float32.js';

/** Turns the cells of category columns into numbers; `fitEncoder` learns one from the training part. */
export interface CategoryEncoder {
  /** How many matrix columns a table column becomes; undefined where the encoder does not know it. */
  widthOf(name: string): number | undefined;
  /** Writes the numbers of a column's cells: row i from `into[offset + i · stride]` on. */
  write(
    name: string,
    column: CategoryColumn,
    into: Float32Array | Float64Array,
    offset: number,
    stride: number,
  ): void;
}

/** How `table.toMatrix` makes numbers of cells. */
export interface MatrixOptions {
  /** What to do about missing numbers: `error` (default), or `nan` to leave NaN in the matrix. Missing categories are the encoder's. */
  readonly missing?: 'error' | 'nan';
  /** `float32` (default), as models take it; `float64` to scale first, where numbers differ by little beside their size. */
  readonly type?: 'float32' | 'float64';
  /** What makes numbers of the category columns; without it a category column is an error. */
  readonly encoder?: CategoryEncoder;
}

/** What is needed of a table. */
interface Columns {
  readonly rowCount: number;
  column(name: string): Column;
}

/** The columns side by side, row-major; see `Table.toMatrix`. */
export function matrixOf(
  table: Columns,
  names: readonly string[],
  options: MatrixOptions,
): { data: Float64Array | Float32Array; shape: readonly [number, number] } {
  assertOptions('toMatrix options', options, ['missing', 'type', 'encoder']);
  const { missing = 'error', type = 'float32', encoder } = options;
  assertOneOf('missing', missing, ['error', 'nan']);
  assertOneOf('type', type, ['float32', 'float64']);
  const widths = names.map((name) => widthOf(table, name, encoder));
  const width = widths.reduce((sum, w) => sum + w, 0);
  const { rowCount } = table;
  const data = type === 'float32' ? new Float32Array(rowCount * width) : new Float64Array(rowCount * width);
  let offset = 0;
  names.forEach((name, j) => {
    const column = table.column(name);
    if (column.kind === 'category') encoder?.write(name, column, data, offset, width);
    else {
      checkNumbers(name, column.values, missing, type);
      for (let i = 0; i < rowCount; i++) data[i * width + offset] = column.values[i];
    }
    offset += widths[j];
  });
  return { data, shape: [rowCount, width] as const };
}

function widthOf(table: Columns, name: string, encoder: CategoryEncoder | undefined): number {
  if (table.column(name).kind === 'number') return 1;
  if (encoder === undefined)
    throw new TypeError(
      `column ${shown(name)} must be a number column, it is a category: pass { encoder } (see fitEncoder), or name the number columns`,
    );
  const width = encoder.widthOf(name);
  if (width === undefined) throw new RangeError(`the encoder was not fitted to the column ${shown(name)}`);
  return width;
}

function checkNumbers(name: string, values: Float64Array, missing: 'error' | 'nan', type: string): void {
  let gaps = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) gaps++;
  if (gaps > 0 && missing === 'error')
    throw new RangeError(
      `column ${shown(name)} has ${gaps} missing cells: impute them, drop the rows, or pass { missing: 'nan' }`,
    );
  const merged = type === 'float32' ? mergedInFloat32(values) : undefined;
  if (merged)
    throw new RangeError(
      `column ${shown(name)}: ${merged.distinct} different numbers become ${merged.inFloat32} in float32: ` +
        "pass { type: 'float64' }, scale, and cast last (toFloat32)",
    );
}
