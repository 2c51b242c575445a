// The smooth functions, forward and derivative. e is exp of something that is not positive, so nothing overflows; where the
// result may be subnormal it is computed times a power of two and scaled back in the last step.
import type { Source } from '@rectify/lanes';
import { algebraic } from './algebraic.js';
import { exponentials } from './exponential.js';
import { gaussian } from './gaussian.js';
import { logistics } from './logistic.js';
import { mishes } from './mish.js';
import { snakes } from './snake.js';
import { tanhs } from './tanh.js';
import { tanhGelu } from './tanh-gelu.js';

export const smooth: Readonly<Record<string, Source>> = {
  ...exponentials,
  ...gaussian,
  ...tanhGelu,
  ...logistics,
  ...mishes,
  ...snakes,
  ...tanhs,
  ...algebraic,
};
