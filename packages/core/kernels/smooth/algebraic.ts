// Functions without exp: quotients, roots and polynomials between kinks.
import { clamp01, type Lanes, productError, type Source, unlessNaN, type V } from '@rectify/lanes';
import { param } from './parts.js';

/** √(x² + b), in float64 both scaled where x² would overflow, or where it and b would lose digits as subnormals. */
export const root = (k: Lanes, x: V, b: V): V => {
  if (k.wide) return k.let(k.sqrt(k.add(k.mul(x, x), b)));
  const a = k.let(k.abs(x));
  const large = k.let(k.gt(a, k.c(2 ** 480)));
  const small = k.let(k.and(k.lt(a, k.c(2 ** -480)), k.lt(b, k.c(2 ** -900))));
  const power = (down: number, up: number): V =>
    k.let(k.select(large, k.c(2 ** down), k.select(small, k.c(2 ** up), k.c(1))));
  const scale = power(-513, 540);
  const own = k.let(k.mul(x, scale));
  return k.let(k.mul(k.sqrt(k.add(k.mul(own, own), k.mul(k.mul(b, scale), scale))), power(513, -540)));
};

/** (x + √(x² + b))/2 for x < 0: b/(2(√(x² + b) − x)). The floor is for b = 0, where a half of the smallest x is 0. */
export const squareplusBelow0 = (k: Lanes, x: V, b: V, root: V): V => {
  const half = k.sub(k.mul(root, k.c(0.5)), k.mul(x, k.c(0.5)));
  return k.mul(k.div(b, k.pmax(half, k.c(Number.MIN_VALUE))), k.c(0.25));
};

/** p0·x + p1 as a rounded sum and what that leaves: see src/functions/hard-sigmoid.ts. Products of float32 are exact in float64. */
export const line = (k: Lanes, x: V): { sum: V; rest: V } => {
  const product = k.let(k.mul(x, param(k, 0)));
  const sum = k.let(k.add(product, param(k, 1)));
  const back = k.let(k.sub(sum, product));
  const lost = k.add(k.sub(product, k.sub(sum, back)), k.sub(param(k, 1), back));
  const rest = k.wide ? lost : k.add(lost, productError(k, x, param(k, 0), product));
  const size = k.pmax(k.abs(product), k.abs(sum));
  const near = k.lt(size, k.c(k.single ? 2 ** 100 : 2 ** 1000)); // beyond it may be NaN
  return { sum, rest: k.let(k.and(rest, near)) };
};

export const algebraic = {
  reluSquared: {
    params: 0,
    unroll: 2,
    waits: true,
    f: (k, x) => k.andnot(k.mul(x, x), k.le(x, k.c(0))),
    derivative: (k, x) => k.andnot(k.add(x, x), k.le(x, k.c(0))),
  },
  softsign: {
    params: 0,
    wide: 'derivative',
    f: (k, x) => {
      const max = k.single ? 3.4028234663852886e38 : Number.MAX_VALUE;
      const own = k.let(k.pmin(k.pmax(x, k.c(-max)), k.c(max)));
      return k.div(own, k.add(k.c(1), k.abs(own)));
    },
    derivative: (k, x) => {
      const d = k.let(k.add(k.c(1), k.abs(x)));
      return k.div(k.div(k.c(1), d), d);
    },
  },
  squareplus: {
    params: 1,
    wide: 'both',
    f: (k, x) => {
      const r = root(k, x, param(k, 0));
      const high = k.add(k.mul(r, k.c(0.5)), k.mul(x, k.c(0.5)));
      return k.select(k.lt(x, k.c(0)), squareplusBelow0(k, x, param(k, 0), r), high);
    },
    derivative: (k, x) => {
      const own = k.let(k.pmin(x, k.c(k.wide ? 1e100 : Number.MAX_VALUE))); // not ∞/∞
      // The floor is for b = 0 at x = 0, where 0/0 is to be 0.
      const r = k.let(k.pmax(root(k, own, param(k, 0)), k.c(Number.MIN_VALUE)));
      const low = k.div(squareplusBelow0(k, own, param(k, 0), r), r);
      return k.select(k.lt(own, k.c(0)), low, k.add(k.c(0.5), k.mul(k.div(own, r), k.c(0.5))));
    },
  },
  sparsePlus: {
    params: 0,
    f: (k, x) => {
      const x1 = k.let(k.add(x, k.c(1)));
      const middle = k.mul(k.mul(x1, k.c(0.25)), x1);
      return k.select(k.le(x, k.c(-1)), k.c(0), k.select(k.lt(x, k.c(1)), middle, x));
    },
    derivative: (k, x) => unlessNaN(k, x, clamp01(k, k.mul(k.add(x, k.c(1)), k.c(0.5)))),
  },
  /** (x + 3)/6 within 0…1; of float32 it is rounded once, as in JS */
  hardSigmoid: {
    params: 0,
    wide: 'both',
    f: (k, x) => clamp01(k, k.div(k.add(x, k.c(3)), k.c(6))),
    derivative: (k, x) => unlessNaN(k, x, k.and(k.lt(k.abs(x), k.c(3)), k.c(1 / 6))),
  },
  /** p0·x + p1 within 0…1 */
  hardSigmoidLine: {
    params: 2,
    wide: 'both',
    f: (k, x) => {
      const { sum, rest } = line(k, x);
      return clamp01(k, k.add(sum, rest));
    },
    derivative: (k, x) => {
      const { sum, rest } = line(k, x);
      const above0 = k.gt(k.add(sum, rest), k.c(0));
      const below1 = k.lt(k.add(k.sub(sum, k.c(1)), rest), k.c(0));
      return unlessNaN(k, x, k.and(k.and(above0, below1), param(k, 0)));
    },
  },
  hardSilu: {
    params: 0,
    f: (k, x) => {
      const middle = k.div(k.mul(x, k.add(x, k.c(3))), k.c(6));
      return k.select(k.le(x, k.c(-3)), k.c(0), k.select(k.lt(x, k.c(3)), middle, x));
    },
    derivative: (k, x) => {
      const middle = k.add(k.div(x, k.c(3)), k.c(0.5));
      const d = k.select(k.le(x, k.c(-3)), k.c(0), k.select(k.lt(x, k.c(3)), middle, k.c(1)));
      return unlessNaN(k, x, d);
    },
  },
} satisfies Record<string, Source>;
