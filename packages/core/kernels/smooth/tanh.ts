// tanh and x − tanh x.
import {
  atLeast,
  expOf,
  type Lanes,
  negativeOf,
  powerAndProduct,
  type Source,
  type V,
  withSign,
} from '@rectify/lanes';
import { tanhShrinkRest32, tanhShrinkRest64 } from './coefficients.js';
import { onePlus } from './parts.js';

/** −tanh |x|: numerator and denominator each from exp, since one made of the other would double its rounding. */
export function minusTanhOfAbs(k: Lanes, x: V): V {
  const z = negativeOf(k, x);
  const { power, product } = powerAndProduct(k, k.let(k.add(z, z)));
  const num = k.add(k.sub(power, k.c(1)), product);
  return k.div(num, k.add(k.add(power, k.c(1)), product));
}

export const tanhs = {
  tanh: {
    params: 0,
    wide: 'derivative',
    f: (k, x) => withSign(k, minusTanhOfAbs(k, x), x),
    derivative: (k, x) => {
      const z = negativeOf(k, x);
      const e = expOf(k, atLeast(k, k.add(z, z)));
      const d = onePlus(k, e);
      return k.div(k.mul(e.value, k.c(4)), k.mul(d, d));
    },
  },
  tanhShrink: {
    params: 0,
    wide: 'both',
    crowded: true,
    f: (k, x) => {
      const z = negativeOf(k, x);
      const e = expOf(k, atLeast(k, k.add(z, z)));
      const far = k.add(k.sub(k.abs(x), k.c(1)), k.div(k.add(e.value, e.value), onePlus(k, e)));
      const square = k.let(k.mul(x, x));
      const near = k.mul(
        k.mul(square, x),
        k.polynomial(k.grade === 32 ? tanhShrinkRest32 : tanhShrinkRest64, square),
      );
      return k.select(k.lt(k.abs(x), k.c(1)), near, withSign(k, far, x));
    },
    derivative: (k, x) => {
      const t = k.let(minusTanhOfAbs(k, x));
      return k.mul(t, t);
    },
  },
} satisfies Record<string, Source>;
