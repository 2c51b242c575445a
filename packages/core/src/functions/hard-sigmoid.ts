import { checkNumber, checkPositive, withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { tex, times } from '../activation/formula.js';
import type { Pair } from '../activation/loops.js';
import { productError, select } from '../activation/math.js';

/** The parameters of {@link hardSigmoid}. */
export interface HardSigmoidParams {
  /** Slope of the line; 1/6 by default (ONNX, Keras 2 and tfjs: 0.2). Positive. */
  slope: number;
  /** Value at 0; 1/2 by default. */
  offset: number;
}

/**
 * Straight line limited to 0…1.
 *
 *     f(x) = min(max(slope·x + offset, 0), 1)
 *
 * With the default slope 1/6 and offset 1/2, those of Keras 3 and PyTorch, it is evaluated as they do: relu6(x + 3)/6.
 * ONNX, Keras 2 and tfjs take slope 0.2. The derivative is the slope where 0 < slope·x + offset < 1 exactly (unless slope·x is
 * subnormal), else 0.
 *
 * Throws RangeError for a slope that is not positive, or an offset that is not finite.
 *
 * Source: Courbariaux, Bengio, David, "BinaryConnect", 2015; PyTorch `Hardsigmoid`, ONNX `HardSigmoid`.
 */
export function hardSigmoid(params?: Partial<HardSigmoidParams>): Definition<HardSigmoidParams> {
  const bound = withDefaults('hard_sigmoid', params, { slope: 1 / 6, offset: 0.5 });
  const { slope, offset } = bound;
  checkPositive('slope', slope);
  checkNumber('offset', offset);
  const isSixth = slope === 1 / 6 && offset === 0.5;
  return {
    name: 'hard_sigmoid',
    params: bound,
    formula: `\\min(\\max(${slope === 1 / 6 ? 'x/6' : times(slope, 'x')} + ${tex(offset)}, 0), 1)`,
    range: [0, 1],
    kinks: [-offset / slope, (1 - offset) / slope],
    bind: ({ slope, offset }) => (isSixth ? sixth(slope) : line(slope, offset)),
  };
}

const within0And1 = (v: number): number => select(v <= 0, 0, select(v >= 1, 1, v));

const sixth = (slope: number): Pair => ({
  f: (x) => within0And1((x + 3) / 6),
  derivative: (x) => (Number.isNaN(x) ? x : select(Math.abs(x) < 3, slope, 0)),
});

/** Of slope·x + offset, what the rounded sum leaves counts too: so f and f′ are right from float to float where it meets 0 and 1. */
function line(slope: number, offset: number): Pair {
  const rest = (x: number, product: number, sum: number): number => {
    if (!(Math.max(Math.abs(product), Math.abs(sum)) < 2 ** 1000)) return 0; // it has no say, and could be NaN
    const back = sum - product;
    return product - (sum - back) + (offset - back) + productError(slope, x, product);
  };
  return {
    f: (x) => {
      const product = slope * x;
      const sum = product + offset;
      return within0And1(sum + rest(x, product, sum));
    },
    derivative: (x) => {
      if (Number.isNaN(x)) return x;
      const product = slope * x;
      const sum = product + offset;
      const left = rest(x, product, sum);
      return select(sum + left > 0 && sum - 1 + left < 0, slope, 0);
    },
  };
}
