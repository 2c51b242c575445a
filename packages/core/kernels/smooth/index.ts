// The smooth functions, forward and derivative. They are written with e = exp(z) for z ≤ 0, which never overflows. A result that may be
// subnormal is computed times a power of two, which the last step takes back.
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
