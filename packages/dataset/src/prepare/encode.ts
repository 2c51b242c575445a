import { assertOneOf, shown } from '../arguments/assert.js';

/** How labels become numbers; see `encodeLabels`. */
export type LabelScheme = 'article' | 'index' | 'one-hot';

/** Labels as numbers, and the way back. */
export interface EncodedLabels {
  readonly scheme: LabelScheme;
  /** The labels in the order of their codes. */
  readonly levels: readonly string[];
  /** One number for each label, or for `one-hot` one row of `levels.length` numbers, row-major. */
  readonly values: Float32Array;
  readonly shape: readonly [rows: number] | readonly [rows: number, columns: number];
  /**
   * The labels of numbers of this scheme. `article` and `index` take exact codes; `one-hot` takes rows of numbers, such as
   * probabilities, and gives the label of the largest (the first of equals).
   *
   * @throws RangeError on a number that stands for no label
   */
  decode(values: ArrayLike<number>): string[];
}

const diabetesLevels = ['Normal', 'Type1', 'Type2'] as const;
const articleCodes = [0, 1, -1] as const;

/**
 * Labels as numbers. `article`, the tutorial's: Normal 0, Type1 1, Type2 −1. `index`: the place in `levels`. `one-hot`: a row of zeros with a 1 there.
 *
 * @param levels every label that may occur, in order; default Normal, Type1, Type2
 * @throws RangeError on a label that is not among the levels
 */
export function encodeLabels(
  labels: readonly string[],
  scheme: LabelScheme,
  levels: readonly string[] = diabetesLevels,
): EncodedLabels {
  assertOneOf('scheme', scheme, ['article', 'index', 'one-hot']);
  if (levels.length === 0) throw new RangeError('levels must hold at least one label');
  if (new Set(levels).size !== levels.length) throw new RangeError('levels must differ from each other');
  if (scheme === 'article' && levels.length !== 3) {
    throw new RangeError(
      `the scheme article, the tutorial's, has the codes 0, 1 and -1 for three levels, got ${levels.length} levels`,
    );
  }
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  const codes = labels.map((label, i) => {
    const code = codeOf.get(label);
    if (code !== undefined) return code;
    throw new RangeError(
      `labels[${i}] must be one of ${levels.map((level) => shown(level)).join(', ')}, got ${shown(label)}`,
    );
  });
  const k = levels.length;
  if (scheme === 'one-hot') {
    const values = new Float32Array(codes.length * k);
    codes.forEach((code, i) => {
      values[i * k + code] = 1;
    });
    return { scheme, levels, values, shape: [codes.length, k], decode: (rows) => decodeRows(rows, levels) };
  }
  const numbers: readonly number[] = scheme === 'article' ? articleCodes : levels.map((_, code) => code);
  const values = Float32Array.from(codes, (code) => numbers[code]);
  return {
    scheme,
    levels,
    values,
    shape: [codes.length],
    decode: (given) => decodeCodes(given, numbers, levels),
  };
}

function decodeCodes(
  values: ArrayLike<number>,
  numbers: readonly number[],
  levels: readonly string[],
): string[] {
  return Array.from(values, (value, i) => {
    const level = levels[numbers.indexOf(value)];
    if (level === undefined)
      throw new RangeError(`values[${i}] must be one of ${numbers.join(', ')}, got ${value}`);
    return level;
  });
}

function decodeRows(values: ArrayLike<number>, levels: readonly string[]): string[] {
  const k = levels.length;
  if (values.length % k !== 0)
    throw new RangeError(`values must be rows of ${k} numbers, got ${values.length} numbers`);
  return Array.from({ length: values.length / k }, (_, i) => {
    let best = 0;
    for (let j = 0; j < k; j++) {
      const value = values[i * k + j];
      if (Number.isNaN(value)) throw new RangeError(`values[${i * k + j}] must be a number, got NaN`);
      if (value > values[i * k + best]) best = j;
    }
    return levels[best];
  });
}
