import { shown } from '../arguments/assert.js';
import { finish, type Steps } from '../steps/steps.js';
import { moments, quantileSorted } from '../table/describe.js';
import { assertNumberLists, assertWidth, columnsOf, columnsSteps, type NumberMatrix } from './matrix.js';

/** `StandardScaler` as plain data: y = (x − mean) ÷ sd. */
export interface StandardScalerJson {
  readonly kind: 'standard';
  readonly mean: readonly number[];
  /** Population standard deviation; 1 for a constant column. */
  readonly sd: readonly number[];
}

/** `MinMaxScaler` as plain data: y = (x − min) ÷ (max − min). */
export interface MinMaxScalerJson {
  readonly kind: 'min-max';
  readonly min: readonly number[];
  /** Largest − smallest value; 1 for a constant column. */
  readonly range: readonly number[];
}

/** `RobustScaler` as plain data: y = (x − median) ÷ interquartile range. */
export interface RobustScalerJson {
  readonly kind: 'robust';
  readonly median: readonly number[];
  /** Third − first quartile; 1 where that is 0. */
  readonly iqr: readonly number[];
}

/** Any of the scalers as plain data. */
export type ScalerJson = StandardScalerJson | MinMaxScalerJson | RobustScalerJson;

/** What both directions of a scaler do; the fitted figures are its own properties. */
interface Scaling<J> {
  /** A new matrix of the same float type. NaN stays NaN. */
  transform<M extends NumberMatrix>(matrix: M): M;
  inverse<M extends NumberMatrix>(matrix: M): M;
  /** Plain data; `scalerFromJson` gives the scaler back. */
  toJSON(): J;
}

/** A scaler by mean and standard deviation of the training part. */
export type StandardScaler = StandardScalerJson & Scaling<StandardScalerJson>;
/** A scaler to the range from 0 to 1 of the training part. */
export type MinMaxScaler = MinMaxScalerJson & Scaling<MinMaxScalerJson>;
/** A scaler by median and interquartile range of the training part. */
export type RobustScaler = RobustScalerJson & Scaling<RobustScalerJson>;
/** Any of the scalers. */
export type Scaler = StandardScaler | MinMaxScaler | RobustScaler;

/**
 * z = (x − mean) ÷ sd, column by column, with the population standard deviation (scikit-learn's StandardScaler).
 * Fit it on the training part and apply it to both. A constant column is centred and divided by 1.
 *
 * @throws RangeError on an empty matrix or a value that is not finite
 */
export function fitStandardScaler(matrix: NumberMatrix): StandardScaler {
  return finish(standardScalerSteps(matrix));
}

export function* standardScalerSteps(matrix: NumberMatrix): Steps<StandardScaler> {
  const columns: ReturnType<typeof moments>[] = [];
  for (const column of yield* columnsSteps(matrix)) {
    columns.push(moments(column));
    yield;
  }
  const [rows] = matrix.shape;
  return standard({
    kind: 'standard',
    mean: columns.map(({ mean }) => mean),
    // Rounding leaves a constant column a spread of a few ulp of its value; it is no spread.
    sd: columns.map(({ mean, sd }) => (sd <= Math.abs(mean) * rows * Number.EPSILON ? 1 : sd)),
  });
}

/** (x − min) ÷ (max − min), column by column: 0 to 1 on the fitted rows (scikit-learn's MinMaxScaler). Else as `fitStandardScaler`. */
export function fitMinMaxScaler(matrix: NumberMatrix): MinMaxScaler {
  const ends = columnsOf(matrix).map((column) => {
    const sorted = column.sort();
    return [sorted[0], sorted.at(-1) as number] as const;
  });
  return minMax({
    kind: 'min-max',
    min: ends.map(([min]) => min),
    range: ends.map(([min, max]) => max - min || 1),
  });
}

/** (x − median) ÷ (q3 − q1), column by column, with interpolated quartiles (scikit-learn's RobustScaler). Else as `fitStandardScaler`. */
export function fitRobustScaler(matrix: NumberMatrix): RobustScaler {
  const sorted = columnsOf(matrix).map((column) => column.sort());
  return robust({
    kind: 'robust',
    median: sorted.map((column) => quantileSorted(column, 0.5)),
    iqr: sorted.map((column) => quantileSorted(column, 0.75) - quantileSorted(column, 0.25) || 1),
  });
}

/** The scaler of `toJSON()`'s data. @throws TypeError or RangeError when the data are no scaler's */
export function scalerFromJson<J extends ScalerJson>(json: J): Extract<Scaler, { kind: J['kind'] }>;
export function scalerFromJson(json: ScalerJson): Scaler {
  switch (json?.kind) {
    case 'standard':
      return standard({ kind: json.kind, mean: json.mean, sd: json.sd });
    case 'min-max':
      return minMax({ kind: json.kind, min: json.min, range: json.range });
    case 'robust':
      return robust({ kind: json.kind, median: json.median, iqr: json.iqr });
    default:
      throw new RangeError(
        `a scaler's kind must be standard, min-max or robust, got ${shown((json as { kind?: unknown })?.kind)}`,
      );
  }
}

const standard = (json: StandardScalerJson): StandardScaler => affine(json, 'mean', 'sd');
const minMax = (json: MinMaxScalerJson): MinMaxScaler => affine(json, 'min', 'range');
const robust = (json: RobustScalerJson): RobustScaler => affine(json, 'median', 'iqr');

function affine<J extends ScalerJson, C extends keyof J & string, S extends keyof J & string>(
  json: J,
  centerName: C,
  scaleName: S,
): J & Scaling<J> {
  assertNumberLists(json, [centerName, scaleName]);
  const center = json[centerName] as readonly number[];
  const scale = json[scaleName] as readonly number[];
  if (!scale.every((value) => value > 0)) throw new RangeError(`${scaleName} must be above 0`);
  const map = <M extends NumberMatrix>(
    matrix: M,
    f: (value: number, center: number, scale: number) => number,
  ): M => {
    assertWidth(matrix, center.length);
    const columns = center.length;
    const data = matrix.data.map((value, i) => f(value, center[i % columns], scale[i % columns]));
    return { ...matrix, data };
  };
  return {
    ...json,
    transform: (matrix) => map(matrix, (x, c, s) => (x - c) / s),
    inverse: (matrix) => map(matrix, (z, c, s) => z * s + c),
    toJSON: () => json,
  };
}
