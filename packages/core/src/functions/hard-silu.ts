import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { cases } from '../activation/formula.js';
import { select } from '../activation/math.js';

/**
 * Silu with the hard sigmoid in place of the sigmoid; also known as hard swish.
 *
 *     f(x) = 0              for x ≤ −3
 *            x·(x + 3)/6    for −3 < x < 3
 *            x              for x ≥ 3
 *
 * The derivative is 0 at −3 and 1 at 3, as outside.
 *
 * Source: Howard et al., "Searching for MobileNetV3", 2019; PyTorch `Hardswish`, Keras `hard_silu`, ONNX `HardSwish`.
 */
export function hardSilu(params?: Record<string, never>): Definition {
  return {
    name: 'hard_silu',
    params: withDefaults('hard_silu', params, {}),
    formula: cases('0 & x \\le -3', 'x(x + 3)/6 & -3 < x < 3', 'x & x \\ge 3'),
    range: [-0.375, Number.POSITIVE_INFINITY],
    kinks: [-3, 3],
    monotonic: false,
    bind: () => ({
      f: (x) => select(x <= -3, 0, select(x < 3, (x * (x + 3)) / 6, x)),
      derivative: (x) => (Number.isNaN(x) ? x : select(x <= -3, 0, select(x < 3, x / 3 + 0.5, 1))),
    }),
  };
}
