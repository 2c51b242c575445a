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
import { restOfQuotient } from './exponential.js';
import { onePlus, param } from './parts.js';

/** −tanh |x|: numerator and denominator each from exp, since one made of the other would double its rounding. */
export function minusTanhOfAbs(k: Lanes, x: V): V {
  const z = negativeOf(k, x);
  const { power, product } = powerAndProduct(k, k.let(k.add(z, z)));
  const num = k.add(k.sub(power, k.c(1)), product);
  return k.let(k.div(num, k.add(k.add(power, k.c(1)), product)));
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
  /** p0 = cap. Nearest to 0 f is x, whose quotient may be subnormal, which has lost digits. */
  softcap: {
    params: 1,
    wide: 'both',
    f: (k, x) => {
      const z = k.let(k.div(x, param(k, 0)));
      const bent = k.mul(withSign(k, minusTanhOfAbs(k, z), z), param(k, 0));
      return k.select(k.lt(k.abs(z), k.c(2 ** -28)), x, bent);
    },
    derivative: (k, x) => {
      const low = negativeOf(k, x);
      const twice = k.let(k.add(low, low));
      const z = k.let(k.div(twice, param(k, 0)));
      const rest = k.wide ? undefined : restOfQuotient(k, twice, param(k, 0), z);
      const e = expOf(k, atLeast(k, z), rest);
      const d = onePlus(k, e);
      return k.div(k.mul(e.value, k.c(4)), k.mul(d, d));
    },
  },
  lisht: {
    params: 0,
    wide: 'both',
    f: (k, x) => k.mul(minusTanhOfAbs(k, x), negativeOf(k, x)),
    derivative: (k, x) => {
      // tanh a + a/cosh² a for a = |x|, with the sign of x. Beyond 400 a/cosh² a does not count, and of ∞ it would be NaN.
      const low = k.let(k.pmax(negativeOf(k, x), k.c(-400)));
      const e = expOf(k, atLeast(k, k.add(low, low)));
      const d = onePlus(k, e);
      const steepness = k.div(k.mul(e.value, k.c(4)), k.mul(d, d));
      return withSign(k, k.add(minusTanhOfAbs(k, x), k.mul(low, steepness)), x);
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
      const t = minusTanhOfAbs(k, x);
      return k.mul(t, t);
    },
  },
} satisfies Record<string, Source>;
