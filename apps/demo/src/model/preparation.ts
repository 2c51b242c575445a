import {
  type EncoderJson,
  encoderFromJson,
  fitEncoder,
  fitImputer,
  fitPca,
  fitRobustScaler,
  fitStandardScaler,
  type ImputerJson,
  imputerFromJson,
  type NumberMatrix,
  type PcaJson,
  pcaFromJson,
  type ScalerJson,
  scalerFromJson,
  type Table,
} from '@rectify/dataset';
import type { PrepareName } from '@rectify/experiment';

/** Everything that was learned of the features to make numbers of them, as plain data that a saved model carries. */
export interface PreparationJson {
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly imputer: ImputerJson;
  /** Null where numbers stay as they are. */
  readonly scaler: ScalerJson | null;
  readonly encoder: EncoderJson;
  /** Null where columns are not turned to their principal components. */
  readonly pca: PcaJson | null;
}

/** What a network sees of a table's rows. */
export interface Inputs {
  readonly data: Float32Array;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * Learns how rows of this table become numbers: the median for a missing one, centre and scale, a column of 0 and 1 for each level of a
 * category (an unseen level is all 0, as a missing one), and principal components.
 *
 * @param table the training rows alone
 * @throws RangeError naming a column without any value
 */
export function fitPreparation(
  table: Table,
  features: readonly string[],
  prepare: PrepareName,
): PreparationJson {
  const kindOf = (name: string) => table.column(name).kind;
  const numbers = features.filter((name) => kindOf(name) === 'number');
  const categories = features.filter((name) => kindOf(name) === 'category');
  const imputer = fitImputer(table, { strategy: 'median', columns: numbers });
  const filled = numberColumns(imputer.apply(table), numbers);
  const fit = prepare === 'robust' ? fitRobustScaler : fitStandardScaler;
  const json: PreparationJson = {
    ...{ numbers, categories, imputer: imputer.toJSON() },
    scaler: prepare === 'raw' || numbers.length === 0 ? null : fit(filled).toJSON(),
    encoder: fitEncoder(table, { columns: categories, missing: 'none' }).toJSON(),
    pca: null,
  };
  return prepare === 'pca' ? { ...json, pca: fitPca(unturned(table, json)).toJSON() } : json;
}

/** The rows of a table as the network sees them. */
export function inputsOf(table: Table, json: PreparationJson): Inputs {
  const matrix = unturned(table, json);
  const { data, shape } = json.pca ? pcaFromJson(json.pca).transform(matrix) : matrix;
  return { data: Float32Array.from(data), shape };
}

/**
 * The same, of a table that no design was made for: `resolveDesign` checks its own.
 *
 * @throws RangeError that names the cell, where a number lies so far from what was learned that no float32 holds it
 */
export function finiteInputsOf(table: Table, json: PreparationJson): Inputs {
  const inputs = inputsOf(table, json);
  const at = inputs.data.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return inputs;
  const row = Math.floor(at / inputs.shape[1]);
  const sizes = unturned(table.takeRows([row]), json)
    .data.slice(0, json.numbers.length)
    .map(Math.abs);
  const name = json.numbers[sizes.indexOf(Math.max(...sizes))];
  throw new RangeError(
    `column ${JSON.stringify(name)} has the value ${table.numbers(name)[row]} in row ${row + 1}: as the network gets it, it passes 3.4e38, the largest float32; is it a code for missing?`,
  );
}

/** Scaled numbers and one-hot categories, side by side. */
function unturned(table: Table, { numbers, categories, imputer, scaler, encoder }: PreparationJson) {
  const filled = numberColumns(imputerFromJson(imputer).apply(table), numbers);
  const scaled = scaler ? scalerFromJson(scaler).transform(filled) : filled;
  return categories.length === 0 ? scaled : beside(scaled, encoderFromJson(encoder).transform(table));
}

const numberColumns = (table: Table, names: readonly string[]): NumberMatrix =>
  names.length === 0
    ? { data: new Float64Array(), shape: [table.rowCount, 0] }
    : table.toMatrix(names, { type: 'float64' });

function beside(a: NumberMatrix, b: NumberMatrix): NumberMatrix {
  const [rows, left] = a.shape;
  const right = b.shape[1];
  const data = new Float64Array(rows * (left + right));
  for (let row = 0; row < rows; row++) {
    data.set(a.data.subarray(row * left, (row + 1) * left), row * (left + right));
    data.set(b.data.subarray(row * right, (row + 1) * right), row * (left + right) + left);
  }
  return { data, shape: [rows, left + right] };
}
