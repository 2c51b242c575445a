import { checkNumber, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex } from '../activation/formula.js';
import { before, inPieces } from '../activation/loops.js';

/** The parameters of {@link hardTanh}. */
export interface HardTanhParams {
  /** Lower limit; −1 by default. */
  minValue: number;
  /** Upper limit; 1 by default. */
  maxValue: number;
}

/**
 * Identity limited to an interval.
 *
 *     f(x) = min(max(x, minValue), maxValue)
 *
 * The derivative at both limits is 0, as in PyTorch. NaN gives NaN.
 *
 * Throws RangeError unless minValue < maxValue, both finite.
 *
 * Source: Collobert, "Large Scale Machine Learning", 2004; PyTorch `Hardtanh`, Keras `hard_tanh`.
 */
export function hardTanh(params?: Partial<HardTanhParams>): Definition<HardTanhParams> {
  const bound = withDefaults('hard_tanh', params, { minValue: -1, maxValue: 1 });
  const { minValue, maxValue } = bound;
  checkNumber('minValue', minValue);
  checkNumber('maxValue', maxValue);
  if (minValue >= maxValue)
    throw new RangeError(`minValue must be less than maxValue ${maxValue}, got ${minValue}`);
  return {
    name: 'hard_tanh',
    params: bound,
    formula: `\\min(\\max(x, ${tex(minValue)}), ${tex(maxValue)})`,
    range: [minValue, maxValue],
    kinks: [minValue, maxValue],
    bind: ({ minValue, maxValue }) => ({
      f: (x) => Math.min(Math.max(x, minValue), maxValue),
      derivative: (x) => (x > minValue && x < maxValue ? 1 : Number.isNaN(x) ? x : 0),
    }),
    loops: inPieces(({ minValue, maxValue }, single) => {
      const edges = [minValue, before(maxValue, single)];
      return {
        edges,
        factor: [0, 1, 0],
        constant: [minValue, -0, maxValue],
        ...(minValue < 0 && maxValue > 0 && { clamp: [minValue, maxValue] as const }),
        slopes: { edges, factor: [0, 1, 0] },
      };
    }),
  };
}
