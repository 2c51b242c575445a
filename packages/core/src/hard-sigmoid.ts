import { type Activation, createActivation } from './_activation.js';
import { checkNumber, withDefaults } from './_arguments.js';
import { tex, times } from './_formula.js';
import { productError } from './_math.js';

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
 * ONNX, Keras 2 and tfjs take slope 0.2. The derivative where the line meets 0 or 1 is 0.
 *
 * Throws RangeError for a slope that is not positive, or an offset that is not finite.
 *
 * Source: Courbariaux, Bengio, David, "BinaryConnect", 2015; PyTorch `Hardsigmoid`, ONNX `HardSigmoid`.
 */
export function hardSigmoid(params?: Partial<HardSigmoidParams>): Activation<HardSigmoidParams> {
  const bound = withDefaults('hard_sigmoid', params, { slope: 1 / 6, offset: 0.5 });
  const { slope, offset } = bound;
  checkNumber('slope', slope, 'positive');
  checkNumber('offset', offset);
  return createActivation({
    name: 'hard_sigmoid',
    params: bound,
    formula: `\\min(\\max(${slope === 1 / 6 ? 'x/6' : times(slope, 'x')} + ${tex(offset)}, 0), 1)`,
    range: [0, 1],
    kinks: [-offset / slope, (1 - offset) / slope],
    bind: ({ slope, offset }) => ({
      f: (x) => {
        const line = lineOf(x, slope, offset);
        return Math.min(Math.max(line, 0), 1);
      },
      derivative: (x) => {
        if (Number.isNaN(x)) return x;
        const line = lineOf(x, slope, offset);
        // (x + 3)/6 rounds to 1 just before x = 3.
        const inside = isSixth(slope) && offset === 0.5 ? Math.abs(x) < 3 : line > 0 && line < 1;
        return inside ? slope : 0;
      },
    }),
  });
}

const isSixth = (slope: number): boolean => slope === 1 / 6 || slope === Math.fround(1 / 6);

/** The line's value; with the product's rounding error put back, so that it is right where the line crosses 0. */
function lineOf(x: number, slope: number, offset: number): number {
  if (isSixth(slope) && offset === 0.5) return (x + 3) / 6;
  const product = slope * x;
  return Math.abs(product) < 4 ? product + offset + productError(slope, x, product) : product + offset;
}
