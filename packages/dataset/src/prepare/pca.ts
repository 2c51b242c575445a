import { assertInteger, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { finish, type RunOptions, run, type Steps } from '../steps/steps.js';
import { moments } from '../table/describe.js';
import { assertNumberLists, assertWidth, columnsSteps, type NumberMatrix } from './matrix.js';
import { rightSingular } from './svd.js';

/** `Pca` as plain data. */
export interface PcaJson {
  readonly kind: 'pca';
  readonly mean: readonly number[];
  /** One unit vector for each component, the one of largest variance first; its largest loading is positive. */
  readonly components: readonly (readonly number[])[];
  /** Variance along each component, divided by rows − 1. */
  readonly explainedVariance: readonly number[];
  /** The same as a share of the variance of all columns; 0 where there is none. */
  readonly explainedVarianceRatio: readonly number[];
}

/** Principal components that were learned from one matrix, to be applied to any of as many columns. */
export interface Pca extends PcaJson {
  /** Rows × columns to rows × components, of the same float type. */
  transform(matrix: NumberMatrix): NumberMatrix;
  /** As `transform`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
  transformAsync(matrix: NumberMatrix, options?: RunOptions): Promise<NumberMatrix>;
  /** Back to rows × columns; exact when all components were kept. */
  inverse(matrix: NumberMatrix): NumberMatrix;
  toJSON(): PcaJson;
}

/** What `fitPca` keeps. */
export interface PcaOptions {
  /** How many to keep; default all. */
  readonly components?: number;
}

/**
 * Principal components: right singular vectors of the centred matrix, y = (x − mean) · componentsᵀ (scikit-learn's PCA, signs included).
 * Standardise first when the columns have different units.
 *
 * @throws RangeError on fewer than 2 rows or a value that is not finite
 */
export const fitPca = (matrix: NumberMatrix, options: PcaOptions = {}): Pca =>
  finish(pcaSteps(matrix, options));

/** As `fitPca`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
export async function fitPcaAsync(matrix: NumberMatrix, options: PcaOptions & RunOptions = {}): Promise<Pca> {
  const { signal, onProgress, ...rest } = options;
  return run(pcaSteps(matrix, rest), { ...(signal && { signal }), ...(onProgress && { onProgress }) });
}

export function* pcaSteps(matrix: NumberMatrix, options: PcaOptions = {}): Steps<Pca> {
  assertOptions('fitPca options', options, ['components']);
  const columns = yield* columnsSteps(matrix);
  const [rows, width] = matrix.shape;
  if (rows < 2) throw new RangeError(`PCA needs at least 2 rows, got ${rows}`);
  const kept = options.components ?? Math.min(rows, width);
  assertInteger('components', kept, 1, Math.min(rows, width));
  yield { stage: 'components', done: 0 };
  const mean: number[] = [];
  for (const [j, column] of columns.entries()) {
    mean.push(moments(column).mean);
    for (let i = 0; i < rows; i++) column[i] -= mean[j];
    yield;
  }
  // The singular values of the centred columns: the eigenvalues of their covariance have only half of the digits when the columns'
  // spreads differ much.
  const { values, vectors } = yield* rightSingular(columns);
  const variances = Array.from(values, (value) => value ** 2 / (rows - 1));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  yield { stage: 'done', done: 1 };
  return pcaFromJson({
    kind: 'pca',
    mean,
    components: vectors.slice(0, kept).map((vector) => withLargestPositive(Array.from(vector))),
    explainedVariance: variances.slice(0, kept),
    explainedVarianceRatio: variances.slice(0, kept).map((variance) => (total > 0 ? variance / total : 0)),
  });
}

function withLargestPositive(vector: number[]): number[] {
  const largest = vector.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

/** The PCA of `toJSON()`'s data. @throws TypeError or RangeError when the data are none */
export function pcaFromJson(json: PcaJson): Pca {
  if (json?.kind !== 'pca')
    throw new RangeError(`kind must be pca, got ${shown((json as { kind?: unknown })?.kind)}`);
  const { kind, mean, components, explainedVariance, explainedVarianceRatio } = json;
  assertNumberLists({ mean }, ['mean']);
  if (!Array.isArray(components) || components.length === 0)
    throw new TypeError('components must be a list of lists');
  for (const component of components) assertNumberLists({ mean, component }, ['mean', 'component']);
  assertNumberLists({ explainedVariance, explainedVarianceRatio }, [
    'explainedVariance',
    'explainedVarianceRatio',
  ]);
  const plain: PcaJson = { kind, mean, components, explainedVariance, explainedVarianceRatio };
  const [d, k] = [mean.length, components.length];
  return {
    ...plain,
    transform: (matrix) => finish(scoreSteps(plain, matrix)),
    transformAsync: async (matrix, options) => run(scoreSteps(plain, matrix), options),
    inverse(matrix) {
      assertWidth(matrix, k);
      return finish(
        mapRows(matrix, d, (row, j) => {
          let sum = mean[j];
          for (let c = 0; c < k; c++) sum += components[c][j] * row[c];
          return sum;
        }),
      );
    },
    toJSON: () => plain,
  };
}

/** The matrix along the components. */
export function* scoreSteps({ mean, components }: PcaJson, matrix: NumberMatrix): Steps<NumberMatrix> {
  const d = mean.length;
  assertWidth(matrix, d);
  return yield* mapRows(matrix, components.length, (row, c) => {
    const component = components[c];
    let sum = 0;
    for (let j = 0; j < d; j++) sum += component[j] * (row[j] - mean[j]);
    return sum;
  });
}

/** Products between two pauses: some milliseconds. */
const atOnce = 2 ** 21;

function* mapRows(
  { data, shape }: NumberMatrix,
  width: number,
  f: (row: Float32Array | Float64Array, column: number) => number,
): Steps<NumberMatrix> {
  const [rows, columns] = shape;
  let done = 0;
  const out = data instanceof Float32Array ? new Float32Array(rows * width) : new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < width; j++) out[i * width + j] = f(row, j);
    done += width * columns + 16; // a row costs some products by itself
    if (done > atOnce) {
      done = 0;
      yield;
    }
  }
  return { data: out, shape: [rows, width] };
}
