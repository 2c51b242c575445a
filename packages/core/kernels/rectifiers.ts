// The piecewise linear functions: a comparison of x with the kink selects the piece. Every comparison with NaN is false, so the choice that is
// left when all are false must give NaN.
import { type Lanes, type Source, unlessNaN, type V } from '@rectify/lanes';

const param = (k: Lanes, i: number): V => k.params[i];

const indicator = (k: Lanes, mask: V): V => k.and(mask, k.c(1));

/**
 * x ≤ t, but for t = 0 only x < 0, so that −0 stays −0. For t > 0 that is x < the next number above t, whose bits are one more.
 */
const isBelow = (k: Lanes, x: V, t: V): V =>
  k.let(k.lt(x, k.let(k.iadd(t, k.and(k.gt(t, k.c(0)), k.bits(1))))));

/** x, and limit from there on; a limit of NaN is none. */
const capped = (k: Lanes, x: V, limit: V): V => k.select(k.ge(x, limit), limit, x);

const rectifierSlope = (k: Lanes, x: V, slope: V, limit: V, t: V): V =>
  unlessNaN(k, x, k.select(k.gt(x, t), k.andnot(k.c(1), k.ge(x, limit)), slope));

const leakySlope = (k: Lanes, x: V): V => unlessNaN(k, x, k.select(k.gt(x, k.c(0)), k.c(1), param(k, 0)));

const pieces: Record<string, Source> = {
  linear: { params: 0, f: (_, x) => x, derivative: (k, x) => unlessNaN(k, x, k.c(1)) },
  /** p0 = slope, not 0 */
  leakyRelu: {
    params: 1,
    f: (k, x) => k.select(k.lt(x, k.c(0)), k.mul(x, param(k, 0)), x),
    derivative: leakySlope,
  },
  /** p0 = limit, p1 = threshold */
  relu: {
    params: 2,
    f: (k, x) => k.andnot(capped(k, x, param(k, 0)), isBelow(k, x, param(k, 1))),
    derivative: (k, x) => rectifierSlope(k, x, k.c(0), param(k, 0), param(k, 1)),
  },
  /** p0 = limit, p1 = threshold, p2 = slope, not 0 */
  reluSlope: {
    params: 3,
    f: (k, x) => {
      const low = k.add(k.mul(k.sub(x, param(k, 1)), param(k, 2)), k.c(0));
      return k.select(isBelow(k, x, param(k, 1)), low, capped(k, x, param(k, 0)));
    },
    derivative: (k, x) => rectifierSlope(k, x, param(k, 2), param(k, 0), param(k, 1)),
  },
  /** p0 = threshold, p1 = value */
  threshold: {
    params: 2,
    f: (k, x) => k.select(k.le(x, param(k, 0)), param(k, 1), x),
    derivative: (k, x) => unlessNaN(k, x, indicator(k, k.gt(x, param(k, 0)))),
  },
  /** p0 = minimum, p1 = maximum */
  hardTanh: {
    params: 2,
    f: (k, x) => k.select(k.le(x, param(k, 0)), param(k, 0), capped(k, x, param(k, 1))),
    derivative: (k, x) => unlessNaN(k, x, indicator(k, k.and(k.gt(x, param(k, 0)), k.lt(x, param(k, 1))))),
  },
  /** p0 = lambda */
  softShrink: {
    params: 1,
    f: (k, x) => {
      const inner = k.select(k.lt(x, k.neg(param(k, 0))), k.add(x, param(k, 0)), k.mul(x, k.c(0)));
      return k.select(k.gt(x, param(k, 0)), k.sub(x, param(k, 0)), inner);
    },
    derivative: (k, x) => unlessNaN(k, x, indicator(k, k.gt(k.abs(x), param(k, 0)))),
  },
  /** p0 = lambda */
  hardShrink: {
    params: 1,
    f: (k, x) => k.select(k.gt(k.abs(x), param(k, 0)), x, k.mul(x, k.c(0))),
    derivative: (k, x) => unlessNaN(k, x, indicator(k, k.gt(k.abs(x), param(k, 0)))),
  },
  sparseSigmoid: {
    params: 0,
    f: (k, x) => {
      const middle = k.mul(k.add(x, k.c(1)), k.c(0.5));
      return k.select(k.le(x, k.c(-1)), k.c(0), k.select(k.ge(x, k.c(1)), k.c(1), middle));
    },
    derivative: (k, x) => unlessNaN(k, x, k.and(k.lt(k.abs(x), k.c(1)), k.c(0.5))),
  },
  /** p0 = alpha */
  step: {
    params: 1,
    f: (k, x) => k.select(k.gt(x, k.c(0)), k.c(1), k.select(k.le(x, k.c(0)), param(k, 0), x)),
    derivative: (k, x) => unlessNaN(k, x, k.c(0)),
  },
};

// Two vectors a turn, which helps as long as the arrays are in the caches; beyond them one vector a turn is already as fast as memory.
const TURN = { unroll: 2, waits: true };

export const rectifiers: Readonly<Record<string, Source>> = Object.fromEntries(
  Object.entries(pieces).map(([name, source]) => [name, { ...TURN, ...source }]),
);

/**
 * Leaky ReLU of a slope p0 that is 0 or −0: +0 for x < 0, even at −∞; the derivative keeps the sign. A kernel of its own, since one more
 * operation in that of every other slope costs 13 % (1e5 elements, AMD EPYC).
 */
export const leakyReluFlat: Source = {
  ...TURN,
  params: 1,
  f: (k, x) => k.andnot(x, k.let(k.lt(x, k.c(0)))),
  derivative: leakySlope,
};
